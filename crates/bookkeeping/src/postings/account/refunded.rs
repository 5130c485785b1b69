//! 退回个人账户：应收退回款增加，应付参保人增加（ACCOUNT_REFUND）。

use ledger::{Account, Batch, Entry, Refusal};

use super::{AccountPosting, TO_COME_BACK};
use crate::book::ACCOUNT_BOOK;

/// Books money that comes back to an account from `debtor`, an institution or another area.
///
/// # Errors
/// A [`Refusal`] of the ledger where the amount is not above zero.
pub fn refunded(posting: &AccountPosting<'_>, debtor: &str) -> Result<Batch, Refusal> {
    let owed = Account::held(ACCOUNT_BOOK, TO_COME_BACK, debtor);
    let reason = "account_refunded";
    let entry = Entry::try_new(owed, posting.member(), posting.amount, reason)?;
    posting.of(vec![entry])
}
