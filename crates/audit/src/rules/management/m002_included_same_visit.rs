use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M002",
    name: "重复收费-主项含从项(同次就诊)",
    english: "Bundled part billed with whole, same visit",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_includes"],
    feeds: &[],
    parameters: &[],
    finds: "同一次就诊既收主项又收其内涵已包含的从项。",
    why: "从项已含在主项价格中，另收属于重复收费。",
    clause: "国家医保两库第七批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "主项与从项分属两个部位或两次操作而手术记录未上传。",
    says: "本次就诊已收主项{0}（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let parts = kernels::pairs_of(desk, "k_item_includes", |window| match window {
        "visit" => Some(kernels::Within::Visit),
        _ => None,
    })?;
    Ok(kernels::included(parts))
}
