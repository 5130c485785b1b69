use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M007",
    name: "计时项目单日超24小时",
    english: "Hour-priced item above 24 per day",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_daily_cap"],
    feeds: &[],
    parameters: &[],
    finds: "按小时计价的项目一天的净小时数超过上限。",
    why: "一天只有24小时。",
    clause: "国家医保两库第八批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "跨零点记在一天；换机构当日。",
    says: "当日累计{0}小时，上限{1}小时（首条{2}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let caps = desk.by_item("k_item_daily_cap", |row| {
        let hourly = row.text("unit") == "hours_per_day";
        let limit = row.decimal("cap", 3)?;
        let group = desk.exact(row.text("item")).first().copied()?;
        let (window, scope) = (kernels::Window::Day, kernels::Scope::Person);
        hourly.then_some(kernels::Cap {
            limit,
            window,
            scope,
            group,
        })
    })?;
    Ok(kernels::quantity(caps))
}
