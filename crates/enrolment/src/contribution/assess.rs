use std::sync::Arc;

use money::{Fen, Ratio};
use policy::{
    Charge, ContributionRounding, ContributionRule, FeeMonth, Levy, MonthlyRule, Payer, Provenance,
    RoundedPart, SchemePolicy,
};
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use super::base::base_of;
use super::relief::relieved_rate;
use crate::trace::{Step, Trace};
use crate::{PersonFacts, Refusal};

/// What a contribution is assessed from (缴费核定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionFacts {
    /// Who contributes, and for whom.
    pub person: PersonFacts,
    /// 本人月工资, where the base is the person's own.
    pub wage: Option<Fen>,
    /// 自选档次, where the base may be chosen.
    pub step: Option<Ratio>,
}

/// What is owed for one fee month, or for several (应缴).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The first fee month.
    pub month: FeeMonth,
    /// How many months it covers.
    pub months: i32,
    /// 缴费基数 of the first month, the largest where rules have several.
    pub base: Option<Fen>,
    /// Every charge.
    pub owed: Vec<Owed>,
    /// 单位缴纳.
    pub employer: Fen,
    /// 个人缴纳.
    pub person: Fen,
    /// Of both, what is a fixed sum and no share of the base (定额).
    pub fixed: Fen,
    /// 合计.
    pub total: Fen,
    /// The last day without late fee, where the rule names one.
    pub due: Option<Date>,
    /// How it was computed.
    pub trace: Vec<Step>,
}

/// One charge as it came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// The charge's code.
    pub code: Word,
    /// 中文 name.
    pub title: String,
    /// Who pays.
    pub payer: Payer,
    /// The base it was levied on, where it has a rate.
    pub base: Option<Fen>,
    /// The rate after reliefs, where it has one.
    pub rate: Option<Ratio>,
    /// How much.
    pub amount: Fen,
}

/// What one rule levies in a month, rounded.
pub(super) struct Levied {
    pub owed: Vec<Owed>,
    pub rounding: ContributionRounding,
    pub basis: Arc<Provenance>,
    pub due: Option<Date>,
}

/// Says what is owed for one fee month.
///
/// # Errors
/// A [`Refusal`] where the law has no rule for the month or the person, or a fact is missing.
pub fn assess(
    facts: &ContributionFacts,
    at: FeeMonth,
    law: &SchemePolicy,
) -> Result<Assessment, Refusal> {
    let mut trace = Trace::default();
    let levied = levy_month(facts, at, law, &mut trace)?;
    let due = levied.iter().filter_map(|one| one.due).min();
    let owed: Vec<Owed> = levied.into_iter().flat_map(|one| one.owed).collect();
    Ok(summed((at, 1), owed, due, trace))
}

/// What every rule in force levies for a month.
pub(super) fn levy_month(
    facts: &ContributionFacts,
    at: FeeMonth,
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Result<Vec<Levied>, Refusal> {
    let on = at.first_day();
    let rules = law.contributions.iter().filter_map(|topic| {
        let (rule, basis) = topic.on(on)?;
        match rule {
            ContributionRule::Monthly(monthly) => Some((monthly, basis)),
            _ => None,
        }
    });
    let (mut known, mut levied) = (false, Vec::new());
    for (rule, basis) in rules {
        known = true;
        levied.extend(levy(facts, (rule, basis), at, law, trace)?);
    }
    let what = "缴费";
    if !known {
        let scheme = law.scheme;
        return Err(Refusal::NoRule { scheme, what, on });
    }
    if levied.is_empty() {
        let category = facts.person.category;
        return Err(Refusal::NotProvided { category, what });
    }
    Ok(levied)
}

/// What one rule levies, or nothing where it says nothing about the person.
fn levy(
    facts: &ContributionFacts,
    (rule, basis): (&MonthlyRule, &Arc<Provenance>),
    at: FeeMonth,
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Result<Option<Levied>, Refusal> {
    let (person, day) = (&facts.person, at.first_day());
    let charges: Vec<&Charge> = rule
        .charges
        .iter()
        .filter(|charge| person.satisfies(&charge.condition, day))
        .collect();
    if charges.is_empty() {
        return Ok(None);
    }
    let rated = charges.iter().any(|one| matches!(one.levy, Levy::Rate(_)));
    let base = if rated {
        let found = rule.base.as_ref();
        let found = found.and_then(|table| table.first(&person.situation(day)));
        let found = found.ok_or(Refusal::NotProvided {
            category: person.category,
            what: "缴费基数",
        })?;
        base_of(facts, found, &rule.rounding, at, (law, basis), trace)?
    } else {
        Fen::ZERO
    };
    let mut owed: Vec<Owed> = Vec::new();
    for charge in charges {
        let (base, rate, amount) = match charge.levy {
            Levy::Fixed(amount) => (None, None, amount),
            Levy::Rate(rate) => {
                let rate = relieved_rate(charge, (rate, base), person, at, law, trace);
                (Some(base), Some(rate), Fen::ZERO)
            }
        };
        owed.push(Owed {
            code: charge.code.clone(),
            title: charge.title.clone(),
            payer: charge.payer,
            base,
            rate,
            amount,
        });
    }
    round(&mut owed, &rule.rounding, 1);
    for one in &owed {
        let who = one.payer.zh();
        let (title, amount) = (&one.title, one.amount);
        let sentence = match (one.base, one.rate) {
            (Some(base), Some(rate)) => format!("{who}{title}：{base}元×{rate}＝{amount}元"),
            _ => format!("{who}{title}：每月定额{amount}元"),
        };
        let before = one.base.unwrap_or(amount);
        trace.money("缴费项目", (before, amount), basis, sentence);
    }
    Ok(Some(Levied {
        owed,
        rounding: rule.rounding,
        basis: basis.clone(),
        due: rule.due.map(|due| due.of(at)),
    }))
}

/// Gives every charge with a rate its amount for some equal months: each rounded by itself, or the
/// sum of a payer rounded and the charge with the highest rate the balance.
pub(super) fn round(owed: &mut [Owed], rounding: &ContributionRounding, months: i64) {
    let amount = |base: Fen, rate: Ratio| {
        let rate = rate.times_whole(months);
        base.times_to_unit(rate, rounding.month_unit_fen, rounding.rounding)
    };
    for payer in [Payer::Employer, Payer::Person] {
        let (mut rates, mut base, mut sum) = (Ratio::ZERO, Fen::ZERO, Fen::ZERO);
        let mut highest: Option<(Ratio, usize)> = None;
        for (position, one) in owed.iter_mut().enumerate() {
            let (Some(levied_on), Some(rate)) = (one.base, one.rate) else {
                continue;
            };
            if one.payer != payer {
                continue;
            }
            one.amount = amount(levied_on, rate);
            (rates, base) = (rates + rate, levied_on);
            if highest.is_none_or(|(known, _)| known < rate) {
                highest = Some((rate, position));
            }
            sum += one.amount;
        }
        if let (Some((_, position)), RoundedPart::Payer) = (highest, rounding.per) {
            owed[position].amount += amount(base, rates) - sum;
        }
    }
}

/// Sums of charges.
pub(super) fn summed(
    (month, months): (FeeMonth, i32),
    owed: Vec<Owed>,
    due: Option<Date>,
    trace: Trace,
) -> Assessment {
    let sum = |fits: &dyn Fn(&Owed) -> bool| -> Fen {
        let amounts = owed.iter().filter(|one| fits(one));
        amounts.map(|one| one.amount).sum()
    };
    Assessment {
        month,
        months,
        base: owed.iter().filter_map(|one| one.base).max(),
        employer: sum(&|one| one.payer == Payer::Employer),
        person: sum(&|one| one.payer == Payer::Person),
        fixed: sum(&|one| one.rate.is_none()),
        total: sum(&|_| true),
        owed,
        due,
        trace: trace.0,
    }
}
