//! 考核不返还的质量保证金：不再是应付，冲减预算已用（PR-030 的管理账；预留时未列支）。

use ledger::{Account, Batch, Refusal};

use super::{BUDGET_USED, ProviderAmount, RETAINED, entry};

/// Books what an assessment does not give back.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn retention_forfeited(of: &ProviderAmount<'_>) -> Result<Batch, Refusal> {
    let reason = "retention_forfeited";
    let used = Account::held(of.book, BUDGET_USED, reason);
    of.batch(vec![entry(of.held(RETAINED), used, of.amount, reason)?])
}
