use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels, matcher};

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
    parameters: &[
        Parameter {
            key: "count_both_ends",
            default: "false",
            meaning: "入院日和出院日是否都算一天（默认算头不算尾）",
        },
        Parameter {
            key: "M034.names",
            default: "诊查费|取暖|降温|空调",
            meaning: "名称含其一的按日项目；床位、护理等由M008判断",
        },
    ],
    finds: "诊查、取暖、降温等按日费用正好比可收天数多一天：入院日和出院日都收了。",
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
    let names = matcher(desk.text("M034.names"));
    let mut items = daily.items();
    items.retain(|&item| {
        let row = daily.of(item).first();
        let listed = row
            .and_then(|row| desk.cited(row.knowledge))
            .map(|row| row.text("item_name"));
        names.is_match(listed.unwrap_or_default()) || names.is_match(desk.data.items.name(item))
    });
    Ok(kernels::days_of_stay(
        items,
        daily,
        both,
        |data, sum, days| sum.count == (days + 1) * 1000 && data.visits.nights(sum.visit) > 0,
    ))
}
