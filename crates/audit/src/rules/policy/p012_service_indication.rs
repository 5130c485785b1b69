use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P012",
    name: "诊疗项目限疾病",
    english: "Service limited to diagnosis",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_item_indication"],
    feeds: &[],
    parameters: &[],
    finds: "限特定疾病支付的诊疗项目，本次就诊的诊断没有一个符合。",
    why: "项目内涵或支付规定限定了适用的疾病。",
    clause: "《全国医疗服务价格项目规范》项目内涵；地方诊疗项目目录",
    false_alarms: "诊断只写大类；诊断缺失的就诊不在此列。",
    says: "诊断{0}不符合限定“{1}{2}”",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    Ok(kernels::indicated(
        desk.by_item("k_item_indication", kernels::Indication::of)?,
    ))
}
