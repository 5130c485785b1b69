use bookkeeping::Posting;
use store::SettlementRow;

use super::reverse::saved_of;
use crate::facts::word;

/// What a settlement should have posted, computed anew from its archive (核对用).
///
/// # Errors
/// A sentence why it cannot be computed.
pub fn ledger_of(row: &SettlementRow) -> Result<Option<ledger::Batch>, String> {
    let saved = saved_of(row).map_err(|error| format!("{error:?}"))?;
    let posting = Posting {
        batch: &row.settlement_id,
        settlement: &row.settlement_id,
        institution: &row.institution,
        care: word(&row.care_type).map_err(|error| format!("{error:?}"))?,
        on: row.settled_at.date(),
        booked: &saved.booked,
    };
    bookkeeping::settled(&posting).map_err(|refusal| refusal.to_string())
}
