//! Personal accounts beside bills, one file per event (管理账，职工基金账套).
//!
//! M2007 is what the fund owes a member, whatever the purse: the current year and the historic
//! money of one owner are one account of the ledger, so the roll-over at year's end moves nothing
//! here.

pub(crate) mod credited;
pub(crate) mod earned;
pub(crate) mod inherited;
pub(crate) mod left;
pub(crate) mod premium;
pub(crate) mod refunded;

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;
use terms::Date;

use crate::book::ACCOUNT_BOOK;

/// 参保人个人账户: what the fund owes the members themselves.
pub(crate) const MEMBER_ACCOUNTS: &str = "M2007";
/// 应付个人账户支付款: balances that are to be paid out in cash.
const OWED_IN_CASH: &str = "M2017";
/// 应付转出个人账户款: balances that follow their owners elsewhere.
const OWED_ELSEWHERE: &str = "M2018";
/// 代缴保费应划转款: premiums taken from accounts on their way to another fund.
const PREMIUMS_TO_PASS_ON: &str = "M2019";
/// 个人账户划入: what the fund has set aside for members.
const SET_ASIDE: &str = "M3017";
/// 个人账户利息.
const INTEREST: &str = "M3018";
/// 应收个人账户退回款: money that others give back to an account.
const TO_COME_BACK: &str = "M1017";

/// An event of one account as bookkeeping needs to know it (个人账户业务).
#[derive(Debug, Clone, Copy)]
pub struct AccountPosting<'a> {
    /// The batch number, usually the event's.
    pub batch: &'a str,
    /// The owner of the account.
    pub owner: &'a str,
    /// The business date.
    pub on: Date,
    /// How much.
    pub amount: Fen,
}

impl AccountPosting<'_> {
    fn member(&self) -> Account {
        member(self.owner)
    }

    fn of(&self, entries: Vec<Entry>) -> Result<Batch, Refusal> {
        Batch::try_new(self.batch, self.batch, self.on, entries)
    }
}

fn member(owner: &str) -> Account {
    Account::held(ACCOUNT_BOOK, MEMBER_ACCOUNTS, owner)
}

#[cfg(test)]
mod tests;
