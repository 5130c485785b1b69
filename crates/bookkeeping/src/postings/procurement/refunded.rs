//! 供应商退款：没有下一批可冲减时退回现金（DIRECT_CREDIT_NOTE，PR-044，法定账）。

use ledger::{Account, Batch, Refusal};

use super::{EXPENDITURE, PAID_TO_SUPPLIERS, SupplierLine, entry};

/// Books cash that a supplier gave back for goods that were returned.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is zero.
pub fn supplier_refunded(line: &SupplierLine<'_>) -> Result<Batch, Refusal> {
    let cash = Account::new(line.book, EXPENDITURE);
    let waiting = line.of_institution(PAID_TO_SUPPLIERS);
    line.batch(vec![entry(
        cash,
        waiting,
        line.amount,
        "supplier_refunded",
    )?])
}
