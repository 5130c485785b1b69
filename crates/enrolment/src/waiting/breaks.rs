use policy::{BreakCase, FeeMonth, Provenance, SchemePolicy, Starts, WaitingRule};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use terms::Date;

use super::BenefitStart;
use crate::trace::Trace;
use crate::{PersonFacts, Refusal};

/// What the benefits of an employee after a break, or at first enrolment, depend on (中断缴费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakFacts {
    /// Who contributes again; the category tells whether through an employer.
    pub person: PersonFacts,
    /// The last fee month paid before the break; nothing at first enrolment.
    pub last_paid: Option<FeeMonth>,
    /// 缴费日期 of the new contribution.
    pub paid: Date,
    /// Whether the months of the break were paid in.
    pub repaid: bool,
    /// When they were, if later than the new contribution began.
    #[serde(default)]
    pub repaid_on: Option<Date>,
}

/// Says from which day benefits run after a break, and whether costs of the gap are paid.
///
/// # Errors
/// A [`Refusal`] where the law has no rule, or none for such a break.
pub fn after_break(facts: &BreakFacts, law: &SchemePolicy) -> Result<BenefitStart, Refusal> {
    let (case, basis, missed) = find(facts, law)?;
    let mut trace = Trace::default();
    let sentence = match missed {
        Some(missed) => format!("中断缴费{missed}个月，适用“{}”", case.title),
        None => format!("首次参保，适用“{}”", case.title),
    };
    trace.months(
        "中断情形",
        (missed.unwrap_or(0), case.waiting_months),
        basis,
        sentence,
    );
    let since = facts
        .repaid_on
        .map_or(facts.paid, |day| day.max(facts.paid));
    let runs_from = day_of(case.runs_from, facts.person.birth, since)?;
    let start = match case.waiting_months {
        0 => runs_from,
        months => super::missed::later(runs_from, months),
    };
    let from = case.runs_from.zh();
    let sentence = match case.waiting_months {
        0 => format!("不设等待期，自{from}（{start}）起享受待遇"),
        months => format!("自{from}（{runs_from}）起等待{months}个月，{start}起享受待遇"),
    };
    trace.days("享受起始", (runs_from, start), basis, sentence);
    let gap = facts.last_paid.map(|last| last.later(1).first_day());
    let retroactive_from = gap.filter(|_| case.retroactive && missed != Some(0));
    if let Some(gap) = retroactive_from {
        let sentence = format!("中断期间自{gap}起的费用可追溯报销");
        trace.days("追溯", (start, gap), basis, sentence);
    }
    Ok(BenefitStart {
        waiting_months: case.waiting_months,
        start,
        until: None,
        retroactive_from,
        share_while_waiting: case.share_while_waiting,
        trace: trace.0,
    })
}

/// The case of the rule in force, with the number of months missed.
fn find<'l>(
    facts: &BreakFacts,
    law: &'l SchemePolicy,
) -> Result<(&'l BreakCase, &'l Arc<Provenance>, Option<i32>), Refusal> {
    let resumed = FeeMonth::of(facts.paid);
    let missed = facts.last_paid.map(|last| resumed.months_since(last) - 1);
    if missed.is_some_and(|missed| missed < 0) {
        return Err(Refusal::BadDates {
            first: "中断前最后缴费月",
            later: "恢复缴费日期",
        });
    }
    let rules = law
        .waitings
        .iter()
        .filter_map(|topic| match topic.on(facts.paid)? {
            (WaitingRule::Break(cases), basis) => Some((cases, basis)),
            _ => None,
        });
    let mut known = false;
    for (cases, basis) in rules {
        known = true;
        let found = cases.iter().find(|case| fits(case, facts, missed));
        if let Some(case) = found {
            return Ok((case, basis, missed));
        }
    }
    if known {
        let category = facts.person.category;
        let what = "中断缴费待遇";
        return Err(Refusal::NotProvided { category, what });
    }
    Err(Refusal::NoRule {
        scheme: law.scheme,
        what: "中断缴费待遇",
        on: facts.paid,
    })
}

fn fits(case: &BreakCase, facts: &BreakFacts, missed: Option<i32>) -> bool {
    let length = match (&case.months, missed) {
        (Some(months), Some(missed)) => months.has(missed),
        (months, missed) => months.is_none() && missed.is_none(),
    };
    // Nothing is left to pay in where no month was missed.
    let paid_in = facts.repaid || missed == Some(0);
    let repaid = case.repaid.is_none_or(|repaid| repaid == paid_in);
    length && repaid && facts.person.satisfies(&case.condition, facts.paid)
}

/// The day that a word names.
pub(crate) fn day_of(starts: Starts, birth: Option<Date>, paid: Date) -> Result<Date, Refusal> {
    let month = FeeMonth::of(paid);
    match starts {
        Starts::Birth => birth.ok_or(Refusal::MissingFact {
            fact: "出生日期"
        }),
        Starts::PaymentDay | Starts::AfterPrior => Ok(paid),
        Starts::PaymentMonth => Ok(month.first_day()),
        Starts::NextMonth => Ok(month.later(1).first_day()),
    }
}
