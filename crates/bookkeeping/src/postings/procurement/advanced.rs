//! 预付金拨付与归还（ADVANCE_GRANT、ADVANCE_RETURN，PR-037、PR-039，法定账）。
//!
//! What a settlement takes back (PR-038) is posted with the payment of the settlement.

use ledger::{Account, Batch, Refusal};

use super::{ADVANCED, EXPENDITURE, ProviderAmount, entry};

/// Books what the bank paid an institution in advance.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn advance_paid(of: &ProviderAmount<'_>) -> Result<Batch, Refusal> {
    let cash = Account::new(of.book, EXPENDITURE);
    of.batch(vec![entry(
        of.held(ADVANCED),
        cash,
        of.amount,
        "advance_paid",
    )?])
}

/// Books what an institution gave back in cash.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn advance_returned(of: &ProviderAmount<'_>) -> Result<Batch, Refusal> {
    let cash = Account::new(of.book, EXPENDITURE);
    let reason = "advance_returned";
    of.batch(vec![entry(cash, of.held(ADVANCED), of.amount, reason)?])
}
