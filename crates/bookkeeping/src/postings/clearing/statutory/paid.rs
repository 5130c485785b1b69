//! 银行回单：列支待遇支出（SETTLE_PAY_*、ADVANCE_OFFSET、DIRECT_OFFSET，法定账），同时减少应付。

use ledger::{Account, Batch};
use money::Fen;
use terms::{BenefitClass, Date};

use super::super::class::{expense, fits};
use super::super::{
    ADVANCED, EXPENDITURE, Entries, PAID_TO_SUPPLIERS, Unpostable, management::settled_out,
};

/// A statement that is paid.
#[derive(Debug, Clone, Copy)]
pub struct Payment<'a> {
    /// The batch number.
    pub batch: &'a str,
    /// 清算单号.
    pub statement: &'a str,
    /// 定点医药机构编号.
    pub institution: &'a str,
    /// 账套.
    pub book: &'a str,
    /// The day the bank paid; the day of approval where nothing was to be paid.
    pub on: Date,
    /// What is spent, by class: bills and adjustments without offsets.
    pub spent: &'a [(BenefitClass, Fen)],
    /// 代结算抵扣: what suppliers got for the institution; below zero where they gave back more.
    pub netting: Fen,
    /// 抵扣预付金; not below zero.
    pub advance: Fen,
    /// What the bank paid.
    pub cash: Fen,
}

/// Books a paid statement in both kinds of books; `None` where nothing moves.
///
/// `expense = cash + offsets` (fund accounting, §5.7): a class below zero lowers the expense of
/// its own account.
///
/// # Errors
/// [`Unpostable`] where both sides differ, or a class is not of the book.
pub fn statement_paid(payment: &Payment<'_>) -> Result<Option<Batch>, Unpostable> {
    let mut entries = Entries::default();
    expensed(&mut entries, payment)?;
    settled_out::paid(&mut entries, payment)?;
    if entries.0.is_empty() {
        return Ok(None);
    }
    let (batch, on) = (payment.batch, payment.on);
    let batch = Batch::try_new(batch, payment.statement, on, entries.0)?;
    Ok(Some(batch))
}

/// An account with what is left to be posted on it.
type Side<'a> = (Account, Fen, &'a str);

fn expensed(entries: &mut Entries, payment: &Payment<'_>) -> Result<(), Unpostable> {
    let (mut debits, mut credits): (Vec<Side<'_>>, Vec<Side<'_>>) = (Vec::new(), Vec::new());
    for (class, amount) in payment.spent {
        fits(payment.book, *class)?;
        let account = Account::new(payment.book, expense(*class));
        if amount.is_negative() {
            credits.push((account, -*amount, "reclassified"));
        } else {
            debits.push((account, *amount, class.word()));
        }
    }
    let held = |code| Account::held(payment.book, code, payment.institution);
    let netted = held(PAID_TO_SUPPLIERS);
    if payment.netting.is_negative() {
        // Suppliers gave back more than they got: the institution has it in cash.
        debits.push((netted, -payment.netting, "supplier_netting"));
    } else {
        credits.push((netted, payment.netting, "supplier_netting"));
    }
    credits.push((held(ADVANCED), payment.advance, "advance_recovery"));
    let cash = Account::new(payment.book, EXPENDITURE);
    credits.push((cash, payment.cash, "paid"));
    let sum = |sides: &[Side<'_>]| sides.iter().map(|side| side.1).sum::<Fen>();
    let (expensed, paid) = (sum(&debits), sum(&credits));
    if expensed != paid || credits.iter().any(|side| side.1.is_negative()) {
        return Err(Unpostable::Unequal { expensed, paid });
    }
    pair(entries, debits, credits)
}

/// Meets debits and credits in order; both add up to the same.
fn pair(
    entries: &mut Entries,
    debits: Vec<Side<'_>>,
    credits: Vec<Side<'_>>,
) -> Result<(), Unpostable> {
    let mut credits = credits.into_iter();
    let mut credit = credits.next();
    for (account, mut left, class) in debits {
        while !left.is_zero() {
            let Some((other, rest, reason)) = &mut credit else {
                break;
            };
            let amount = left.min(*rest);
            let reason = if *reason == "paid" { class } else { *reason };
            entries.post(account.clone(), other.clone(), amount, reason)?;
            left -= amount;
            *rest -= amount;
            if rest.is_zero() {
                credit = credits.next();
            }
        }
    }
    Ok(())
}
