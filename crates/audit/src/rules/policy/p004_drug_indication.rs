use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P004",
    name: "药品限适应症支付",
    english: "Drug outside its reimbursable indication",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_drug_indication"],
    feeds: &[],
    parameters: &[],
    finds: "限适应症支付的药品，本次就诊的诊断没有一个符合限定。",
    why: "药品目录备注限定了可支付的适应症，超出的不予支付。",
    clause: "国家药品目录备注；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "诊断只写大类、未写到限定病名；诊断缺失的就诊不在此列，由M030、M028提示。",
    says: "诊断{0}不符合限定“{1}{2}”",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    Ok(kernels::indicated(
        desk.by_item("k_drug_indication", kernels::Indication::of)?,
    ))
}
