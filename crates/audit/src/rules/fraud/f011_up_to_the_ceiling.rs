use std::collections::BTreeMap;

use lines::{Care, Day, ItemKind};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F011",
    name: "费用冲顶",
    english: "Spending right up to the ceiling",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_benefit_cap"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F011.near",
            default: "0.98",
            meaning: "达到封顶线的比例",
        },
        Parameter {
            key: "F011.late",
            default: "0.5",
            meaning: "最后六十天占全年的比例",
        },
    ],
    finds: "一人一年某类待遇恰好用到封顶线附近，且多半集中在最后两个月、只买药。",
    why: "年底突击冲顶，提示囤药、倒药。",
    clause: "欺诈线索指标；零售药店自查清单",
    false_alarms: "年底确诊的慢性病。",
    says: "全年{0}，封顶{1}，最后两月占{2}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (near, late) = (desk.decimal("F011.near", 3)?, desk.decimal("F011.late", 3)?);
    let mut caps: Vec<(Care, Fen)> = Vec::new();
    for row in desk.table("k_benefit_cap")?.rows() {
        caps.extend(
            row.decimal("cap", 2)
                .map(|cap| (Care::parse(row.text("care")), Fen::new(cap))),
        );
    }
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let data = person.data;
        for &(care, cap) in &caps {
            let mut years: BTreeMap<i32, (Fen, Fen, Day, bool)> = BTreeMap::new();
            for &visit in person
                .visits
                .iter()
                .filter(|&&visit| data.visits.care[visit as usize] == care)
            {
                for row in data.lines_of(visit) {
                    let day = data.lines.time[row as usize].day();
                    let year = years
                        .entry(day.year())
                        .or_insert((Fen::ZERO, Fen::ZERO, day, true));
                    let amount = data.lines.in_scope(row);
                    year.0 += amount;
                    // The last sixty days of a year begin on 2 November.
                    let date = day.date();
                    year.1 += if (date.month(), date.day()) >= (11, 2) {
                        amount
                    } else {
                        Fen::ZERO
                    };
                    year.3 &= data.items.kind(data.lines.item[row as usize]) == ItemKind::Drug;
                }
            }
            for (sum, end, day, drugs) in years.into_values() {
                let close = sum <= cap && sum.get() * 1000 >= cap.get() * near;
                if drugs && close && end.get() * 1000 > sum.get() * late {
                    let facts = [
                        Fact::Yuan(sum),
                        Fact::Yuan(cap),
                        Fact::PerMille(end.get() * 1000 / sum.get().max(1)),
                    ];
                    sheet.add(Target::PersonYear(person.person, day), Hit::new(end, facts));
                }
            }
        }
    })))
}
