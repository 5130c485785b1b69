//! 未入组和不稳定病组：按合理费用折算点数。

use money::{Exact, Fen, Points};
use serde::Deserialize;

use super::base_points::points_of;
use crate::Refusal;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "drg.unstable",
    name: "不稳定病组",
    source: source::POINT_LAW,
};

/// What a discharge outside the stable groups is priced from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostPoints {
    /// 总费用.
    pub cost: Fen,
    /// 不合理费用.
    pub unreasonable: Fen,
    /// 全部病例例均费用.
    pub mean_all: Fen,
}

/// Points by reasonable cost (按费用折算): (cost − unreasonable) ÷ mean of all × 100, four places.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean is zero, [`Refusal::BadFact`] when more is
/// unreasonable than was spent.
pub fn cost_points(of: &CostPoints) -> Result<Points, Refusal> {
    if of.unreasonable.is_negative() || of.unreasonable > of.cost {
        let want = "应在零和总费用之间";
        return Err(Refusal::fact("病例", "unreasonable", of.unreasonable, want));
    }
    by_cost(of.cost - of.unreasonable, of.mean_all.into())
}

pub(crate) fn by_cost(reasonable: Fen, mean_all: Exact) -> Result<Points, Refusal> {
    points_of(reasonable.into(), mean_all)
}
