//! 个人账户继承：余额转给继承人，或列为应付（ACCOUNT_INHERITED）。

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;

use super::{AccountPosting, OWED_IN_CASH, member};
use crate::book::ACCOUNT_BOOK;

/// One heir's share: the heir's number where it goes to an account, nothing where it is paid out.
pub type HeirShare<'a> = (Option<&'a str>, Fen);

/// Books an inheritance share by share; the amount of the posting itself is not used.
///
/// # Errors
/// A [`Refusal`] of the ledger where there is no share, one is not above zero, or an heir is the
/// dead owner.
pub fn inherited(posting: &AccountPosting<'_>, shares: &[HeirShare<'_>]) -> Result<Batch, Refusal> {
    let entry = |(heir, amount): &HeirShare<'_>| {
        let (to, reason) = match heir {
            Some(heir) => (member(heir), "inherited"),
            None => {
                let owed = Account::held(ACCOUNT_BOOK, OWED_IN_CASH, posting.owner);
                (owed, "inheritance_payout")
            }
        };
        Entry::try_new(posting.member(), to, *amount, reason)
    };
    posting.of(shares.iter().map(entry).collect::<Result<_, _>>()?)
}
