use money::{Decimal, Fen, Points, share_by_weight};
use serde::Serialize;

use super::annual_band::banded;
use super::{
    DipCase, DipInstitution, DipParameters, DipPriced, DipPrices, Means, SettlementPointValue,
    settlement_point_value,
};
use crate::refusal::OrRefuse;
use crate::{Groups, InstitutionIndex, Refusal, Roster};

/// Everything a region's year is cleared from (全统筹区清算).
#[derive(Debug)]
pub struct DipRegion<'a> {
    /// The method's parameters.
    pub parameters: DipParameters,
    /// The institutions.
    pub roster: Roster<DipInstitution>,
    /// Every group that occurs.
    pub groups: Groups,
    /// Means of the years before.
    pub means: Means,
    /// The year's cases.
    pub cases: Vec<DipCase<'a>>,
    /// 可用于分配的基金.
    pub fund_available: Fen,
}

/// What comes of it.
#[derive(Debug)]
pub struct DipClearing {
    /// Scores by group.
    pub prices: DipPrices,
    /// One per case, same order.
    pub priced: Vec<DipPriced>,
    /// 加权总分值.
    pub total_weighted: Points,
    /// 结算单价, for display.
    pub point_value: Decimal<4>,
    /// In order of code.
    pub institutions: Vec<DipInstitutionClearing>,
}

/// An institution's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DipInstitutionClearing {
    /// 加权分值.
    pub weighted: Points,
    /// 应得: its share of the fund.
    pub entitlement: Fen,
    /// 按项目应付.
    pub actual: Fen,
    /// 年终结算额, by the bands.
    pub annual_payment: Fen,
}

impl DipClearing {
    /// The year of an institution.
    pub fn of(&self, institution: InstitutionIndex) -> &DipInstitutionClearing {
        &self.institutions[institution.at()]
    }
}

/// The year's cases, counted by institution (年度汇总); counts of parts can be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DipTally {
    /// Weighted points and fen.
    institutions: Vec<(i64, i64)>,
}

impl DipTally {
    /// A tally of that many institutions, nothing counted.
    pub fn new(institutions: usize) -> Self {
        Self {
            institutions: vec![(0, 0); institutions],
        }
    }

    /// Counts a case.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn add(&mut self, case: &DipCase<'_>, priced: DipPriced) -> Result<(), Refusal> {
        let part = (priced.weighted.get(), case.fund.get());
        add(&mut self.institutions[case.institution.at()], part)
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

    /// Shares the fund by what was counted and pays it by the bands: total of scores, value of a
    /// point, institutions in order of code.
    ///
    /// # Errors
    /// [`Refusal::PoolNotPositive`], [`Refusal::NothingToDivideBy`] without a score.
    pub fn close(
        &self,
        fund: Fen,
        parameters: &DipParameters,
    ) -> Result<(Points, Decimal<4>, Vec<DipInstitutionClearing>), Refusal> {
        if fund <= Fen::ZERO {
            return Err(Refusal::PoolNotPositive {
                name: "fund_available".into(),
                amount: fund,
            });
        }
        let weights: Vec<i64> = self.institutions.iter().map(|sum| sum.0).collect();
        let total = weights
            .iter()
            .try_fold(0_i64, |sum, one| sum.checked_add(*one));
        let total = Points::new(total.or_refuse("总分值")?);
        let value = settlement_point_value(&SettlementPointValue {
            fund,
            reimbursement_ratio: parameters.reimbursement_ratio,
            total_scores: total,
        })?;
        let parts = share_by_weight(fund, &weights);
        let shared = self.institutions.iter().zip(parts);
        let each = shared.map(|((weighted, actual), entitlement)| {
            let actual = Fen::new(*actual);
            Ok(DipInstitutionClearing {
                weighted: Points::new(*weighted),
                entitlement,
                actual,
                annual_payment: banded(actual, entitlement, &parameters.annual_bands)?,
            })
        });
        let institutions = each.collect::<Result<Vec<_>, Refusal>>()?;
        let shared: Fen = institutions.iter().map(|one| one.entitlement).sum();
        assert_eq!(shared, fund, "a closed pool is shared to the fen");
        Ok((total, value, institutions))
    }
}

fn add(sum: &mut (i64, i64), part: (i64, i64)) -> Result<(), Refusal> {
    sum.0 = sum.0.checked_add(part.0).or_refuse("年度分值合计")?;
    sum.1 = sum.1.checked_add(part.1).or_refuse("年度基金合计")?;
    Ok(())
}

/// Clears a year of a region (年度清算): scores, deviations, pool, bands.
///
/// # Errors
/// The first [`Refusal`]; nothing is cleared in part.
pub fn clear_region(region: &DipRegion<'_>) -> Result<DipClearing, Refusal> {
    clear_region_by(region, |prices, cases| {
        let around = (&region.roster, &region.groups);
        let each = cases.iter();
        each.map(|case| prices.price(case, &region.parameters, around))
            .collect()
    })
}

/// The same with the pricing of the cases done by the caller, on several cores for instance.
///
/// Shape: `price` answers one [`DipPriced`] per case in the same order.
///
/// # Errors
/// As [`clear_region`].
pub fn clear_region_by(
    region: &DipRegion<'_>,
    price: impl FnOnce(&DipPrices, &[DipCase<'_>]) -> Result<Vec<DipPriced>, Refusal>,
) -> Result<DipClearing, Refusal> {
    let parameters = &region.parameters;
    let prices = DipPrices::try_new(&region.means, parameters, &region.roster, &region.groups)?;
    let priced = price(&prices, &region.cases)?;
    let mut tally = DipTally::new(region.roster.len());
    for (case, priced) in region.cases.iter().zip(&priced) {
        tally.add(case, *priced)?;
    }
    let (total_weighted, point_value, institutions) =
        tally.close(region.fund_available, parameters)?;
    Ok(DipClearing {
        prices,
        priced,
        total_weighted,
        point_value,
        institutions,
    })
}
