//! 低倍率病例：费用远低于病组均费，按费用比例计点，不超过基准点数。

use money::{Coefficient, Exact, Fen, Points};
use serde::Deserialize;

use crate::Refusal;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.low_multiple",
    name: "低倍率病例",
    source: source::POINTS,
};

/// A discharge far below the mean of its group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LowMultiple {
    /// 基准点数.
    pub base_points: Points,
    /// 差异系数.
    pub coefficient: Coefficient,
    /// 合理费用.
    pub cost: Fen,
    /// 病组例均费用.
    pub mean: Fen,
}

/// Points of a low discharge (低倍率点数): base × coefficient × cost ÷ mean, at most the base
/// points.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean is zero, [`Refusal::TooLarge`].
pub fn low_multiple(of: &LowMultiple) -> Result<Points, Refusal> {
    points(
        of.base_points,
        of.coefficient,
        of.cost.into(),
        of.mean.into(),
    )
}

pub(crate) fn points(
    base: Points,
    coefficient: Coefficient,
    reasonable: Exact,
    mean: Exact,
) -> Result<Points, Refusal> {
    let full = Exact::from(base).times(coefficient.into());
    let part = full.and_then(|full| full.times(reasonable)?.over(mean)?.rounded());
    part.or_refuse("低倍率点数")
        .map(|part: Points| part.min(base))
}
