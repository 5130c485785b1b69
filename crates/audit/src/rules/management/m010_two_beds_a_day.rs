use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M010",
    name: "床位费同日并收",
    english: "Two bed types same day",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_mutex_group"],
    feeds: &[],
    parameters: &[],
    finds: "同一次就诊同一天收了两种床位费（普通、监护、层流、留观）。",
    why: "一人一天只能占一张床，转科日也只收一种。",
    clause: "《全国医疗服务价格项目规范》床位费说明；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "包床须有约定；转科日按高价一种收。",
    says: "同日已收{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let groups = desk.by_item("k_mutex_group", |row| {
        let rank = row.whole("rank")?;
        (row.text("group") == "bed").then_some(kernels::Rank { group: 0, rank })
    })?;
    Ok(kernels::exclusive_per_day(groups))
}
