//! 银行回单：应付减少；退票重新挂账，重发再减少（管理账）。

use ledger::Account;

use super::super::statutory::Payment;
use super::super::{Entries, OWED, OWED_AGAIN, PAID_OUT, Unpostable};

/// What an institution was owed and now has, in cash or against what was paid for it before.
pub(in super::super) fn paid(
    entries: &mut Entries,
    payment: &Payment<'_>,
) -> Result<(), Unpostable> {
    let out = || Account::new(payment.book, PAID_OUT);
    let owed = || Account::held(payment.book, OWED, payment.institution);
    entries.post(owed(), out(), payment.cash, "paid")?;
    entries.post(owed(), out(), payment.netting, "supplier_netting")?;
    entries.post(owed(), out(), payment.advance, "advance_recovery")
}

/// What the bank sent back is owed again.
pub(in super::super) fn returned(
    entries: &mut Entries,
    payment: &super::super::statutory::Again<'_>,
) -> Result<(), Unpostable> {
    let again = Account::held(payment.book, OWED_AGAIN, payment.payee);
    let out = Account::new(payment.book, PAID_OUT);
    entries.post(out, again, payment.amount, "returned")
}

/// It was paid again.
pub(in super::super) fn reissued(
    entries: &mut Entries,
    payment: &super::super::statutory::Again<'_>,
) -> Result<(), Unpostable> {
    let again = Account::held(payment.book, OWED_AGAIN, payment.payee);
    let out = Account::new(payment.book, PAID_OUT);
    entries.post(again, out, payment.amount, "reissued")
}
