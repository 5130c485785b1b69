use jiff::civil::DateTime;

use super::{Message, Patient, Sender};

impl Sender<'_> {
    /// Takes a message back whose answer never came (冲正).
    pub fn compensate(&self, patient: &Patient<'_>, lost: &Message, now: DateTime) -> Message {
        self.message("2601", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("psn_no", patient.number)
                .text("omsgid", &lost.number)
                .text("oinfno", lost.transaction)
                .close('}');
        })
    }

    /// Reads a settlement (结算信息查询).
    pub fn read_settlement(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        settlement: &str,
        now: DateTime,
    ) -> Message {
        self.undo("5203", patient, visit, settlement, now)
    }
}
