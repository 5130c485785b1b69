use money::Fen;
use policy::{FeeMonth, SchemePolicy, YearRounding};
use serde::Serialize;

use super::assess::{Levied, levy_month, round, summed};
use super::{Assessment, ContributionFacts, Owed};
use crate::Refusal;
use crate::trace::Trace;

/// Nobody is assessed for more months at once.
const MOST_MONTHS: i32 = 720;

/// Says what is owed for several fee months in a row, each by its own law.
///
/// A rule decides whether equal months are rounded one by one or multiplied out first.
///
/// # Errors
/// As [`super::assess`] for any of the months.
pub fn assess_months(
    facts: &ContributionFacts,
    from: FeeMonth,
    months: i32,
    law: &SchemePolicy,
) -> Result<Assessment, Refusal> {
    if !(1..=MOST_MONTHS).contains(&months) {
        return Err(Refusal::BadAmount {
            fact: "缴费月数"
        });
    }
    let mut trace = Trace::default();
    let mut runs: Vec<(Levied, i64)> = Vec::new();
    let mut due = None;
    for nth in 0..months {
        let mut steps = Trace::default();
        let levied = levy_month(facts, from.later(nth), law, &mut steps)?;
        due = due.or(levied.iter().filter_map(|one| one.due).min());
        let mut differs = false;
        for one in levied {
            let earlier = runs
                .iter_mut()
                .rev()
                .find(|(run, _)| run.basis == one.basis);
            match earlier.filter(|(run, _)| run.owed == one.owed) {
                Some((_, count)) => *count += 1,
                None => {
                    runs.push((one, 1));
                    differs = true;
                }
            }
        }
        // Months like the one before need no second explanation.
        if differs {
            trace.0.append(&mut steps.0);
        }
    }
    let owed = runs
        .into_iter()
        .flat_map(|(run, count)| times(run, count, &mut trace))
        .collect();
    Ok(summed((from, months), owed, due, trace))
}

/// The charges of one rule for so many equal months.
fn times(run: Levied, count: i64, trace: &mut Trace) -> Vec<Owed> {
    let mut owed = run.owed;
    let month: Fen = owed.iter().map(|one| one.amount).sum();
    for one in &mut owed {
        one.amount = Fen::new(one.amount.get() * count);
    }
    let mut how = "每月取整后相乘";
    if run.rounding.year == YearRounding::AtOnce {
        round(&mut owed, &run.rounding, count);
        how = "先乘月数再取整";
    }
    let total: Fen = owed.iter().map(|one| one.amount).sum();
    if count > 1 {
        let sentence = format!("{count}个月，{how}：{total}元");
        trace.money("按月累计", (month, total), &run.basis, sentence);
    }
    owed
}

/// What a new assessment changes after money was paid (退抵与补差).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// 单位应退（抵）.
    pub employer_credit: Fen,
    /// 单位应补.
    pub employer_due: Fen,
    /// 个人应退（抵）.
    pub person_credit: Fen,
    /// 个人应补.
    pub person_due: Fen,
}

/// Compares what was paid for the same months with what is owed; a payer's credit is refunded or
/// offset, never set against the other payer's debt.
pub fn correct(owed: &Assessment, employer_paid: Fen, person_paid: Fen) -> Correction {
    Correction {
        employer_credit: employer_paid.minus_to_zero(owed.employer),
        employer_due: owed.employer.minus_to_zero(employer_paid),
        person_credit: person_paid.minus_to_zero(owed.person),
        person_due: owed.person.minus_to_zero(person_paid),
    }
}
