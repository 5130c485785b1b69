use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M008",
    name: "按日计费超住院天数",
    english: "Per-day items above stay days",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Deduct,
    knowledge: &["k_item_daily_cap"],
    feeds: &[],
    parameters: &[Parameter {
        key: "count_both_ends",
        default: "false",
        meaning: "入院日和出院日是否都算一天（默认算头不算尾）",
    }],
    finds: "按日计价的项目一次住院的净数量超过可收天数（算头不算尾，至少一天）。",
    why: "没有住的天数不能收按日的费用。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "地区规定头尾都算的，改参数。",
    says: "收了{0}天，可收{1}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let both = desk.text("count_both_ends") == "true";
    let daily = kernels::daily_items(desk)?;
    let items = daily.items();
    Ok(kernels::days_of_stay(items, daily, both, |_, sum, days| {
        sum.count > days * 1000
    }))
}
