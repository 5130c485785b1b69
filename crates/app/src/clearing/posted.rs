use ledger::Transfer;

use super::board::StatementFile;

impl StatementFile {
    /// The transfer by which the books took an adjustment when the statement was approved
    /// (调整的记账分录), by the number it was given then; none before that, nor for what is booked
    /// with the payment.
    pub fn transfer_of(&self, adjustment: &str) -> Option<&Transfer> {
        let mut rows = self.adjustments.iter();
        let asked = rows.find(|row| row.adjustment == adjustment)?;
        let mut posted = self.transfers.iter();
        posted.find(|transfer| transfer.id.to_string() == asked.transfer)
    }
}
