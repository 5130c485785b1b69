use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F006",
    name: "死亡后结算",
    english: "Claims after death",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[Parameter {
        key: "F006.days",
        default: "0",
        meaning: "死亡日之后宽限的天数",
    }],
    finds: "死亡日之后还有就诊结算。",
    why: "死者不能就医，冒用参保凭证。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "死亡日期登记错误；住院死亡后补结算（看就诊开始日）。",
    says: "{0}已死亡",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let known = desk.data.people.death.iter().any(Option::is_some);
    desk.require(
        known || desk.data.people.registered,
        "缺少死亡日期（people.death）",
    )?;
    let grace = i32::try_from(desk.whole("F006.days")?).unwrap_or(0);
    Ok(kernels::each_visit(move |data, visit| {
        let death = data.people.death[data.visits.person[visit as usize] as usize]?;
        let after = data.visits.begin[visit as usize].day().0 > death.0 + grace;
        after.then(|| Hit::new(kernels::in_scope_of(data, visit), [Fact::Day(death)]))
    }))
}
