use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C021",
    name: "透析附属项目重复",
    english: "Items contained in dialysis billed",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_includes"],
    feeds: &[],
    parameters: &[Parameter {
        key: "C021.items",
        default: "00311000006|00311000007|00311000008",
        meaning: "血液透析、血液滤过、血液透析滤过的编码前缀（311000006–311000008）",
    }],
    finds: "血液透析当日另收项目内涵已包含的监测、肝素帽、换药等。",
    why: "项目内涵已含，另收是重复收费。",
    clause: "《全国医疗服务价格项目规范》血液透析项目内涵；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "与透析无关的换药、监测。",
    says: "透析{0}已含该项（{1}）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let sessions = desk.items(desk.text("C021.items"));
    let mut pairs = Vec::new();
    for row in desk.table("k_item_includes")?.rows() {
        for main in desk
            .exact(row.text("main"))
            .into_iter()
            .filter(|main| sessions.contains(main))
        {
            let pair = kernels::Pair {
                main,
                within: kernels::Within::Day,
            };
            for part in desk.exact(row.text("part")) {
                pairs.push((part, desk.entry("k_item_includes", row, pair)));
            }
        }
    }
    Ok(kernels::included(desk.by_items(pairs)))
}
