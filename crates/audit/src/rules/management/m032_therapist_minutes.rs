use std::collections::BTreeMap;

use lines::{Day, NONE};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Spot, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "M032",
    name: "治疗师工时超限",
    english: "Therapist time exceeded",
    category: Category::Management,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_item_minutes"],
    feeds: &[],
    parameters: &[Parameter {
        key: "M032.max_minutes",
        default: "720",
        meaning: "一人一天最多的工作分钟数，暂定（assumed）：十二小时",
    }],
    finds: "一名医师或治疗师一天收费项目的标准工时合计超过可能的工作时间。",
    why: "时间上不可能完成，费用可能虚记。",
    clause: "《医疗保障基金使用监督管理条例实施细则》（2026）",
    false_alarms: "多人共用一个工号；一人同时看护多名患者的项目。",
    says: "当日标准工时{0}分钟，上限{1}分钟",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("M032.max_minutes")?;
    let minutes = desk.by_item("k_item_minutes", |row| row.whole("minutes"))?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let mut days: BTreeMap<(u32, Day), i64> = BTreeMap::new();
        for row in provider.rows() {
            let spot = Spot::of(provider.data, row);
            if let Some(entry) = minutes.at(&spot).next().filter(|_| spot.doctor() != NONE) {
                *days.entry((spot.doctor(), spot.day())).or_default() += entry.value * spot.count();
            }
        }
        for ((doctor, day), worked) in days {
            if worked > most * 1000 {
                let facts = [Fact::Count(worked), Fact::Whole(most)];
                sheet.add(Target::DoctorDay(doctor, day), Hit::new(Fen::ZERO, facts));
            }
        }
    })))
}
