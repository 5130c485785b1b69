use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M016",
    name: "操作无必要耗材/麻醉",
    english: "Procedure without its mandatory companion",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_companion"],
    feeds: &[],
    parameters: &[],
    finds: "收了必须伴随耗材或麻醉的操作，本次就诊（含自费明细）没有任何一种伴随项目。",
    why: "缺少必要条件的操作可能没有做。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（四）项",
    false_alarms: "伴随项目由上级医院提供；自费明细未上传。",
    says: "本次就诊没有“{0}”必需的耗材或麻醉",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let needs = desk.by_item("k_item_companion", |row| {
        let companions = desk.items(row.given("companions")?);
        Some((companions, kernels::Within::Visit))
    })?;
    Ok(kernels::lacking(needs))
}
