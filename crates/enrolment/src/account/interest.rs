use money::{Fen, Ratio};
use policy::{FeeMonth, InterestMethod, InterestRule, SchemePolicy};
use serde::{Deserialize, Serialize};
use terms::{AccountKind, Date};

use super::AccountRefusal;
use crate::person::days_between;
use crate::trace::{Step, Trace};

/// A year of one purse (计息依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestFacts {
    /// Which purse.
    pub purse: AccountKind,
    /// The day after the last roll-over: interest runs from it.
    pub from: Date,
    /// The balance at the beginning of that day.
    pub opening: Fen,
    /// What moved since, with its day, oldest first.
    pub moved: Vec<Moved>,
}

/// One movement on a purse (账户收支).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The day.
    pub on: Date,
    /// What was added; negative for a payment.
    pub delta: Fen,
}

/// What a purse earned (利息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Earned {
    /// Which purse.
    pub purse: AccountKind,
    /// How much.
    pub amount: Fen,
    /// The last day counted.
    pub until: Date,
    /// How it was computed.
    pub trace: Vec<Step>,
}

/// What the day of roll-over does to an owner's purses (年度结转).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RollOver {
    /// What leaves the current year.
    pub from_current: Fen,
    /// What the historic purse shows afterwards.
    pub historic: Fen,
}

fn rule_on(
    law: &SchemePolicy,
    on: Date,
) -> Result<(&InterestRule, &std::sync::Arc<policy::Provenance>), AccountRefusal> {
    let found = law.interests.iter().find_map(|topic| topic.on(on));
    found.ok_or(AccountRefusal::NoAccountRule {
        scheme: law.scheme,
        what: "个人账户计息与结转",
        on,
    })
}

/// The day of a year on which interest is added and the current year becomes historic.
///
/// # Errors
/// [`AccountRefusal::NoAccountRule`] where the scheme has no rule at the end of the year.
pub fn rolls_over_on(year: i16, law: &SchemePolicy) -> Result<Date, AccountRefusal> {
    let end = Date::new(year, 12, 31).unwrap_or(Date::MAX);
    let ((month, day), _) = rule_on(law, end).map(|(rule, basis)| (rule.rolls_over, basis))?;
    let first = Date::new(year, month, 1).unwrap_or(end);
    let last = FeeMonth::of(first).last_day();
    Ok(Date::new(year, month, day).unwrap_or(last).min(last))
}

/// Says what a purse earned until the day of roll-over, that day included; rounded once.
///
/// Days on which a purse shows less than nothing earn nothing. A purse that the rule does not name
/// earns nothing.
///
/// # Errors
/// [`AccountRefusal::NoAccountRule`] where the scheme has no rule on the day.
pub fn interest(
    facts: &InterestFacts,
    until: Date,
    law: &SchemePolicy,
) -> Result<Earned, AccountRefusal> {
    let (rule, basis) = rule_on(law, until)?;
    let named = rule.rates.iter().find(|(purse, _)| *purse == facts.purse);
    let mut trace = Trace::default();
    let amount = match named {
        None => Fen::ZERO,
        Some((purse, rate)) => {
            let (of, per_year, how) = measured(facts, until, rule.method);
            let yearly = *rate * Ratio::new(1, per_year);
            let earned = of.times_to_unit(yearly, rule.unit_fen, rule.rounding);
            let sentence = format!("{purse}：{how}，年利率{rate}，利息{earned}元");
            trace.money("计息", (of, earned), basis, sentence);
            earned
        }
    };
    Ok(Earned {
        purse: facts.purse,
        amount,
        until,
        trace: trace.0,
    })
}

/// The sum that the yearly rate is applied to, what it is divided by, and that in words.
fn measured(facts: &InterestFacts, until: Date, method: InterestMethod) -> (Fen, i64, String) {
    let InterestMethod::Daily { year_days } = method else {
        let opening = facts.opening.max(Fen::ZERO);
        return (opening, 1, format!("年初余额{opening}元"));
    };
    let (mut product, mut balance, mut since) = (0_i128, facts.opening, facts.from);
    let days = |from, to| i128::from(days_between(from, to).max(0));
    for moved in facts.moved.iter().filter(|moved| moved.on <= until) {
        let on = moved.on.max(since);
        product += i128::from(balance.get().max(0)) * days(since, on);
        balance += moved.delta;
        since = on;
    }
    // The last day counts whole.
    product += i128::from(balance.get().max(0)) * (days(since, until) + 1);
    let product = Fen::new(i64::try_from(product).unwrap_or(i64::MAX));
    let how = format!("日积数{product}元，一年{year_days}天");
    (product, i64::from(year_days), how)
}

/// Says what moves from the current year to the historic purse, interest of both included.
pub fn roll_over(current: Fen, historic: Fen) -> RollOver {
    let from_current = current.max(Fen::ZERO);
    RollOver {
        from_current,
        historic: historic + from_current,
    }
}
