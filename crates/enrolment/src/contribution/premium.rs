use std::sync::Arc;

use money::{Fen, Rounding};
use policy::{
    AfterPayment, ContributionRule, PremiumRule, Provenance, SchemePolicy, SubsidyAmount,
    SubsidyChoice, SubsidyRule, Tier,
};
use serde::{Deserialize, Serialize};
use terms::{Date, FundType, Word};

use super::amounts::plausible;
use crate::trace::{Step, Trace};
use crate::{PersonFacts, Refusal};

/// What a resident's premium is assessed from (居民缴费核定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PremiumFacts {
    /// Who is covered; the identities are all that count for the year.
    pub person: PersonFacts,
    /// 参保年度.
    pub year: i16,
    /// 缴费档次 chosen, where there is a choice.
    pub tier: Option<Word>,
    /// 参保登记日期.
    pub enrolled: Date,
}

/// A subsidy as it came out (资助参保).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subsidy {
    /// 中文 name.
    pub title: String,
    /// Whose money.
    pub fund: FundType,
    /// How much, for the year.
    pub amount: Fen,
}

/// A resident's premium of a year and what it was made of (居民应缴).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Premium {
    /// 参保年度.
    pub year: i16,
    /// 缴费档次.
    pub tier: Word,
    /// Its 中文 name.
    pub title: String,
    /// 个人缴费标准 of the tier.
    pub own: Fen,
    /// What of the treasury's part the late entrant pays (补缴财政补助部分).
    pub late: Fen,
    /// What others pay of it in the person's place.
    pub subsidy: Option<Subsidy>,
    /// 本人应缴: own and late less the subsidy.
    pub person: Fen,
    /// 财政补助 for the person.
    pub public: Fen,
    /// How it was computed.
    pub trace: Vec<Step>,
}

impl Premium {
    /// What is paid in the person's place; zero without a subsidy.
    pub fn subsidised(&self) -> Fen {
        self.subsidy.as_ref().map_or(Fen::ZERO, |one| one.amount)
    }
}

type Found<'a, T> = Option<(&'a T, &'a Arc<Provenance>)>;

/// Says what a resident pays for a year, and who pays in the person's place.
///
/// Ages and marks are those of the first day of the year, or of enrolment where that is later.
///
/// # Errors
/// A [`Refusal`] where the year has no tariff, none fits the person, or several do and none was
/// chosen.
pub fn premium(facts: &PremiumFacts, law: &SchemePolicy) -> Result<Premium, Refusal> {
    let mut trace = Trace::default();
    let (rule, basis) = tariff(facts.year, law)?;
    let day = judged_on(facts);
    let tier = tier_of(facts, rule, day)?;
    let (name, own) = (&tier.title, tier.own);
    let sentence = format!("{}年度{name}：个人缴费标准{own}元", facts.year);
    trace.money("缴费标准", (own, own), basis, sentence);
    let late = late_part(facts, (rule, basis), day, own, &mut trace);
    let owed = own + late;
    let subsidy = grant_of(facts, owed, day, law, &mut trace);
    let person = owed - subsidy.as_ref().map_or(Fen::ZERO, |one| one.amount);
    let sentence = format!("本人应缴{person}元");
    trace.money("本人应缴", (owed, person), basis, sentence);
    Ok(Premium {
        year: facts.year,
        tier: tier.code.clone(),
        title: tier.title.clone(),
        own,
        late,
        subsidy,
        person,
        public: rule.public - late,
        trace: trace.0,
    })
}

/// The tariff of an insured year.
pub(super) fn tariff(
    year: i16,
    law: &SchemePolicy,
) -> Result<(&PremiumRule, &Arc<Provenance>), Refusal> {
    let on = first_day(year)?;
    let found = law
        .contributions
        .iter()
        .find_map(|topic| match topic.on(on)? {
            (ContributionRule::Premium(rule), basis) => Some((rule, basis)),
            _ => None,
        });
    let (scheme, what) = (law.scheme, "居民缴费标准");
    found
        .filter(|(rule, _)| rule.year == year)
        .ok_or(Refusal::NoRule { scheme, what, on })
}

fn subsidies(year: i16, law: &SchemePolicy) -> Found<'_, SubsidyRule> {
    let on = first_day(year).ok()?;
    law.contributions
        .iter()
        .find_map(|topic| match topic.on(on)? {
            (ContributionRule::Subsidy(rule), basis) => Some((rule, basis)),
            _ => None,
        })
}

/// The first of January of a year.
pub(super) fn first_day(year: i16) -> Result<Date, Refusal> {
    let wrong = Refusal::BadAmount {
        fact: "参保年度"
    };
    Date::new(year, 1, 1).map_err(|_| wrong)
}

fn judged_on(facts: &PremiumFacts) -> Date {
    first_day(facts.year).map_or(facts.enrolled, |first| first.max(facts.enrolled))
}

fn tier_of<'a>(
    facts: &PremiumFacts,
    rule: &'a PremiumRule,
    day: Date,
) -> Result<&'a Tier, Refusal> {
    let fits = |tier: &&Tier| facts.person.satisfies(&tier.condition, day);
    let offered: Vec<&Tier> = rule.tiers.iter().filter(fits).collect();
    let none = Refusal::NotProvided {
        category: facts.person.category,
        what: "居民缴费标准",
    };
    let Some(chosen) = &facts.tier else {
        return match offered[..] {
            [] => Err(none),
            [only] => Ok(only),
            _ => Err(Refusal::MissingFact {
                fact: "缴费档次"
            }),
        };
    };
    offered
        .into_iter()
        .find(|tier| tier.code == *chosen)
        .ok_or(none)
}

/// What of the treasury's part somebody pays who enrols after the season.
fn late_part(
    facts: &PremiumFacts,
    (rule, basis): (&PremiumRule, &Arc<Provenance>),
    day: Date,
    own: Fen,
    trace: &mut Trace,
) -> Fen {
    let (_, last) = rule.season;
    if facts.enrolled <= last {
        return Fen::ZERO;
    }
    let enrolled = facts.enrolled;
    let exempt = |condition: &policy::Condition| facts.person.satisfies(condition, day);
    if !rule.late_bears_public || rule.late_exempt.iter().any(exempt) {
        let sentence = format!("{enrolled}参保，晚于集中参保期{last}，按原标准缴费");
        trace.money("集中参保期后参保", (own, own), basis, sentence);
        return Fen::ZERO;
    }
    let public = rule.public;
    let sentence = format!("{enrolled}参保，晚于集中参保期{last}，不享受财政补助，另缴{public}元");
    trace.money("集中参保期后参保", (own, own + public), basis, sentence);
    public
}

/// The grant that holds among those that fit.
fn grant_of(
    facts: &PremiumFacts,
    owed: Fen,
    day: Date,
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Option<Subsidy> {
    let (rule, basis) = subsidies(facts.year, law)?;
    let fitting = rule
        .grants
        .iter()
        .filter(|grant| facts.person.satisfies(&grant.condition, day));
    let mut granted = fitting.map(|grant| Subsidy {
        title: grant.title.clone(),
        fund: grant.fund,
        amount: granted_of(grant.amount, owed),
    });
    let first = granted.next()?;
    let (mut best, mut others) = (first, 0);
    for other in granted {
        others += 1;
        if rule.choose == SubsidyChoice::Largest && other.amount > best.amount {
            best = other;
        }
    }
    let several = match (others, rule.choose) {
        (0, _) => "",
        (_, SubsidyChoice::Largest) => "（多重身份就高）",
        (_, SubsidyChoice::First) => "（多重身份按顺序）",
    };
    let (title, amount, fund) = (&best.title, best.amount, best.fund.zh());
    let sentence = format!("{title}{several}：{fund}资助{amount}元");
    trace.money("资助参保", (owed, owed - amount), basis, sentence);
    Some(best)
}

fn granted_of(amount: SubsidyAmount, owed: Fen) -> Fen {
    match amount {
        SubsidyAmount::Full => owed,
        SubsidyAmount::Fixed(fixed) => fixed.min(owed),
        SubsidyAmount::Share(share) => owed.times(share, Rounding::HalfUp).min(owed),
    }
}

/// What of a year's premium had been settled before a new decision (原核定与已缴).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PremiumBefore {
    /// What others had been charged with in the person's place.
    pub subsidised: Fen,
    /// What the person has paid and not got back.
    pub paid: Fen,
}

/// What a new decision about a year's premium changes (资助变更).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PremiumChange {
    /// The premium as it now stands.
    pub premium: Premium,
    /// What the subsidising fund still pays in.
    pub subsidy_due: Fen,
    /// What it gets back.
    pub subsidy_back: Fen,
    /// What the person gets back.
    pub refund: Fen,
    /// What the person still owes.
    pub due: Fen,
}

/// Decides a year's premium again after identities became known or were withdrawn.
///
/// Where the rule does not give back what was paid, the subsidy takes over only what is unpaid.
///
/// # Errors
/// As [`premium`], and for amounts below zero.
pub fn resubsidise(
    facts: &PremiumFacts,
    before: PremiumBefore,
    law: &SchemePolicy,
) -> Result<PremiumChange, Refusal> {
    let paid = plausible(before.paid, "已缴金额")?;
    let subsidised = plausible(before.subsidised, "已资助金额")?;
    let mut now = premium(facts, law)?;
    if let Some((rule, basis)) = subsidies(facts.year, law)
        && rule.after_payment == AfterPayment::Keep
    {
        keep_paid(&mut now, paid, basis);
    }
    Ok(PremiumChange {
        subsidy_due: now.subsidised().minus_to_zero(subsidised),
        subsidy_back: subsidised.minus_to_zero(now.subsidised()),
        refund: paid.minus_to_zero(now.person),
        due: now.person.minus_to_zero(paid),
        premium: now,
    })
}

/// Lowers the subsidy to what the person has not paid.
fn keep_paid(now: &mut Premium, paid: Fen, basis: &Arc<Provenance>) {
    let open = (now.own + now.late).minus_to_zero(paid);
    let Some(subsidy) = now.subsidy.as_mut().filter(|one| one.amount > open) else {
        return;
    };
    let before = subsidy.amount;
    subsidy.amount = open;
    now.person = now.own + now.late - open;
    let mut trace = Trace(std::mem::take(&mut now.trace));
    let sentence = format!("认定前已缴{paid}元不退，只资助未缴的{open}元");
    trace.money("缴费后认定", (before, open), basis, sentence);
    now.trace = trace.0;
}
