use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "S006",
    name: "购销价差异常",
    english: "Purchase-sale price gap",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_purchase"],
    parameters: &[
        Parameter {
            key: "S006.gap",
            default: "0.15",
            meaning: "售价高出购进价的比例",
        },
        Parameter {
            key: "S006.lines",
            default: "10",
            meaning: "一月至少多少条明细",
        },
    ],
    finds: "机构一月某品种售价的中位数比平均购进价高出过多。",
    why: "价差过大，超过约定加价。",
    clause: "定点零售药店服务协议（进销存管理）；零售药店自查清单",
    false_alarms: "小包装分装费；赠送活动。",
    says: "售价中位数{0}，平均购进价{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let gap = desk.decimal("S006.gap", 3)?;
    kernels::price_gap(desk, gap, desk.whole("S006.lines")?)
}
