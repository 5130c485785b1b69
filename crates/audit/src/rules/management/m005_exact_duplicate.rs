use lines::Data;

use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Sheet, Spot, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M005",
    name: "完全重复明细",
    english: "Exact duplicate line",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "两条以上明细的就诊、项目、时间（到秒）、数量、单价、医师、处方全部相同，且没有冲销。",
    why: "同一笔费用上传了多次。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "确有多份同时执行而系统按条记账。",
    says: "与{0}完全相同",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(Kernel::Visits(Box::new(|data, visit, sheet| {
        let range = data.lines_of(visit);
        if range.len() < 2 {
            return;
        }
        // Item and time in one number, which is quicker to compare.
        let key = |row: u32| {
            let (item, time) = (data.lines.item[row as usize], data.lines.time[row as usize]);
            (u64::from(item) << 32 | u64::from(time.0), row)
        };
        let mut keys: Vec<(u64, u32)> = range.map(key).collect();
        keys.sort_unstable_by_key(|key| key.0);
        let equal = keys.chunk_by(|a, b| a.0 == b.0);
        for same in equal.filter(|same| same.len() > 1) {
            let rows: Vec<u32> = same.iter().map(|key| key.1).collect();
            judge(data, rows, sheet);
        }
    })))
}

/// Flags all but the first of rows that are equal in every respect; they share item and time.
fn judge(data: &Data, mut rows: Vec<u32>, sheet: &mut Sheet) {
    let lines = &data.lines;
    let whole: Vec<u32> = {
        let item = lines.item[rows[0] as usize];
        let mut same: Vec<u32> = data
            .lines_of(lines.visit[rows[0] as usize])
            .filter(|&row| lines.item[row as usize] == item)
            .collect();
        same.sort_unstable_by(|&a, &b| data.line_order(a, b));
        same
    };
    let gone = kernels::cancelled(data, &whole);
    rows.retain(|row| !gone.contains(row));
    let key = |row: u32| {
        (
            lines.count[row as usize],
            lines.price(row),
            lines.doctor(row),
            lines.prescription(row),
        )
    };
    rows.sort_unstable_by_key(|&row| (key(row), lines.id[row as usize]));
    for same in rows.chunk_by(|&a, &b| key(a) == key(b)) {
        for &row in &same[1..] {
            let hit = Spot::of(data, row).hit([Fact::Line(same[0])]);
            // Charges of one day may be alike: without the time of day it is no proof.
            let dated = lines.time[row as usize].is_only_a_date();
            sheet.line(
                row,
                if dated {
                    hit.only(Strength::Suspect)
                } else {
                    hit
                },
            );
        }
    }
}
