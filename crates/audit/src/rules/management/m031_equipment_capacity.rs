use std::collections::BTreeMap;

use lines::Day;
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Kernel, Phase, Rule, Spot, Strength, Target};

pub(super) static RULE: Rule = Rule {
    id: "M031",
    name: "设备产能超限",
    english: "Equipment capacity exceeded",
    category: Category::Management,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_item_equipment"],
    feeds: &["equipment_register"],
    parameters: &[],
    finds: "机构一天的大型检查量超过登记设备的最大产能，或没有登记该类设备。",
    why: "没有条件做的检查可能是虚记。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条；《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "设备新增未登记；外送检查。",
    says: "当日{0}次，登记设备最多{1}次",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut capacity: BTreeMap<(u32, String), i64> = BTreeMap::new();
    for row in desk.feed("equipment_register")?.rows() {
        let Some(provider) = desk.data.providers.ids.find(row.text("provider")) else {
            continue;
        };
        let devices = row.whole("count").unwrap_or(1) * row.whole("max_per_day").unwrap_or(0);
        *capacity
            .entry((provider, row.text("class").to_owned()))
            .or_default() += devices;
    }
    let classes = desk.by_item("k_item_equipment", |row| {
        row.given("class").map(str::to_owned)
    })?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let mut days: BTreeMap<(&str, Day), i64> = BTreeMap::new();
        for row in provider.rows() {
            let spot = Spot::of(provider.data, row);
            for entry in classes.at(&spot) {
                *days.entry((&entry.value, spot.day())).or_default() += spot.count();
            }
        }
        for ((class, day), count) in days {
            let most = capacity
                .get(&(provider.provider, class.to_owned()))
                .copied()
                .unwrap_or(0);
            if count > most * 1000 {
                let target = Target::ProviderDay(provider.provider, day);
                sheet.add(
                    target,
                    Hit::new(Fen::ZERO, [Fact::Count(count), Fact::Whole(most)]),
                );
            }
        }
    })))
}
