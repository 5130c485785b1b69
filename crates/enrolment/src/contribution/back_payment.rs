use money::{Fen, Ratio, Rounding};
use policy::{ContributionRule, FeeMonth, SchemePolicy};
use serde::{Deserialize, Serialize};

use super::amounts::{amount_of, plausible};
use crate::trace::{Step, Trace};
use crate::{PersonFacts, Refusal};

/// What a back payment at retirement is computed from (退休补缴).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackPaymentFacts {
    /// Who retires.
    pub person: PersonFacts,
    /// The month of the payment, which chooses the law.
    pub month: FeeMonth,
    /// 实际缴费月数 in all.
    pub paid_months: i32,
    /// 视同缴费月数.
    pub deemed_months: i32,
    /// 本地实际缴费月数, part of the paid ones.
    pub local_months: i32,
    /// 本人缴费基数, where the rule uses it.
    pub base: Option<Fen>,
}

/// A back payment and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackPaid {
    /// 补缴月数.
    pub months: i32,
    /// The monthly base.
    pub base: Fen,
    /// 补缴金额.
    pub amount: Fen,
    /// 计入统筹基金.
    pub pooled: Fen,
    /// 计入个人账户.
    pub account: Fen,
    /// How it was computed.
    pub trace: Vec<Step>,
}

/// Computes what somebody who retires with too few years pays at once: months × base × rate.
///
/// The months are those still missing in all, or of local ones, whichever are more.
///
/// # Errors
/// A [`Refusal`] where there is no rule or a fact is missing.
pub fn back_payment(facts: &BackPaymentFacts, law: &SchemePolicy) -> Result<BackPaid, Refusal> {
    let on = facts.month.first_day();
    let found = law
        .contributions
        .iter()
        .find_map(|topic| match topic.on(on)? {
            (ContributionRule::BackPayment(rule), basis) => Some((rule, basis)),
            _ => None,
        });
    let (rule, basis) = found.ok_or(Refusal::NoRule {
        scheme: law.scheme,
        what: "退休补缴",
        on,
    })?;
    let required = rule.required.first(&facts.person.situation(on));
    let required = required.ok_or(Refusal::NotProvided {
        category: facts.person.category,
        what: "缴费年限",
    })?;
    let counted = [facts.paid_months, facts.deemed_months, facts.local_months];
    if counted.iter().any(|months| !(0..=1200).contains(months)) {
        return Err(Refusal::BadAmount {
            fact: "缴费月数"
        });
    }
    let base = match (rule.base, facts.base) {
        (Some(amount), _) => {
            let at = (facts.month, facts.month.year());
            amount_of(amount, &facts.person, at, law)?
        }
        (None, Some(base)) => plausible(base, "本人缴费基数")?,
        (None, None) => {
            return Err(Refusal::MissingFact {
                fact: "本人缴费基数",
            });
        }
    };
    let mut trace = Trace::default();
    let in_all = required.total * 12 - facts.paid_months - facts.deemed_months;
    let local = required.local * 12 - facts.local_months;
    let months = in_all.max(local).max(0);
    let years = required.total;
    let done = facts.paid_months + facts.deemed_months;
    let sentence = format!("应缴满{years}年，已缴（含视同）{done}个月，还差{months}个月");
    trace.months("缴费年限", (required.total * 12, months), basis, sentence);
    if local > in_all.max(0) {
        let (years, local) = (required.local, facts.local_months);
        let sentence = format!("其中本地应缴满{years}年，已缴{local}个月，按本地所差月数补缴");
        trace.months("本地年限", (in_all.max(0), months), basis, sentence);
    }
    let rate = rule.rate;
    let whole: Ratio = rate.times_whole(i64::from(months));
    let amount = base.times(whole, Rounding::HalfUp);
    let sentence = format!("{months}个月×{base}元×{rate}＝{amount}元");
    trace.money("补缴金额", (base, amount), basis, sentence);
    let account = amount.times(rule.account_share, Rounding::HalfUp);
    let pooled = amount - account;
    let sentence = format!("计入统筹基金{pooled}元，个人账户{account}元");
    trace.money("资金归属", (amount, pooled), basis, sentence);
    Ok(BackPaid {
        months,
        base,
        amount,
        pooled,
        account,
        trace: trace.0,
    })
}
