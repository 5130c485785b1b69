//! 代结算批次审批：应付供应商增加（管理账，PR-041 的前一步）。

use ledger::{Batch, Refusal};

use super::{OWED_TO_SUPPLIERS, SupplierLine, TO_OFFSET, entry};

/// Books that a supplier is owed an invoice, to be taken from an institution's settlement.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn supplier_owed(line: &SupplierLine<'_>) -> Result<Batch, Refusal> {
    let debit = line.of_institution(TO_OFFSET);
    let credit = line.of_supplier(OWED_TO_SUPPLIERS);
    line.batch(vec![entry(debit, credit, line.amount, "supplier_owed")?])
}
