//! 个人账户代缴保费：账户扣减，应划转给居民基金等（ACCOUNT_PREMIUM）。

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;

use super::{AccountPosting, PREMIUMS_TO_PASS_ON, member};
use crate::book::ACCOUNT_BOOK;

/// Books a premium that accounts pay for the person of the posting, owner by owner; what they pay
/// waits to be passed on, because no fund may hold another's money. The reversal is its mirror
/// ([`Batch::reversal`]) and gives every owner back what it paid.
///
/// # Errors
/// A [`Refusal`] of the ledger where nobody pays or an amount is not above zero.
pub fn premium(posting: &AccountPosting<'_>, owners: &[(&str, Fen)]) -> Result<Batch, Refusal> {
    let entry = |(owner, amount): &(&str, Fen)| {
        let to = Account::held(ACCOUNT_BOOK, PREMIUMS_TO_PASS_ON, posting.owner);
        Entry::try_new(member(owner), to, *amount, "account_premium")
    };
    posting.of(owners.iter().map(entry).collect::<Result<_, _>>()?)
}
