//! 退抵：多缴月份的钱抵缴其他月份，不动现金。

use ledger::{Account, Batch, Refusal};

use super::{Entries, Levy, UNIDENTIFIED, income};

/// Books that money counted towards one period now counts towards another of the same owner: it
/// leaves the income and returns to it, so that both periods can be followed.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn offset(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let held = Account::held(levy.levied.book(), UNIDENTIFIED, levy.owner);
    for (amount, of_person) in [(levy.employer, false), (levy.person, true)] {
        let account = income(levy, of_person);
        entries.post(account.clone(), held.clone(), amount, "offset_from")?;
        entries.post(held.clone(), account, amount, "offset_to")?;
    }
    entries.batch(levy)
}
