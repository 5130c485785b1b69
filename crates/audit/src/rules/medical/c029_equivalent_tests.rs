use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C029",
    name: "两项同义检测并做",
    english: "Two equivalent tests together",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_equiv_tests"],
    feeds: &[],
    parameters: &[],
    finds: "同一次就诊同一天做了意义相同的两项检测。",
    why: "结果互相替代，只需一项。",
    clause: "国家医疗保障局飞行检查公告（2024）",
    false_alarms: "方法学比对；急诊先快后准。",
    says: "同日已做{0}（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut pairs = Vec::new();
    for row in desk.table("k_equiv_tests")?.rows() {
        let side = |code: &str, name: &str| match row.given(code) {
            Some(code) => desk.exact(code),
            None => desk.named("0025", &regex_lite::escape(row.text(name))),
        };
        let (mains, parts) = (side("code_a", "name_a"), side("code_b", "name_b"));
        for &part in &parts {
            for &main in mains.iter().filter(|&&main| main != part) {
                let pair = kernels::Pair {
                    main,
                    within: kernels::Within::Day,
                };
                pairs.push((part, desk.entry("k_equiv_tests", row, pair)));
            }
        }
    }
    Ok(kernels::included(desk.by_items(pairs)))
}
