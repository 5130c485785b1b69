use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M009",
    name: "多级护理同日并收",
    english: "Two nursing grades same day",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_mutex_group"],
    feeds: &[],
    parameters: &[],
    finds: "同一天收取两个以上级别的护理费。",
    why: "一天只能按一个护理级别收费，留价格最高的一条。",
    clause: "价格项目规范（护理费按日计价）；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "转科日前后两个病区各记一次。",
    says: "同日已收{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let groups = desk.by_item("k_mutex_group", |row| {
        let rank = row.whole("rank")?;
        (row.text("group") == "nursing").then_some(kernels::Rank { group: 0, rank })
    })?;
    Ok(kernels::exclusive_per_day(groups))
}
