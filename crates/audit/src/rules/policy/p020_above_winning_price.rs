use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P020",
    name: "集采药品超中选价",
    english: "Volume-based item above winning price",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_vbp_price"],
    feeds: &[],
    parameters: &[],
    finds: "集中带量采购的药品、耗材，售价高于当日的中选价。",
    why: "中选产品按中选价销售，公立机构零差率。",
    clause: "集中带量采购中选结果执行文件",
    false_alarms: "零售药店另有约定价；中选价调整日期录入迟。",
    says: "单价{0}，中选价{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = kernels::price_limits(desk, &["k_vbp_price"])?;
    Ok(kernels::above_limits(limits, |spot, limit, price| {
        (price > limit.price).then(|| limit.hit(spot, price))
    }))
}
