//! Contributions from law to money, one file per event.
//!
//! The management books keep what is owed: M1004 by owner, against M4001, the income not yet in
//! hand. The statutory books are on a cash basis: they move when the treasury has the money.

pub(crate) mod assessed;
pub(crate) mod late_fee;
pub(crate) mod offset;
pub(crate) mod received;
pub(crate) mod refunded;
pub(crate) mod subsidised;

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;
use terms::Date;

/// 应收保险费: what owners owe.
const RECEIVABLE: &str = "M1004";
/// 应计未收保险费: the other side of it, income not yet in hand.
const NOT_YET_IN_HAND: &str = "M4001";
/// 财政专户存款.
const FISCAL: &str = "1003";
/// 国库存款.
const TREASURY: &str = "1005";
/// 保险费收入—单位缴费.
const EMPLOYER_INCOME: &str = "400101";
/// 保险费收入—个人缴费.
const PERSON_INCOME: &str = "400102";
/// 保险费收入—居民个人缴费.
const RESIDENT_INCOME: &str = "400105";
/// 暂收款—预收保险费, by insured year.
const PREPAID: &str = "200101";
/// 暂收款—其他: money of which nobody knows yet what it is for.
const UNIDENTIFIED: &str = "200109";
/// 待转保险费收入.
const TO_ALLOCATE: &str = "4601";

/// Which contributions an event is about, and so which book keeps it (征缴险种).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levied {
    /// 职工: an employer's month, with both payers.
    Employee,
    /// 居民, the year that runs or has run.
    Resident,
    /// 居民, a year that has not begun.
    ResidentPrepaid,
}

impl Levied {
    const fn book(self) -> &'static str {
        match self {
            Self::Employee => "E",
            Self::Resident | Self::ResidentPrepaid => "R",
        }
    }
}

/// What one event moves for one owner (征缴记账).
#[derive(Debug, Clone, Copy)]
pub struct Levy<'a> {
    /// The batch number.
    pub batch: &'a str,
    /// The document it rests on: an assessment, a line of receipts, a refund.
    pub reference: &'a str,
    /// 单位或人员编号.
    pub owner: &'a str,
    /// Which contributions.
    pub levied: Levied,
    /// The business date.
    pub on: Date,
    /// 单位部分; below zero where it is taken back.
    pub employer: Fen,
    /// 个人部分; below zero where it is taken back.
    pub person: Fen,
}

/// Entries while they are being collected; nothing of zero is posted, less than zero the other way.
struct Entries(Vec<Entry>);

impl Entries {
    fn post(
        &mut self,
        debit: Account,
        credit: Account,
        amount: Fen,
        reason: &str,
    ) -> Result<(), Refusal> {
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

    /// Moves what the owner owes: up where the amount is above zero.
    fn owe(&mut self, levy: &Levy<'_>, amount: Fen, reason: &str) -> Result<(), Refusal> {
        let book = levy.levied.book();
        let receivable = Account::held(book, RECEIVABLE, levy.owner);
        let other = Account::new(book, NOT_YET_IN_HAND);
        self.post(receivable, other, amount, reason)
    }

    fn batch(self, levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
        if self.0.is_empty() {
            return Ok(None);
        }
        Batch::try_new(levy.batch, levy.reference, levy.on, self.0).map(Some)
    }
}

/// The income account a part belongs to.
fn income(levy: &Levy<'_>, of_person: bool) -> Account {
    match (levy.levied, of_person) {
        (Levied::Employee, false) => Account::held("E", EMPLOYER_INCOME, levy.owner),
        (Levied::Employee, true) => Account::held("E", PERSON_INCOME, levy.owner),
        (Levied::Resident, _) => Account::new("R", RESIDENT_INCOME),
        (Levied::ResidentPrepaid, _) => Account::new("R", PREPAID),
    }
}

#[cfg(test)]
mod tests;
