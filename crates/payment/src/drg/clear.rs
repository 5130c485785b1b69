use money::Fen;

use super::{
    BaseTally, BaseYear, Discharge, DrgParameters, PoolClearing, PoolTally, Priced, Tier, readmit,
};
use crate::{Groups, Refusal, Roster};

/// Everything a region's year is cleared from (全统筹区清算).
#[derive(Debug)]
pub struct DrgRegion<'a> {
    /// The method's parameters.
    pub parameters: DrgParameters,
    /// The institutions with their tier.
    pub roster: Roster<Tier>,
    /// Every group that occurs.
    pub groups: Groups,
    /// The base year, counted.
    pub base: BaseTally,
    /// The year's discharges.
    pub discharges: Vec<Discharge<'a>>,
    /// 年度预算.
    pub budget: Fen,
}

/// What comes of it.
#[derive(Debug)]
pub struct DrgClearing {
    /// The base year.
    pub base: BaseYear,
    /// One per discharge, same order.
    pub priced: Vec<Priced>,
    /// The pool as it was shared.
    pub pool: PoolClearing,
}

/// Clears a year of a region (年度清算): base year, points, readmissions, pool.
///
/// # Errors
/// The first [`Refusal`]; nothing is cleared in part.
pub fn clear_region(region: &DrgRegion<'_>) -> Result<DrgClearing, Refusal> {
    clear_region_by(region, |base, discharges| {
        base.price_all(discharges, &region.parameters)
    })
}

/// The same with the pricing of the discharges done by the caller, on several cores for instance.
///
/// Shape: `price` answers one [`Priced`] per discharge in the same order, by
/// [`BaseYear::price_all`] on parts of any size.
///
/// # Errors
/// As [`clear_region`].
pub fn clear_region_by(
    region: &DrgRegion<'_>,
    price: impl FnOnce(&BaseYear, &[Discharge<'_>]) -> Result<Vec<Priced>, Refusal>,
) -> Result<DrgClearing, Refusal> {
    let parameters = &region.parameters;
    let tally = region.base.clone();
    let base = tally.close(parameters, &region.roster, &region.groups)?;
    let mut priced = price(&base, &region.discharges)?;
    if let Some(rule) = parameters.readmission {
        readmit(&region.discharges, &mut priced, rule)?;
    }
    let mut tally = PoolTally::new(region.roster.len());
    for (discharge, priced) in region.discharges.iter().zip(&priced) {
        tally.add(discharge, *priced)?;
    }
    let pool = tally.close(region.budget, parameters)?;
    Ok(DrgClearing { base, priced, pool })
}
