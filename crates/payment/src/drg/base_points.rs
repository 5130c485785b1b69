//! 基准点数：病组例均费用相对全部病例例均费用，以100为基准。

use money::{Exact, Fen, Points};
use serde::Deserialize;

use crate::Refusal;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.base_points",
    name: "基准点数",
    source: source::POINTS,
};

/// What base points are computed from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasePoints {
    /// 病组例均费用, or the cost of one day for a bed-day group.
    pub mean: Fen,
    /// 全部病例例均费用.
    pub mean_all: Fen,
}

/// Base points (基准点数): mean ÷ mean of all × 100, four places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean of all is zero.
pub fn base_points(of: &BasePoints) -> Result<Points, Refusal> {
    points_of(of.mean.into(), of.mean_all.into())
}

/// The same from exact means.
pub(crate) fn points_of(mean: Exact, mean_all: Exact) -> Result<Points, Refusal> {
    let points = mean
        .over(mean_all)
        .and_then(|relative| relative.times(Exact::from(100)))
        .and_then(Exact::rounded);
    points.or_refuse("全部病例例均费用")
}
