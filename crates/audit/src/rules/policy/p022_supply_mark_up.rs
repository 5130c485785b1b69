use lines::ItemKind;

use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P022",
    name: "耗材超加价/超限价",
    english: "Consumable above mark-up rule",
    category: Category::Policy,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_purchase"],
    parameters: &[Parameter {
        key: "P022.tol",
        default: "0",
        meaning: "允许的加价比例",
    }],
    finds: "公立医疗机构一个月内某耗材的平均售价高于平均购进价。",
    why: "公立医疗机构医用耗材零差率销售。",
    clause: "国家医疗保障局等关于取消公立医疗机构医用耗材加成的规定",
    false_alarms: "月内调价、跨批次价差；早年按1.25倍加价的地区可改参数。",
    says: "平均售价{0}，平均购进价{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let allowed = desk.decimal("P022.tol", 3)?;
    kernels::mark_up(desk, move |kind| {
        (kind == ItemKind::Supply).then_some(allowed)
    })
}
