//! 点值与分配：总额按点数分到机构，向下取到分，余下的分按最大余数分。

use money::{Exact, Fen, Points, share_by_weight};
use serde::{Deserialize, Serialize};

use super::sharing::{Shared, share_difference};
use super::{Discharge, DrgParameters, Priced, Variant};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{InstitutionIndex, Refusal};

pub(crate) const RULE: Rule = Rule {
    rule: "pool.point_value",
    name: "点值与分配",
    source: source::CLOSED_POOL,
};

/// Points and amounts of one institution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    points: i64,
    fund: i64,
    others: i64,
}

/// The year's discharges, counted by institution (年度汇总); counts of parts can be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolTally {
    institutions: Vec<Sum>,
}

impl PoolTally {
    /// A tally of that many institutions, nothing counted.
    pub fn new(institutions: usize) -> Self {
        Self {
            institutions: vec![Sum::default(); institutions],
        }
    }

    /// Counts a discharge.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn add(&mut self, discharge: &Discharge<'_>, priced: Priced) -> Result<(), Refusal> {
        let part = Sum {
            points: priced.points.get(),
            fund: discharge.fund.get(),
            others: discharge.others.get(),
        };
        add(&mut self.institutions[discharge.institution.at()], part)
    }

    /// Counts what another tally of the same institutions has counted.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn merge(&mut self, other: &Self) -> Result<(), Refusal> {
        let pairs = self.institutions.iter_mut().zip(&other.institutions);
        pairs
            .into_iter()
            .try_for_each(|(own, part)| add(own, *part))
    }

    /// Shares the budget by what was counted.
    ///
    /// # Errors
    /// [`Refusal::NothingToDivideBy`] without a point, [`Refusal::PoolNotPositive`],
    /// [`Refusal::TooLarge`].
    pub fn close(&self, budget: Fen, parameters: &DrgParameters) -> Result<PoolClearing, Refusal> {
        let fund_items = total(&self.institutions, |sum| sum.fund, "基金支付合计")?;
        let fund_final = share_difference(&Shared {
            fund_items: Fen::new(fund_items),
            budget,
            share: parameters.share,
        })?;
        let portions = self.institutions.iter().map(|sum| Portion {
            points: Points::new(sum.points),
            fund: Fen::new(sum.fund),
            others: Fen::new(sum.others),
        });
        let portions: Vec<Portion> = portions.collect();
        share_pool(&portions, fund_final, parameters.variant)
    }
}

fn add(sum: &mut Sum, part: Sum) -> Result<(), Refusal> {
    for (own, other) in [
        (&mut sum.points, part.points),
        (&mut sum.fund, part.fund),
        (&mut sum.others, part.others),
    ] {
        *own = own.checked_add(other).or_refuse("年度合计")?;
    }
    Ok(())
}

fn total<T>(all: &[T], of: impl Fn(&T) -> i64, what: &'static str) -> Result<i64, Refusal> {
    let sum = all
        .iter()
        .try_fold(0_i64, |sum, one| sum.checked_add(of(one)));
    sum.or_refuse(what)
}

/// What one institution brings to the pool, in order of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portion {
    /// 点数.
    pub points: Points,
    /// 按项目应付.
    #[serde(default)]
    pub fund: Fen,
    /// What patients and other payers paid it.
    pub others: Fen,
}

/// A pool after it has been shared (清算结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolClearing {
    /// 按项目应付合计.
    pub fund_items: Fen,
    /// 决算基金额; what is paid out, to the fen.
    pub fund_final: Fen,
    /// 总点数.
    pub total_points: Points,
    /// 点值, yuan for a point, exact.
    pub point_value: Exact,
    /// In order of code.
    pub institutions: Vec<InstitutionClearing>,
}

/// An institution's part of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InstitutionClearing {
    /// 点数.
    pub points: Points,
    /// 按项目应付.
    pub fund: Fen,
    /// What patients and other payers paid it.
    pub others: Fen,
    /// 应得; negative when patients paid more than the points are worth.
    pub entitlement: Fen,
}

impl PoolClearing {
    /// The part of an institution.
    pub fn of(&self, institution: InstitutionIndex) -> &InstitutionClearing {
        &self.institutions[institution.at()]
    }
}

/// Shares a closed pool by points (封闭总额分配). Shape: one part per portion, same order, which is
/// the order of ties.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without a point, [`Refusal::PoolNotPositive`],
/// [`Refusal::TooLarge`].
pub fn share_pool(
    portions: &[Portion],
    fund_final: Fen,
    variant: Variant,
) -> Result<PoolClearing, Refusal> {
    let fund_items = total(portions, |one| one.fund.get(), "基金支付合计")?;
    let total_points = total(portions, |one| one.points.get(), "总点数")?;
    let others = match variant {
        Variant::TotalCost => total(portions, |one| one.others.get(), "其他支付合计")?,
        Variant::FundOnly => 0,
    };
    if portions.iter().any(|one| one.points < Points::ZERO) || total_points == 0 {
        return Err(Refusal::NothingToDivideBy {
            what: "总点数".into(),
        });
    }
    let pool = fund_final
        .get()
        .checked_add(others)
        .or_refuse("可分配总额")?;
    if pool <= 0 {
        return Err(Refusal::PoolNotPositive {
            name: "fund_final".into(),
            amount: Fen::new(pool),
        });
    }
    let weights: Vec<i64> = portions.iter().map(|one| one.points.get()).collect();
    let parts = share_by_weight(Fen::new(pool), &weights);
    let institutions = portions.iter().zip(parts).map(|(one, part)| {
        let own = match variant {
            Variant::TotalCost => one.others,
            Variant::FundOnly => Fen::ZERO,
        };
        InstitutionClearing {
            points: one.points,
            fund: one.fund,
            others: one.others,
            entitlement: part - own,
        }
    });
    let total_points = Points::new(total_points);
    let point_value = Exact::from(Fen::new(pool)).over(total_points.into());
    let clearing = PoolClearing {
        fund_items: Fen::new(fund_items),
        fund_final,
        total_points,
        point_value: point_value.or_refuse("总点数")?,
        institutions: institutions.collect(),
    };
    let paid: Fen = clearing
        .institutions
        .iter()
        .map(|one| one.entitlement)
        .sum();
    assert_eq!(paid, fund_final, "a closed pool is paid out to the fen");
    Ok(clearing)
}
