use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M034",
    name: "按日计费首尾日双计",
    english: "Head and tail day both charged",
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
    finds: "诊查、护理、取暖等按日费用正好比可收天数多一天：入院日和出院日都收了。",
    why: "按日费用算头不算尾。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "地区规定头尾都算的，改参数。",
    says: "收了{0}天，可收{1}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let both = desk.text("count_both_ends") == "true";
    let daily = kernels::daily_items(desk)?;
    Ok(kernels::each_visit_item(
        Some(daily.items()),
        move |data, sum| {
            let days = kernels::billable_days(data, sum.visit, both)?;
            let wrong = sum.count == (days + 1) * 1000 && data.visits.nights(sum.visit) > 0;
            let facts = [Fact::Count(sum.count), Fact::Whole(days)];
            let amount = kernels::excess_share(sum, sum.count - days * 1000);
            let entry = daily.of(sum.item).first()?;
            wrong.then(|| Hit::new(amount, facts).by(entry.knowledge))
        },
    ))
}
