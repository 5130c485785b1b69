//! Member accounts: what moved on purses is what the ledger says the fund owes their owners.

use std::collections::BTreeMap;

use money::Fen;

use super::page::File;
use super::{Difference, same};

/// 参保人个人账户 in the ledger, as `bookkeeping` posts it.
const MEMBER_ACCOUNTS: &str = "M2007";
/// Balances taken over when a person is entered; they were posted where they came from.
const OPENING: &str = "opening";

/// Everything done in a person's name, owner by owner; purses of one owner are one account.
pub(super) fn check(file: &File) -> Result<(), Difference> {
    let mut moved: BTreeMap<&str, Fen> = BTreeMap::new();
    for movement in file.used.iter().filter(|row| row.source != OPENING) {
        *moved.entry(&movement.owner).or_default() += movement.delta;
    }
    let mut posted: BTreeMap<&str, Fen> = BTreeMap::new();
    for transfer in &file.transfers {
        let entry = &transfer.entry;
        let sides = [
            (entry.credit(), entry.amount()),
            (entry.debit(), -entry.amount()),
        ];
        for (account, amount) in sides {
            if account.code == *MEMBER_ACCOUNTS {
                *posted.entry(account.holder.as_str()).or_default() += amount;
            }
        }
    }
    let owners: Vec<&str> = moved.keys().chain(posted.keys()).copied().collect();
    for owner in owners {
        let of = |sums: &BTreeMap<&str, Fen>| sums.get(owner).copied().unwrap_or(Fen::ZERO);
        let place = format!("个人账户 {owner}");
        same("account.ledger", &place, of(&moved), of(&posted))?;
    }
    Ok(())
}
