//! 个人账户转出、支取：余额列为应付（ACCOUNT_LEFT）。

use ledger::{Account, Batch, Entry, Refusal};

use super::{AccountPosting, OWED_ELSEWHERE, OWED_IN_CASH};
use crate::book::ACCOUNT_BOOK;

/// Books a balance that leaves with its owner: owed to the area named, or to the owner in cash.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn left(posting: &AccountPosting<'_>, to_area: Option<&str>) -> Result<Batch, Refusal> {
    let (to, reason) = match to_area {
        Some(area) => {
            let owed = Account::held(ACCOUNT_BOOK, OWED_ELSEWHERE, area);
            (owed, "account_transferred")
        }
        None => {
            let owed = Account::held(ACCOUNT_BOOK, OWED_IN_CASH, posting.owner);
            (owed, "account_cashed_out")
        }
    };
    let entry = Entry::try_new(posting.member(), to, posting.amount, reason)?;
    posting.of(vec![entry])
}
