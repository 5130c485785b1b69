//! 代结算批次：一批供应商发票从各机构各账套的应付款中支付，退货冲减同一供应商。

use std::collections::BTreeMap;

use money::{Fen, share_by_weight};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::supplier_netting::{Netting, NettingMode, net_suppliers};
use crate::amounts::{not_negative, sum};
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "supplier_batch",
    name: "代结算批次",
    source: source::LOCAL,
};

/// An invoice as it stands, credit notes counted in (供应商发票).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// 发票编号.
    pub invoice: String,
    /// 医疗机构.
    pub institution: String,
    /// 供应商.
    pub supplier: String,
    /// 验收日期: the oldest is paid first.
    pub accepted_on: Date,
    /// What is still to be paid; below zero where a credit note came after the payment.
    pub remaining: Fen,
    /// What the fund has paid of it, by book.
    #[serde(default)]
    pub paid: BTreeMap<String, Fen>,
}

/// What an institution is due in one book (机构应付).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// 应付.
    pub due: Fen,
}

/// What a batch is made from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchQuestion {
    /// What happens when an institution is due less than its suppliers.
    pub mode: NettingMode,
    /// The invoices.
    pub claims: Vec<Claim>,
    /// What institutions are due.
    pub dues: Vec<Due>,
}

/// What a batch pays of one invoice from one book; below zero where it takes back (批次明细).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchLine {
    /// 医疗机构.
    pub institution: String,
    /// 供应商.
    pub supplier: String,
    /// 账套.
    pub book: String,
    /// 发票编号.
    pub invoice: String,
    /// 金额.
    pub amount: Fen,
}

/// By how much an institution's settlement in one book falls (机构抵扣).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offset {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// 应付.
    pub due: Fen,
    /// Taken from what is due; below zero where goods went back and money returns to it.
    pub offset: Fen,
    /// 不足转应收: taken from what is due later.
    pub shortfall: Fen,
}

/// A batch as it is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchPlan {
    /// 明细, by institution, age and invoice; what is taken back follows.
    pub lines: Vec<BatchLine>,
    /// 抵扣, by institution and book.
    pub offsets: Vec<Offset>,
    /// 未付发票, left for the next batch.
    pub unpaid: Vec<(String, Fen)>,
    /// 未冲退货, left for the next batch of the same supplier.
    pub credit_left: Vec<(String, Fen)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

impl BatchPlan {
    /// What each supplier gets from each book; never below zero (供应商应收).
    pub fn orders(&self) -> BTreeMap<(String, String), Fen> {
        let mut orders = BTreeMap::new();
        for line in &self.lines {
            let key = (line.supplier.clone(), line.book.clone());
            *orders.entry(key).or_insert(Fen::ZERO) += line.amount;
        }
        orders
    }
}

/// Plans a batch (代结算批次): what suppliers get is what the institutions' settlements fall by.
///
/// Within an institution the oldest invoice is paid first, and its books bear the batch in the
/// proportion of what they owe it. What a credit note takes back returns to the book that paid.
///
/// # Errors
/// [`Refusal::BadFact`] for a due below zero, [`Refusal::TooLarge`].
pub fn plan_batch(of: &BatchQuestion) -> Result<BatchPlan, Refusal> {
    let mut dues: BTreeMap<&str, BTreeMap<&str, Fen>> = BTreeMap::new();
    for due in &of.dues {
        not_negative(&[("due", due.due)])?;
        let books = dues.entry(&due.institution).or_default();
        *books.entry(&due.book).or_insert(Fen::ZERO) += due.due;
    }
    let mut claims: Vec<&Claim> = of.claims.iter().collect();
    claims.sort_by(|a, b| age(a).cmp(&age(b)));
    let mut plan = BatchPlan {
        lines: Vec::new(),
        offsets: Vec::new(),
        unpaid: Vec::new(),
        credit_left: Vec::new(),
        trace: Vec::new(),
    };
    for (institution, group) in by_institution(&claims) {
        let books = dues.get(institution).cloned().unwrap_or_default();
        pay(&mut plan, of.mode, &group, &books)?;
    }
    take_back(&mut plan, &claims);
    offset(&mut plan, &dues)?;
    Ok(plan)
}

type Age<'a> = (&'a str, Date, &'a str);

fn age(claim: &Claim) -> Age<'_> {
    (&claim.institution, claim.accepted_on, &claim.invoice)
}

fn by_institution<'a>(claims: &[&'a Claim]) -> BTreeMap<&'a str, Vec<&'a Claim>> {
    let mut groups: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.remaining > Fen::ZERO) {
        groups.entry(&claim.institution).or_default().push(claim);
    }
    groups
}

/// Pays the invoices of one institution, oldest first, book by book.
fn pay(
    plan: &mut BatchPlan,
    mode: NettingMode,
    claims: &[&Claim],
    books: &BTreeMap<&str, Fen>,
) -> Result<(), Refusal> {
    let due = sum(&books.values().copied().collect::<Vec<_>>(), "应付机构")?;
    let netted = net_suppliers(&Netting {
        due,
        invoices: claims.iter().map(|claim| claim.remaining).collect(),
        advance_recovery: Fen::ZERO,
        deductions: Fen::ZERO,
        mode,
    })?;
    plan.trace.extend(netted.trace);
    let weights: Vec<i64> = books.values().map(|due| due.get()).collect();
    let shares = share_by_weight(netted.suppliers, &weights);
    let mut left: Vec<(&str, Fen)> = books.keys().copied().zip(shares).collect();
    if left.is_empty() {
        left.push((FIRST_BOOK, netted.suppliers));
    }
    for claim in claims {
        let mut open = claim.remaining;
        for (book, share) in &mut left {
            let amount = open.min(*share);
            if amount > Fen::ZERO {
                plan.lines.push(line(claim, book, amount));
                open -= amount;
                *share -= amount;
            }
        }
        if open > Fen::ZERO {
            plan.unpaid.push((claim.invoice.clone(), open));
        }
    }
    Ok(())
}

/// The book that bears what is advanced where an institution is due nothing at all.
const FIRST_BOOK: &str = "E";

fn line(claim: &Claim, book: &str, amount: Fen) -> BatchLine {
    BatchLine {
        institution: claim.institution.clone(),
        supplier: claim.supplier.clone(),
        book: book.to_owned(),
        invoice: claim.invoice.clone(),
        amount,
    }
}

/// Takes back what was paid for goods that went back, as far as the supplier gets money now.
fn take_back(plan: &mut BatchPlan, claims: &[&Claim]) {
    let mut room = plan.orders();
    for claim in claims.iter().filter(|claim| claim.remaining < Fen::ZERO) {
        let mut open = -claim.remaining;
        for (book, paid) in &claim.paid {
            let key = (claim.supplier.clone(), book.clone());
            let Some(room) = room.get_mut(&key) else {
                continue;
            };
            let amount = open.min(*paid).min(*room);
            if amount > Fen::ZERO {
                plan.lines.push(line(claim, book, -amount));
                open -= amount;
                *room -= amount;
            }
        }
        if open > Fen::ZERO {
            plan.credit_left.push((claim.invoice.clone(), open));
        }
    }
}

fn offset(plan: &mut BatchPlan, dues: &BTreeMap<&str, BTreeMap<&str, Fen>>) -> Result<(), Refusal> {
    let mut totals: BTreeMap<(String, String), Vec<Fen>> = BTreeMap::new();
    for line in &plan.lines {
        let key = (line.institution.clone(), line.book.clone());
        totals.entry(key).or_default().push(line.amount);
    }
    for ((institution, book), amounts) in totals {
        let total = sum(&amounts, "代付供应商")?;
        let due = dues
            .get(institution.as_str())
            .and_then(|books| books.get(book.as_str()));
        let due = due.copied().unwrap_or(Fen::ZERO);
        let offset = total.min(due);
        let shortfall = total - offset;
        plan.trace.push(RULE.step(format!(
            "{institution}的{book}账套应付{due}元，代付供应商{total}元，本期抵扣{offset}元，\
             不足转应收{shortfall}元"
        )));
        plan.offsets.push(Offset {
            institution,
            book,
            due,
            offset,
            shortfall,
        });
    }
    Ok(())
}
