//! 核定应缴：应收保险费增加；重新核定只记差额（管理账）。

use ledger::{Batch, Refusal};

use super::{Entries, Levy};

/// Books what an assessment adds to what the owner owes; a later version books the difference,
/// which may be below zero. `None` where nothing changes.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn assessed(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    entries.owe(levy, levy.employer, "assessed_employer")?;
    entries.owe(levy, levy.person, "assessed_person")?;
    entries.batch(levy)
}
