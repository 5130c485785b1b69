use std::collections::BTreeMap;

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "S011",
    name: "检验试剂与收费数不符",
    english: "Reagent use vs tests billed",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["reagent_ledger"],
    parameters: &[Parameter {
        key: "S011.tol",
        default: "0.05",
        meaning: "允许超出的比例",
    }],
    finds: "一季度收费的检验人份超过购进试剂的人份。",
    why: "没有试剂而收检验费是虚记。",
    clause: "飞行检查做法（试剂与收费比对）",
    false_alarms: "外送检验；上季度结余试剂。",
    says: "收费{0}人份，试剂{1}人份",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let share = desk.decimal("S011.tol", 3)?;
    let mut bought: BTreeMap<(u32, u32, i32), i64> = BTreeMap::new();
    for row in desk.feed("reagent_ledger")?.rows() {
        let provider = desk.data.providers.ids.find(row.text("provider"));
        let Some((provider, day)) = provider.zip(kernels::month_of(row)) else {
            continue;
        };
        for item in desk.exact(row.text("item")) {
            let tests = row.decimal("tests", 3).unwrap_or(0);
            *bought.entry((provider, item, day.month() / 3)).or_default() += tests;
        }
    }
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let lines = &provider.data.lines;
        let mut billed: BTreeMap<(u32, i32), (i64, Day)> = BTreeMap::new();
        for row in provider.rows() {
            let (item, day) = (lines.item[row as usize], lines.time[row as usize].day());
            let quarter = day.month() / 3;
            if bought.contains_key(&(provider.provider, item, quarter)) {
                let sum = billed.entry((item, quarter)).or_insert((0, day));
                *sum = (sum.0 + i64::from(lines.count[row as usize]), sum.1.min(day));
            }
        }
        for ((item, quarter), (count, day)) in billed {
            let capacity = bought
                .get(&(provider.provider, item, quarter))
                .copied()
                .unwrap_or(0);
            if count * 1000 > capacity * (1000 + share) {
                let target = Target::ProviderItemMonth(provider.provider, item, day);
                sheet.add(
                    target,
                    Hit::new(Fen::ZERO, [Fact::Count(count), Fact::Count(capacity)]),
                );
            }
        }
    })))
}
