use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P016",
    name: "超医保支付标准/最高限价",
    english: "Price above ceiling",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_price_limit", "k_price_ceiling"],
    feeds: &[],
    parameters: &[Parameter {
        key: "P016.tolerance",
        default: "0.005",
        meaning: "单价允许的尾差，元",
    }],
    finds: "单价高于当日、该等级适用的最高限价或支付标准。",
    why: "超过限价收取的部分不予支付。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "限价调整日期录入迟；单位换算不一致。",
    says: "单价{0}，限价{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = kernels::price_limits(desk, &["k_price_limit", "k_price_ceiling"])?;
    let tolerance = desk.decimal("P016.tolerance", 4)?;
    Ok(kernels::above_limits(limits, move |spot, limit, price| {
        let level = limit.level.is_none_or(|level| level == spot.level());
        let above = level && price > limit.price + tolerance && !spot.in_scope().is_zero();
        above.then(|| limit.hit(spot, price))
    }))
}
