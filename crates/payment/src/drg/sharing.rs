//! 结余留用、超支分担：年度基金额由按项目金额和预算决定。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

pub(crate) const RULE: Rule = Rule {
    rule: "pool.sharing",
    name: "结余留用与超支分担",
    source: source::POINT_LAW,
};

/// Which part of a difference to the budget goes to the hospitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// 结余留用比例: of what is left of the budget.
    pub keep: Factor,
    /// 超支分担比例: of what lies above the budget, paid by the fund.
    pub bear: Factor,
}

/// The year's amounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// 按项目应付 after review.
    pub fund_items: Fen,
    /// 预算.
    pub budget: Fen,
    /// The shares.
    pub share: Sharing,
}

impl Sharing {
    pub(crate) fn check(self) -> Result<(), Refusal> {
        for (name, share) in [("share.keep", self.keep), ("share.bear", self.bear)] {
            let ratio: Ratio = share.ratio();
            if ratio.clamped() != ratio {
                return Err(Refusal::parameter(name, share, "应在0和1之间"));
            }
        }
        Ok(())
    }
}

/// What the fund finally pays (年度决算基金额).
///
/// # Errors
/// [`Refusal::PoolNotPositive`] for a budget of nothing or less, [`Refusal::TooLarge`].
pub fn share_difference(of: &Shared) -> Result<Fen, Refusal> {
    of.share.check()?;
    let (items, budget) = (of.fund_items, of.budget);
    if budget <= Fen::ZERO {
        return Err(Refusal::PoolNotPositive {
            name: "budget".into(),
            amount: budget,
        });
    }
    let (from, difference, share) = if items <= budget {
        (
            items,
            Exact::from(budget).minus(items.into()),
            of.share.keep,
        )
    } else {
        (
            budget,
            Exact::from(items).minus(budget.into()),
            of.share.bear,
        )
    };
    let part = difference.and_then(|difference| difference.times(share.into()));
    let fund = part.and_then(|part| part.plus(from.into())?.yuan());
    fund.or_refuse("决算基金额")
}
