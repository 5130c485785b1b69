//! 代结算不足：转应收医药机构款，下期抵扣后冲回（DIRECT_SHORT，PR-043，管理账）。

use ledger::{Batch, Refusal};

use super::{ProviderAmount, RECEIVABLE, TO_OFFSET, entry};

/// Books that an institution was due less than its suppliers got.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn shortfall_noted(of: &ProviderAmount<'_>) -> Result<Batch, Refusal> {
    let sides = (of.held(RECEIVABLE), of.held(TO_OFFSET));
    of.batch(vec![entry(sides.0, sides.1, of.amount, "supplier_short")?])
}

/// Books that a later settlement took what was short.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn shortfall_met(of: &ProviderAmount<'_>) -> Result<Batch, Refusal> {
    let sides = (of.held(TO_OFFSET), of.held(RECEIVABLE));
    let reason = "supplier_short_met";
    of.batch(vec![entry(sides.0, sides.1, of.amount, reason)?])
}
