use bookkeeping::Posting;
use ledger::Batch;
use settlement::Booked;
use store::SettlementRow;
use terms::{CareType, Date};

use super::reverse::saved_of;
use crate::Error;
use crate::facts::word;

/// The transfers of a settled bill.
pub(crate) fn batch(
    settlement: &str,
    institution: &str,
    care: CareType,
    on: Date,
    booked: &Booked,
) -> Result<Option<Batch>, Error> {
    let posting = Posting {
        batch: settlement,
        settlement,
        institution,
        care,
        on,
        booked,
    };
    let broken = |refusal| Error::Bug(format!("posting {settlement}: {refusal}"));
    bookkeeping::settled(&posting).map_err(broken)
}

/// The transfers of a settlement, computed anew from its archive.
pub(crate) fn batch_of(row: &SettlementRow) -> Result<Option<Batch>, Error> {
    let saved = saved_of(row)?;
    let care = word(&row.care_type)?;
    batch(
        &row.settlement_id,
        &row.institution,
        care,
        row.settled_at.date(),
        &saved.booked,
    )
}

/// What a settlement should have posted, computed anew from its archive (核对用).
///
/// # Errors
/// A sentence why it cannot be computed.
pub fn ledger_of(row: &SettlementRow) -> Result<Option<Batch>, String> {
    batch_of(row).map_err(|error| format!("{error:?}"))
}
