use money::Fen;
use policy::{RefundReason, RefundUntil, SchemePolicy};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::amounts::plausible;
use super::premium::{first_day, tariff};
use crate::Refusal;
use crate::trace::{Step, Trace};

/// What the refund of a resident's premium is decided from (居民退费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundFacts {
    /// 参保年度.
    pub year: i16,
    /// Why.
    pub reason: RefundReason,
    /// The day of the event: of death, of enlistment, of the other cover.
    pub on: Date,
    /// What the person has paid and not got back.
    pub paid: Fen,
    /// What others paid in the person's place.
    pub subsidised: Fen,
}

/// A refund and what it was made of (应退).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundDue {
    /// What the person gets back.
    pub refund: Fen,
    /// What the subsidising fund gets back.
    pub subsidy_back: Fen,
    /// How it was decided.
    pub trace: Vec<Step>,
}

/// Says what of a resident's premium is given back; the person's to the person, the subsidy to the
/// fund that paid it.
///
/// # Errors
/// A [`Refusal`] where the reason is none of those provided for, or the day is too late.
pub fn premium_refund(facts: &RefundFacts, law: &SchemePolicy) -> Result<RefundDue, Refusal> {
    let paid = plausible(facts.paid, "已缴金额")?;
    let subsidised = plausible(facts.subsidised, "已资助金额")?;
    let (rule, basis) = tariff(facts.year, law)?;
    let begins = first_day(facts.year)?;
    let found = rule.refunds.iter().find(|one| one.reason == facts.reason);
    let found = found.ok_or(Refusal::NoRule {
        scheme: law.scheme,
        what: "此种原因退费",
        on: begins,
    })?;
    let last = match found.until {
        RefundUntil::YearBegins => begins.yesterday().unwrap_or(begins),
        RefundUntil::YearEnds => begins.last_of_year(),
    };
    if facts.on > last {
        let what = "居民退费";
        return Err(Refusal::TooLate { what, last });
    }
    let mut trace = Trace::default();
    let (on, why) = (facts.on, facts.reason.zh());
    let sentence =
        format!("{on}{why}，不晚于{last}，退本人已缴{paid}元，资助{subsidised}元退回原资金");
    trace.money("退费", (paid + subsidised, Fen::ZERO), basis, sentence);
    Ok(RefundDue {
        refund: paid,
        subsidy_back: subsidised,
        trace: trace.0,
    })
}
