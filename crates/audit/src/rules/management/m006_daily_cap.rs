use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M006",
    name: "超单日频次",
    english: "Daily count above cap",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_daily_cap"],
    feeds: &[],
    parameters: &[],
    finds: "按日限次的项目，同一人同一机构同一天收费次数超过上限。",
    why: "项目按日计价，超过的次数没有提供或不得收取。",
    clause: "国家医保两库第八批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "跨零点执行、次日补记账。",
    says: "当日累计{0}次，上限{1}次（首条{2}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let caps = desk.by_item("k_item_daily_cap", |row| {
        let daily = row.text("unit") == "times_per_day";
        let limit = row.decimal("cap", 3)?;
        let item = desk.exact(row.text("item")).first().copied()?;
        let (window, scope) = (kernels::Window::Day, kernels::Scope::Provider);
        daily.then_some(kernels::Cap {
            limit,
            window,
            scope,
            group: item,
        })
    })?;
    Ok(kernels::quantity(caps))
}
