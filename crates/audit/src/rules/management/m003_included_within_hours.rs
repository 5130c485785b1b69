use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M003",
    name: "重复收费-时间窗内",
    english: "Bundled part within n hours",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_includes"],
    feeds: &[],
    parameters: &[],
    finds: "在主项前后限定的几小时内另收其内涵已包含的从项。",
    why: "从项已含在主项价格中，另收属于重复收费。",
    clause: "国家医保两库第七批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "费用时间按记账时间而非执行时间上传。",
    says: "限定时间内已收主项{0}（{1}）",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let parts = kernels::pairs_of(desk, "k_item_includes", |window| match window {
        "1h" => Some(kernels::Within::Seconds(3600)),
        "6h" => Some(kernels::Within::Seconds(6 * 3600)),
        _ => None,
    })?;
    Ok(kernels::included(parts))
}
