use ::store::AdjustmentRow;
use ledger::Transfer;

use super::board::StatementFile;

impl StatementFile {
    /// The transfer by which the books took an adjustment when the statement was approved
    /// (调整的记账分录); none before that, nor for what is booked with the payment.
    ///
    /// An approval posts the adjustments in the order in which the store keeps them, each under the
    /// word of its kind: so the nth of a kind is the nth transfer of that reason.
    pub fn transfer_of(&self, adjustment: &str) -> Option<&Transfer> {
        let asked = self
            .adjustments
            .iter()
            .find(|row| row.adjustment == adjustment)?;
        let same = |row: &&AdjustmentRow| row.kind == asked.kind && !row.amount.is_zero();
        let mut of_kind = self.adjustments.iter().filter(same);
        let nth = of_kind.position(|row| row.adjustment == adjustment)?;
        let batch = format!("SP{}", self.row.statement);
        let mut posted = self.transfers.iter().filter(|transfer| {
            transfer.id.batch.as_str() == batch && transfer.entry.reason().as_str() == asked.kind
        });
        let found = posted.nth(nth);
        found.filter(|transfer| {
            let amount = transfer.entry.amount();
            amount == asked.amount || amount == -asked.amount
        })
    }
}
