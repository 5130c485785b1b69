//! 滞纳金核定：应收增加；到账记入其他收入（LATE_FEE_PREMIUM）。

use ledger::{Batch, Refusal};

use super::{Entries, Levy};

/// 其他收入: the surcharge joins the fund, unlike fines.
pub(super) const LATE_FEE_INCOME: &str = "4501";

/// Books a late fee that came due; the employer bears it.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn late_fee(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    entries.owe(levy, levy.employer, "assessed_late_fee")?;
    entries.batch(levy)
}
