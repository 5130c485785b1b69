use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P014",
    name: "诊疗项目周期超频次",
    english: "Service repeated inside minimum interval",
    category: Category::Policy,
    grain: Grain::PersonPeriod,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_cycle_cap"],
    feeds: &[],
    parameters: &[Parameter {
        key: "P014.scope",
        default: "person",
        meaning: "person 按人跨机构计，provider 按人在一家机构计；知识行 scope 优先",
    }],
    finds: "限定周期的项目，同一人在规定天数内（跨机构）收费次数超过上限。",
    why: "项目结果在周期内有效，重复检查没有必要，不予支付。",
    clause: "国家医保两库第八批",
    false_alarms: "结果无效须复查；转院病情变化。",
    says: "规定周期内第{0}次，上限{1}次（首条{2}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let usual = desk.text("P014.scope");
    let caps = desk.by_item("k_item_cycle_cap", |row| {
        let days = i32::try_from(row.whole("window_days")?).ok()?;
        Some(kernels::Cap {
            limit: row.decimal("max_times", 3)?,
            window: kernels::Window::Sliding(days),
            scope: match row.given("scope").unwrap_or(usual) {
                "provider" => kernels::Scope::Provider,
                _ => kernels::Scope::Person,
            },
            group: desk.exact(row.text("item")).first().copied()?,
        })
    })?;
    Ok(kernels::quantity(caps))
}
