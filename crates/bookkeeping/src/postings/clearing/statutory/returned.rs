//! 退票与重发（PAY_RETURNED、PAY_REISSUE）。

use ledger::{Account, Batch};
use money::Fen;
use terms::Date;

use super::super::{EXPENDITURE, Entries, RETURNED, Unpostable, management::settled_out};

/// Money the bank sent back, or that is sent again.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    /// The batch number.
    pub batch: &'a str,
    /// 凭单号.
    pub order: &'a str,
    /// 收款方编号.
    pub payee: &'a str,
    /// 账套.
    pub book: &'a str,
    /// The day the bank moved it.
    pub on: Date,
    /// How much, above zero.
    pub amount: Fen,
}

/// Books a payment the bank returned.
///
/// # Errors
/// [`Unpostable::Ledger`] where the amount is not above zero.
pub fn payment_returned(again: &Again<'_>) -> Result<Batch, Unpostable> {
    let mut entries = Entries::default();
    let cash = Account::new(again.book, EXPENDITURE);
    let waiting = Account::held(again.book, RETURNED, again.payee);
    entries.post(cash, waiting, again.amount, "returned")?;
    settled_out::returned(&mut entries, again)?;
    Ok(Batch::try_new(
        again.batch,
        again.order,
        again.on,
        entries.0,
    )?)
}

/// Books the same money paid again.
///
/// # Errors
/// [`Unpostable::Ledger`] where the amount is not above zero.
pub fn payment_reissued(again: &Again<'_>) -> Result<Batch, Unpostable> {
    let mut entries = Entries::default();
    let cash = Account::new(again.book, EXPENDITURE);
    let waiting = Account::held(again.book, RETURNED, again.payee);
    entries.post(waiting, cash, again.amount, "reissued")?;
    settled_out::reissued(&mut entries, again)?;
    Ok(Batch::try_new(
        again.batch,
        again.order,
        again.on,
        entries.0,
    )?)
}
