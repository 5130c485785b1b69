//! Clearing and payment, one file per event; a folder per kind of book.
//!
//! The management books (accrual) speak when a statement is approved: what is deducted, held or
//! carried forward no longer is what institutions are owed. The statutory books (cash) speak when
//! the bank has paid. [`bridge`](bridge::bridge) says that both tell one story.
//!
//! 预付金 and 代结算 are offset with the payment: 110101 and 110102 are kept for the institution
//! whose due they lower, and fall together with M2001 when its statement is paid.

pub(crate) mod bridge;
pub(crate) mod class;
pub(crate) mod management;
pub(crate) mod statutory;

use std::fmt;

use ledger::{Account, Entry, Refusal};
use money::Fen;
use terms::{AdjustmentKind, BenefitClass};

use crate::book_name;

/// 支出户存款.
const EXPENDITURE: &str = "1004";
/// 暂付款—医保预付金, by institution.
const ADVANCED: &str = "110101";
/// 暂付款—集采药耗代结算, by the institution it was paid for.
const PAID_TO_SUPPLIERS: &str = "110102";
/// 暂收款—退票待重发, by payee.
const RETURNED: &str = "200104";
/// 应收医药机构款.
const RECEIVABLE: &str = "M1001";
/// 应付医药机构结算款.
const OWED: &str = "M2001";
/// 应付质量保证金.
const RETAINED: &str = "M2002";
/// 退票待重发 in the management books: owed again.
const OWED_AGAIN: &str = "M2005";
/// 预计年度清算: what the method of payment holds back until the year is cleared.
const HELD: &str = "M2006";
/// 预算已用.
const BUDGET_USED: &str = "M3002";
/// 应计已付: the other side of what was owed and is paid; an account of our own.
const PAID_OUT: &str = "M4002";

/// Why an event of clearing is not posted (不予记账).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpostable {
    /// An administrative fine: it goes to the treasury, never to a fund (PR-054).
    Fine,
    /// An amount classified as one fund's in another fund's book.
    Misplaced {
        /// The book.
        book: String,
        /// What the amount is spent on.
        class: BenefitClass,
    },
    /// Both sides of a payment do not add up.
    Unequal {
        /// What is expensed.
        expensed: Fen,
        /// What pays for it.
        paid: Fen,
    },
    /// The ledger does not take it.
    Ledger(Refusal),
}

impl Unpostable {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Fine => "fine_not_in_fund",
            Self::Misplaced { .. } => "class_not_in_book",
            Self::Unequal { .. } => "payment_unequal",
            Self::Ledger(refusal) => refusal.code(),
        }
    }
}

impl fmt::Display for Unpostable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fine => f.write_str("行政罚款直接缴入国库，不入基金账，也不得在基金拨付中抵扣"),
            Self::Misplaced { book, class } => write!(
                f,
                "“{class}”的款项不得列入{}（账套{book}），基金之间不得相互垫付",
                book_name(book)
            ),
            Self::Unequal { expensed, paid } => {
                write!(f, "列支{expensed}元与支付{paid}元不等")
            }
            Self::Ledger(refusal) => write!(f, "{refusal}"),
        }
    }
}

impl std::error::Error for Unpostable {}

impl From<Refusal> for Unpostable {
    fn from(refusal: Refusal) -> Self {
        Self::Ledger(refusal)
    }
}

/// Entries while they are being collected; nothing of zero is posted, less than zero the other way.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl Entries {
    fn post(
        &mut self,
        debit: Account,
        credit: Account,
        amount: Fen,
        reason: &str,
    ) -> Result<(), Unpostable> {
        if amount.is_zero() {
            return Ok(());
        }
        self.0.push(if amount.is_negative() {
            Entry::try_new(credit, debit, -amount, reason)?
        } else {
            Entry::try_new(debit, credit, amount, reason)?
        });
        Ok(())
    }
}

/// One line of a statement beside its bills (清算调整), as the books need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjusted {
    /// Why.
    pub kind: AdjustmentKind,
    /// What it is spent on.
    pub class: BenefitClass,
    /// Signed: below zero takes money from the institution.
    pub amount: Fen,
}

#[cfg(test)]
mod tests;
