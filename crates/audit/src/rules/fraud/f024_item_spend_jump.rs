use std::collections::BTreeMap;

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F024",
    name: "项目费用突增",
    english: "Item spend jump",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F024.sd",
            default: "6",
            meaning: "高于此前均值多少个标准差",
        },
        Parameter {
            key: "F024.least",
            default: "20000",
            meaning: "至少增加多少元",
        },
        Parameter {
            key: "F024.months",
            default: "6",
            meaning: "此前至少多少个月的数据，暂定（assumed）：不足半年看不出常态",
        },
    ],
    finds: "机构某项目一月的费用远高于此前各月。",
    why: "突增提示虚记、串换或诱导。",
    clause: "欺诈线索指标；飞行检查案例（妇科检验项目增长）",
    false_alarms: "新开展项目、新进设备（有标记的排除）。",
    says: "当月{0}元，此前月均{1}元",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (sd, least) = (desk.whole("F024.sd")?, desk.decimal("F024.least", 2)?);
    let history = usize::try_from(desk.whole("F024.months")?).unwrap_or(usize::MAX);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let lines = &provider.data.lines;
        let mut sums: BTreeMap<(u32, i32), (i64, Day)> = BTreeMap::new();
        let mut month = (Day(i32::MIN), 0);
        for row in provider.rows() {
            let day = lines.time[row as usize].day();
            if day != month.0 {
                month = (day, day.month());
            }
            let sum = sums
                .entry((lines.item[row as usize], month.1))
                .or_insert((0, day));
            sum.0 += lines.amount[row as usize].get();
            sum.1 = sum.1.min(day);
        }
        let sums: Vec<((u32, i32), (i64, Day))> = sums.into_iter().collect();
        for item in sums.chunk_by(|a, b| a.0.0 == b.0.0) {
            for (at, &((code, month), (amount, day))) in item.iter().enumerate() {
                let year = item[..at].iter().filter(|one| one.0.1 >= month - 12);
                let past: Vec<i64> = year.map(|one| one.1.0).collect();
                let mean = past.iter().sum::<i64>() / i64::try_from(past.len()).unwrap_or(1).max(1);
                if past.len() >= history
                    && amount - mean > least
                    && kernels::beyond_deviations(&past, amount, sd)
                {
                    let facts = [Fact::Yuan(Fen::new(amount)), Fact::Yuan(Fen::new(mean))];
                    let target = Target::ProviderItemMonth(provider.provider, code, day);
                    sheet.add(target, Hit::new(Fen::new(amount - mean), facts));
                }
            }
        }
    })))
}
