use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M004",
    name: "组合项目与单项重复",
    english: "Panel and member test both billed",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_panel"],
    feeds: &[],
    parameters: &[],
    finds: "同一次就诊同一天既收组合检验，又收其中的单项。",
    why: "组合项目已含单项，再收单项是重复收费。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "复查标本；组合内容各实验室不同，按知识行。",
    says: "同日已收组合项目{0}（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut pairs = Vec::new();
    for row in desk.table("k_item_panel")?.rows() {
        for main in desk.exact(row.text("panel")) {
            let within = kernels::Within::Day;
            let parts = row.parts("parts").flat_map(|code| desk.exact(code));
            let pair = kernels::Pair { main, within };
            let entries = parts.map(|part| (part, desk.entry("k_item_panel", row, pair)));
            pairs.extend(entries.collect::<Vec<_>>());
        }
    }
    Ok(kernels::included(desk.by_items(pairs)))
}
