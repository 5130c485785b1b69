//! 个人账户划入：基金划出，应付参保人增加（ACCOUNT_CREDIT）。

use ledger::{Account, Batch, Entry, Refusal};

use super::{AccountPosting, SET_ASIDE};
use crate::book::ACCOUNT_BOOK;

/// Books a monthly credit: the fund sets the money aside and owes it to the owner.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn credited(posting: &AccountPosting<'_>) -> Result<Batch, Refusal> {
    let aside = Account::new(ACCOUNT_BOOK, SET_ASIDE);
    let reason = "account_credited";
    let entry = Entry::try_new(aside, posting.member(), posting.amount, reason)?;
    posting.of(vec![entry])
}
