//! 付供应商：暂付款增加、支出户减少（DIRECT_PAY_SUPPLIER，PR-041），应付供应商减少。

use ledger::{Account, Batch, Refusal};

use super::{EXPENDITURE, OWED_TO_SUPPLIERS, PAID_TO_SUPPLIERS, SupplierLine, TO_OFFSET, entry};

/// Books what the bank paid a supplier of one invoice, in both kinds of books.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn supplier_paid(line: &SupplierLine<'_>) -> Result<Batch, Refusal> {
    let cash = Account::new(line.book, EXPENDITURE);
    let waiting = line.of_institution(PAID_TO_SUPPLIERS);
    let owed = line.of_supplier(OWED_TO_SUPPLIERS);
    let to_offset = line.of_institution(TO_OFFSET);
    line.batch(vec![
        entry(waiting, cash, line.amount, "supplier_paid")?,
        entry(owed, to_offset, line.amount, "supplier_paid")?,
    ])
}
