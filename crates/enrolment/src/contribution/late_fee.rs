use std::sync::Arc;

use money::{Fen, Ratio, Rounding};
use policy::{
    ContributionRule, Deferral, FeeMonth, LateFee, Payer, Provenance, SchemePolicy, Version,
};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::amounts::plausible;
use crate::person::days_between;
use crate::trace::{Measure, Step, Trace};
use crate::{PersonFacts, Refusal};

/// What a late fee is computed from (滞纳金).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateFacts {
    /// For whom the contribution is owed; marks tell the employer's kind.
    pub person: PersonFacts,
    /// Who owes it.
    pub payer: Payer,
    /// 欠缴金额.
    pub arrears: Fen,
    /// 费款所属期, by which deferrals are found.
    pub month: FeeMonth,
    /// 缴费期限 where it is known; otherwise it is that of the rule.
    pub due: Option<Date>,
    /// 缴清日期.
    pub paid: Date,
    /// Whether a deferral was applied for and granted.
    pub deferral_granted: bool,
    /// The day of retirement, leaving or deregistration, if there was one.
    pub left: Option<Date>,
}

/// A late fee and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateFeeDue {
    /// The last day without late fee, after a deferral.
    pub due: Date,
    /// Days that count.
    pub days: i32,
    /// 滞纳金.
    pub late_fee: Fen,
    /// Arrears and late fee.
    pub total: Fen,
    /// How it was computed.
    pub trace: Vec<Step>,
}

/// Computes a late fee: arrears × daily rate × days from the day after the due day to the day of
/// payment, each day at the rate in force on it, without compounding, rounded once.
///
/// # Errors
/// A [`Refusal`] where there is no rule, no due day, or a contradiction.
pub fn late_fee(facts: &LateFacts, law: &SchemePolicy) -> Result<LateFeeDue, Refusal> {
    let arrears = plausible(facts.arrears, "欠缴金额")?;
    let mut trace = Trace::default();
    let stated = facts.due.or_else(|| rule_due(facts, law));
    let stated = stated.ok_or(Refusal::MissingFact {
        fact: "缴费期限"
    })?;
    let due = deferred(facts, stated, law, &mut trace);
    let due = due.map_or(facts.paid, |due| due.max(stated));
    let days = days_between(due, facts.paid).max(0);
    let mut late_fee = Fen::ZERO;
    if days > 0 {
        late_fee = charge(arrears, (due, facts.paid), law, &mut trace)?;
    } else {
        let (before, after) = (Measure::Day(due), Measure::Day(facts.paid));
        let sentence = format!("{}缴清，未逾期，不加收滞纳金", facts.paid);
        trace.add("未逾期", (before, after), None, sentence);
    }
    Ok(LateFeeDue {
        due,
        days,
        late_fee,
        total: arrears + late_fee,
        trace: trace.0,
    })
}

/// The due day that the rules of the month name, the earliest of several.
fn rule_due(facts: &LateFacts, law: &SchemePolicy) -> Option<Date> {
    let topics = law.contributions.iter();
    let dues = topics.filter_map(|topic| match topic.on(facts.month.first_day())? {
        (ContributionRule::Monthly(rule), _) => {
            let day = facts.month.first_day();
            let mut charges = rule.charges.iter();
            let owes = charges.any(|charge| {
                charge.payer == facts.payer && facts.person.satisfies(&charge.condition, day)
            });
            rule.due.filter(|_| owes).map(|due| due.of(facts.month))
        }
        _ => None,
    });
    dues.min()
}

/// The due day after deferrals, or nothing while the end of one has yet to be announced.
fn deferred(
    facts: &LateFacts,
    stated: Date,
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Option<Date> {
    let mut due = Some(stated);
    for topic in &law.contributions {
        let Some((ContributionRule::Deferral(rule), basis)) = topic.on(facts.month.first_day())
        else {
            continue;
        };
        if !fits(rule, facts) {
            continue;
        }
        let until = match facts.left.filter(|_| rule.ends_on_leaving) {
            Some(left) => Some(rule.until.map_or(left, |until| until.min(left))),
            None => rule.until,
        };
        // The latest of several deferrals holds; an open end is later than any day.
        due = due.zip(until).map(|(due, until)| due.max(until));
        let month = facts.month;
        let sentence = match until {
            Some(until) => format!("费款所属期{month}缓缴至{until}，期间不加收滞纳金"),
            None => format!("费款所属期{month}缓缴，期限另行公布，期间不加收滞纳金"),
        };
        let after = until.unwrap_or(facts.paid);
        trace.days("缓缴", (stated, after), basis, sentence);
    }
    due
}

fn fits(rule: &Deferral, facts: &LateFacts) -> bool {
    rule.payer == facts.payer
        && rule.months.has(facts.month)
        && (facts.deferral_granted || !rule.on_request)
        && facts
            .person
            .satisfies(&rule.condition, facts.month.first_day())
}

/// The fee for the days after `due` up to `paid`.
fn charge(
    arrears: Fen,
    (due, paid): (Date, Date),
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Result<Fen, Refusal> {
    let mut whole = Ratio::ZERO;
    let mut before = Fen::ZERO;
    let mut from = due;
    while from < paid {
        let first = from.tomorrow().unwrap_or(paid);
        let (rate, basis, last) = rate_on(law, first, paid).ok_or(Refusal::NoRule {
            scheme: law.scheme,
            what: "滞纳金",
            on: first,
        })?;
        let days = days_between(from, last);
        whole = whole + rate.times_whole(i64::from(days));
        let after = arrears.times(whole, Rounding::HalfUp);
        let sentence = format!(
            "{first}至{last}共{days}天，每日{rate}：{arrears}元×{rate}×{days}＝{}元",
            after - before
        );
        trace.money("滞纳金", (before, after), &basis, sentence);
        (before, from) = (after, last);
    }
    Ok(before)
}

/// The daily rate on a day, and the last day up to `to` on which it still holds.
fn rate_on(law: &SchemePolicy, day: Date, to: Date) -> Option<(Ratio, Arc<Provenance>, Date)> {
    let topic = law.contributions.iter().find(|topic| {
        let is_fee = |version: &Version<ContributionRule>| {
            matches!(version.value, Some(ContributionRule::LateFee(_)))
        };
        topic.versions.iter().any(is_fee)
    })?;
    let (rule, basis) = topic.on(day)?;
    let ContributionRule::LateFee(LateFee { daily_rate }) = rule else {
        return None;
    };
    let next = topic.versions.iter().map(|version| version.from);
    let next = next.filter(|from| *from > day).min();
    let last = next.and_then(|next| next.yesterday().ok());
    let last = last.map_or(to, |last| last.min(to));
    Some((*daily_rate, basis.clone(), last))
}
