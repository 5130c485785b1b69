//! 结算审核通过：基金应付医药机构，个人账户即时扣减（SETTLE_ACCRUE，管理账）。

use ledger::{Account, Batch, Entry, Refusal};
use settlement::Booked;
use terms::{CareType, Date};

use super::account::MEMBER_ACCOUNTS;
use crate::book::{ACCOUNT_BOOK, book_of};

/// 预算已用: what settled bills have claimed of the year's budget.
const BUDGET_USED: &str = "M3002";
/// 应付医药机构结算款.
const OWED_TO_INSTITUTIONS: &str = "M2001";

/// A settled bill as bookkeeping needs to know it.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    /// The batch number, usually the settlement's.
    pub batch: &'a str,
    /// The settlement number.
    pub settlement: &'a str,
    /// The institution.
    pub institution: &'a str,
    /// 医疗类别.
    pub care: CareType,
    /// The business date.
    pub on: Date,
    /// The money.
    pub booked: &'a Booked,
}

/// Books a settled bill; a reversal is the mirror of its batch ([`Batch::reversal`]).
///
/// Every fund owes the institution its share; every account draw lowers what is owed to the member
/// and raises what is owed to the institution. What an agreed price leaves with the institution is
/// no fund's money and is not posted. `None` for a bill that only cash pays.
///
/// # Errors
/// A [`Refusal`] of the ledger: amounts of zero never reach it, so this means a broken posting
/// rule.
pub fn settled(posting: &Posting<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Vec::with_capacity(posting.booked.funds.len() + 2);
    let owed = |book| Account::held(book, OWED_TO_INSTITUTIONS, posting.institution);
    let reason = reason_of(posting.care);
    for share in posting
        .booked
        .funds
        .iter()
        .filter(|share| !share.amount.is_zero())
    {
        let book = book_of(share.fund);
        let used = Account::held(book, BUDGET_USED, share.fund.word());
        entries.push(Entry::try_new(used, owed(book), share.amount, reason)?);
    }
    for draw in posting
        .booked
        .accounts
        .iter()
        .filter(|draw| !draw.amount.is_zero())
    {
        let member = Account::held(ACCOUNT_BOOK, MEMBER_ACCOUNTS, draw.owner.as_str());
        entries.push(Entry::try_new(
            member,
            owed(ACCOUNT_BOOK),
            draw.amount,
            "personal_account",
        )?);
    }
    if entries.is_empty() {
        return Ok(None);
    }
    Batch::try_new(posting.batch, posting.settlement, posting.on, entries).map(Some)
}

/// The benefit class the statutory books will expense the bill under.
const fn reason_of(care: CareType) -> &'static str {
    match care {
        CareType::Pharmacy => "settled_pharmacy",
        CareType::ChronicOutpatient
        | CareType::SpecialOutpatient
        | CareType::TwoDiseases
        | CareType::SeparateDrug => "settled_chronic",
        CareType::MaternityInpatient
        | CareType::MaternityOutpatient
        | CareType::PrenatalCheck
        | CareType::FamilyPlanning => "settled_maternity",
        CareType::LongTermCare => "settled_long_term_care",
        care if care.is_stay() => "settled_inpatient",
        _ => "settled_outpatient",
    }
}

#[cfg(test)]
mod tests {
    use ledger::Balances;
    use money::Fen;
    use settlement::{AccountDraw, FundShare};
    use terms::{AccountKind, FundType};

    use super::*;

    fn bill() -> Booked {
        Booked {
            total: Fen::yuan(100),
            self_paid: Fen::ZERO,
            over_limit: Fen::ZERO,
            prior: Fen::ZERO,
            in_scope: Fen::yuan(100),
            funds: vec![
                FundShare {
                    fund: FundType::EmployeePooled,
                    amount: Fen::yuan(60),
                },
                FundShare {
                    fund: FundType::Assistance,
                    amount: Fen::yuan(10),
                },
            ],
            accounts: vec![AccountDraw {
                kind: AccountKind::Family,
                owner: "P2".into(),
                amount: Fen::yuan(20),
                before: Fen::yuan(50),
                after: Fen::yuan(50 - 20),
            }],
            cash: Fen::yuan(10),
            institution: Fen::ZERO,
            deductible: Fen::ZERO,
            benefit_year: 2024,
            counters: Vec::new(),
        }
    }

    fn posted(booked: &Booked) -> Batch {
        let posting = Posting {
            batch: "B",
            settlement: "S",
            institution: "H1",
            care: CareType::Inpatient,
            on: "2024-11-15".parse().unwrap(),
            booked,
        };
        settled(&posting).unwrap().unwrap()
    }

    #[test]
    fn every_fund_stays_in_its_book() {
        let batch = posted(&bill());
        let books: Vec<String> = batch
            .transfers()
            .map(|transfer| transfer.entry.credit().to_string())
            .collect();
        assert_eq!(books, ["E:M2001/H1", "A:M2001/H1", "E:M2001/H1"]);
    }

    #[test]
    fn a_reversal_leaves_every_balance_at_zero() {
        let there = posted(&bill());
        let back = there.reversal("B2", "S2", "2024-11-16".parse().unwrap(), "reversed");
        let balances = Balances::replay(there.transfers().chain(back.transfers()));
        assert!(
            balances
                .iter()
                .all(|(_, totals)| totals.balance().is_zero())
        );
    }
}
