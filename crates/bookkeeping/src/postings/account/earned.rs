//! 个人账户计息：利息记入参保人（ACCOUNT_INTEREST）。

use ledger::{Account, Batch, Entry, Refusal};

use super::{AccountPosting, INTEREST};
use crate::book::ACCOUNT_BOOK;

/// Books a year's interest: the fund owes it to the owner.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn earned(posting: &AccountPosting<'_>) -> Result<Batch, Refusal> {
    let interest = Account::new(ACCOUNT_BOOK, INTEREST);
    let reason = "account_interest";
    let entry = Entry::try_new(interest, posting.member(), posting.amount, reason)?;
    posting.of(vec![entry])
}
