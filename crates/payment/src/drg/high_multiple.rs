//! 高倍率病例：费用达到病组均费若干倍，经特病单议批准后追加点数。

use money::{Coefficient, Exact, Fen, Points};
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.high_multiple",
    name: "高倍率病例",
    source: source::POINT_LAW,
};

/// A discharge far above the mean of its group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HighMultiple {
    /// 基准点数.
    pub base_points: Points,
    /// 差异系数.
    pub coefficient: Coefficient,
    /// 总费用.
    pub cost: Fen,
    /// 不合理费用.
    pub unreasonable: Fen,
    /// 病组例均费用.
    pub mean: Fen,
    /// 高倍率界限.
    pub multiple: Factor,
    /// 特病单议已批准.
    pub approved: bool,
}

/// The points of a high discharge, and which part of them was added.
#[derive(Debug, Clone, Serialize)]
pub struct HighPoints {
    /// What it counts.
    pub points: Points,
    /// 追加点数, part of it.
    pub extra: Points,
}

/// Points of a high discharge (高倍率点数): base × coefficient, and after approval the multiple
/// beyond the limit × base.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean is zero, [`Refusal::TooLarge`].
pub fn high_multiple(of: &HighMultiple) -> Result<HighPoints, Refusal> {
    let normal = normal(of.base_points, of.coefficient)?;
    let reasonable = (of.cost - of.unreasonable).into();
    let extra = if of.approved {
        extra(reasonable, of.mean.into(), of.multiple, of.base_points)?
    } else {
        Points::ZERO
    };
    let points = normal.checked_add(extra).or_refuse("高倍率点数")?;
    Ok(HighPoints { points, extra })
}

/// Base points × coefficient, four places.
pub(crate) fn normal(base: Points, coefficient: Coefficient) -> Result<Points, Refusal> {
    let product = Exact::from(base).times(coefficient.into());
    product.and_then(Exact::rounded).or_refuse("病例点数")
}

/// What lies beyond the limit, in base points; never less than nothing.
pub(crate) fn extra(
    reasonable: Exact,
    mean: Exact,
    multiple: Factor,
    base: Points,
) -> Result<Points, Refusal> {
    let beyond = reasonable
        .over(mean)
        .and_then(|times| times.minus(multiple.into()));
    let points = beyond.and_then(|beyond| beyond.times(base.into())?.rounded());
    points
        .or_refuse("追加点数")
        .map(|extra: Points| extra.max(Points::ZERO))
}
