use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M012",
    name: "加收项目无主项",
    english: "Surcharge without its main item",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_surcharge"],
    feeds: &[],
    parameters: &[],
    finds: "收了加收项目，同一天没有任何一个主项目。",
    why: "加收依附于主项目，没有主项目不得加收。",
    clause: "《全国医疗服务价格项目规范》；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "主项目次日补记账；主项目自费未上传。",
    says: "同日没有“{0}”的主项目",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let surcharges = kernels::surcharges(desk)?;
    let needs = surcharges.map(|surcharge| (surcharge.mains, kernels::Within::Day));
    Ok(kernels::lacking(needs))
}
