use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M015",
    name: "耗材/药品无对应操作",
    english: "Consumable or drug without its procedure",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_requires"],
    feeds: &[],
    parameters: &[Parameter {
        key: "M015.elsewhere",
        default: "静脉营养",
        meaning: "所需项目含这些字的不在本条判断；肠外营养用药由C028判断",
    }],
    finds: "收了专用耗材或药品，本次就诊没有对应的操作项目。",
    why: "没有操作而有专用耗材，可能虚记或串换。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（四）项、第四十条",
    false_alarms: "操作自费未上传；分院区记账。",
    says: "本次就诊没有“{0}”所需的操作",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut pairs = Vec::new();
    let elsewhere = desk.list("M015.elsewhere");
    for row in desk.table("k_item_requires")?.rows() {
        let required = row.text("required_names");
        if elsewhere.iter().any(|other| required.contains(other)) {
            continue;
        }
        let claimed =
            kernels::items_or_named(desk, row.text("claimed_prefix"), row.text("claimed_name"));
        let named = row
            .parts("required_names")
            .map(Some)
            .chain(std::iter::repeat(None));
        let required = row.parts("required_prefixes").zip(named);
        let required: Vec<u32> = required
            .flat_map(|(prefix, name)| {
                kernels::items_or_named(desk, prefix, name.unwrap_or_default())
            })
            .collect();
        for item in claimed {
            let value = (required.clone(), kernels::Within::Visit);
            pairs.push((item, desk.entry("k_item_requires", row, value)));
        }
    }
    Ok(kernels::lacking(desk.by_items(pairs)))
}
