//! Money between the fund and institutions beside their bills, one file per event.
//!
//! What suppliers get for an institution waits on 110102, what is advanced to it on 110101, until
//! its settlement takes it (posted with the payment of the settlement). In the management books
//! M2003 says what suppliers are owed, M1005 for whom, M1001 what an institution was short of.

pub(crate) mod advanced;
pub(crate) mod approved;
pub(crate) mod forfeited;
pub(crate) mod paid;
pub(crate) mod refunded;
pub(crate) mod short;

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;
use terms::Date;

/// 支出户存款.
const EXPENDITURE: &str = "1004";
/// 暂付款—医保预付金, by institution.
const ADVANCED: &str = "110101";
/// 暂付款—集采药耗代结算, by the institution it was paid for.
const PAID_TO_SUPPLIERS: &str = "110102";
/// 应收医药机构款.
const RECEIVABLE: &str = "M1001";
/// 代结算待抵扣, by institution: the other side of what suppliers are owed; of our own.
const TO_OFFSET: &str = "M1005";
/// 应付质量保证金.
const RETAINED: &str = "M2002";
/// 应付供应商代结算款.
const OWED_TO_SUPPLIERS: &str = "M2003";
/// 预算已用.
const BUDGET_USED: &str = "M3002";

/// What is paid to a supplier of one invoice, for one institution, from one book.
#[derive(Debug, Clone, Copy)]
pub struct SupplierLine<'a> {
    /// The batch number of the ledger.
    pub batch: &'a str,
    /// 发票编号, on which the posting rests.
    pub invoice: &'a str,
    /// 医疗机构.
    pub institution: &'a str,
    /// 供应商.
    pub supplier: &'a str,
    /// 账套.
    pub book: &'a str,
    /// The business date.
    pub on: Date,
    /// 金额; below zero where a batch takes back.
    pub amount: Fen,
}

/// An amount of an institution in one book.
#[derive(Debug, Clone, Copy)]
pub struct ProviderAmount<'a> {
    /// The batch number of the ledger.
    pub batch: &'a str,
    /// The document it rests on.
    pub document: &'a str,
    /// 医疗机构.
    pub institution: &'a str,
    /// 账套.
    pub book: &'a str,
    /// The business date.
    pub on: Date,
    /// 金额, above zero.
    pub amount: Fen,
}

impl ProviderAmount<'_> {
    fn held(&self, code: &str) -> Account {
        Account::held(self.book, code, self.institution)
    }

    fn batch(&self, entries: Vec<Entry>) -> Result<Batch, Refusal> {
        Batch::try_new(self.batch, self.document, self.on, entries)
    }
}

impl SupplierLine<'_> {
    fn of_institution(&self, code: &str) -> Account {
        Account::held(self.book, code, self.institution)
    }

    fn of_supplier(&self, code: &str) -> Account {
        Account::held(self.book, code, self.supplier)
    }

    fn batch(&self, entries: Vec<Entry>) -> Result<Batch, Refusal> {
        Batch::try_new(self.batch, self.invoice, self.on, entries)
    }
}

/// An entry of an amount that may be below zero: then the sides change.
fn entry(debit: Account, credit: Account, amount: Fen, reason: &str) -> Result<Entry, Refusal> {
    if amount.is_negative() {
        return Entry::try_new(credit, debit, -amount, reason);
    }
    Entry::try_new(debit, credit, amount, reason)
}

#[cfg(test)]
mod tests;
