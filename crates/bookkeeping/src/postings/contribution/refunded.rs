//! 退费付款：冲减当年收入，财政专户支付（PREM_REFUND）；多缴未入账的由暂挂款退。

use ledger::{Account, Batch, Refusal};

use super::received::waiting;
use super::{Entries, FISCAL, Levy, income};

/// Books a refund of money that counted towards a period: income falls, and the owner's debt, which
/// was below zero by that much, returns to what it is.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn refunded(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let fiscal = || Account::new(levy.levied.book(), FISCAL);
    entries.post(
        income(levy, false),
        fiscal(),
        levy.employer,
        "refunded_employer",
    )?;
    entries.post(income(levy, true), fiscal(), levy.person, "refunded_person")?;
    entries.owe(levy, levy.employer, "refunded_employer")?;
    entries.owe(levy, levy.person, "refunded_person")?;
    entries.batch(levy)
}

/// Books a refund of money that never counted towards a period.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn returned(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let fiscal = Account::new(levy.levied.book(), FISCAL);
    let held = waiting(levy.levied, levy.owner);
    entries.post(held, fiscal, levy.employer + levy.person, "returned")?;
    entries.batch(levy)
}
