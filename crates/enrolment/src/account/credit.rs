use std::sync::Arc;

use money::{Fen, Ratio};
use policy::{
    Charge, ContributionRule, CreditPart, CreditRule, DuringRelief, FeeMonth, Levy, Payer,
    Provenance, SchemePolicy, WhileUnpaid,
};
use serde::{Deserialize, Serialize};

use crate::contribution::{ContributionFacts, amount_of, assess, plausible};
use crate::trace::{Measure, Step, Trace};
use crate::{PersonFacts, Refusal};

/// Whether the fee month has been paid (缴费情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paid {
    /// 已缴.
    Paid,
    /// 缓缴.
    Deferred,
    /// 欠缴.
    Owing,
    /// 无需缴费: retired people owe nothing.
    NothingOwed,
}

impl Paid {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Paid => "已缴费",
            Self::Deferred => "缓缴",
            Self::Owing => "欠缴",
            Self::NothingOwed => "无需缴费",
        }
    }
}

/// What a month's credit is computed from (划入依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditFacts {
    /// The owner, as of the month.
    pub person: PersonFacts,
    /// The fee month.
    pub month: FeeMonth,
    /// 本人缴费基数 of the month.
    pub base: Option<Fen>,
    /// 本人月养老金.
    pub pension: Option<Fen>,
    /// Whether the month is paid.
    pub paid: Paid,
}

/// What a month adds to an account (个人账户划入).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credit {
    /// The fee month.
    pub month: FeeMonth,
    /// How much; zero for people whom the law gives no credit.
    pub amount: Fen,
    /// Whether it waits until the month is paid; the amount is then what it will be.
    pub postponed: bool,
    /// What it consists of.
    pub parts: Vec<Credited>,
    /// How it was computed.
    pub trace: Vec<Step>,
}

/// One part of a credit as it came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credited {
    /// 中文 name.
    pub title: &'static str,
    /// What it is a share of, where it is one.
    pub of: Option<Fen>,
    /// How much.
    pub amount: Fen,
}

/// Says what a fee month adds to a person's account, by the law of that month.
///
/// # Errors
/// A [`Refusal`] where the scheme has no rule for the month or a fact is missing.
pub fn credit(facts: &CreditFacts, law: &SchemePolicy) -> Result<Credit, Refusal> {
    let (month, on) = (facts.month, facts.month.first_day());
    let found = law.credits.iter().find_map(|topic| topic.on(on));
    let (rule, basis) = found.ok_or(Refusal::NoRule {
        scheme: law.scheme,
        what: "个人账户划入",
        on,
    })?;
    let mut trace = Trace::default();
    let parts = rule.parts.first(&facts.person.situation(on));
    let mut credited = Vec::new();
    for part in parts.into_iter().flatten() {
        credited.push(compute(facts, part, (rule, basis), law, &mut trace)?);
    }
    let amount: Fen = credited.iter().map(|part| part.amount).sum();
    if parts.is_none() {
        let who = facts.person.category;
        let sentence = format!("{month}：按规定{who}人员此种情形不划入个人账户");
        trace.money("不划入", (Fen::ZERO, Fen::ZERO), basis, sentence);
    }
    let postponed = !amount.is_zero() && postpones(rule, facts.paid);
    if postponed {
        let paid = facts.paid.zh();
        let sentence = format!("{month}{paid}，{amount}元待缴清后补划");
        trace.money("暂不划入", (amount, Fen::ZERO), basis, sentence);
    } else if let (Paid::Deferred | Paid::Owing, false) = (facts.paid, amount.is_zero()) {
        let paid = facts.paid.zh();
        let sentence = format!("{month}{paid}，{amount}元照常划入");
        trace.money("照常划入", (amount, amount), basis, sentence);
    }
    Ok(Credit {
        month,
        amount,
        postponed,
        parts: credited,
        trace: trace.0,
    })
}

fn postpones(rule: &CreditRule, paid: Paid) -> bool {
    let rule = match paid {
        Paid::Paid | Paid::NothingOwed => return false,
        Paid::Deferred => rule.while_deferred,
        Paid::Owing => rule.while_owing,
    };
    rule == WhileUnpaid::Postponed
}

fn compute(
    facts: &CreditFacts,
    part: &CreditPart,
    (rule, basis): (&CreditRule, &Arc<Provenance>),
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Result<Credited, Refusal> {
    let round = |of: Fen, rate| of.times_to_unit(rate, rule.unit_fen, rule.rounding);
    let share = |title, of: Fen, rate: Ratio| (title, Some(of), round(of, rate), Some(rate));
    let (title, of, amount, rate) = match part {
        CreditPart::Base(rate) => share("本人缴费基数", known(facts.base, "缴费基数")?, *rate),
        CreditPart::Pension(rate) => share("养老金", known(facts.pension, "养老金")?, *rate),
        CreditPart::Fixed(amount) => {
            let at = (facts.month, facts.month.year());
            let amount = amount_of(*amount, &facts.person, at, law)?;
            ("定额", None, round(amount, Ratio::ONE), None)
        }
        CreditPart::EmployerPart { charge, share: of } => {
            let base = known(facts.base, "缴费基数")?;
            let rate = employer_rate(facts, charge.as_str(), rule.during_relief, law)? * *of;
            share("单位缴费划入部分", base, rate)
        }
    };
    let sentence = match (of, rate) {
        (Some(of), Some(rate)) => format!("{title}：{of}元×{rate}＝{amount}元"),
        _ => format!("{title}：{amount}元"),
    };
    let before = of.unwrap_or(amount);
    let span = (Measure::Money(before), Measure::Money(amount));
    trace.add(title, span, Some(basis), sentence);
    Ok(Credited { title, of, amount })
}

fn known(fact: Option<Fen>, name: &'static str) -> Result<Fen, Refusal> {
    plausible(fact.ok_or(Refusal::MissingFact { fact: name })?, name)
}

/// The rate at which the employer pays a charge for the person, with or without reliefs.
fn employer_rate(
    facts: &CreditFacts,
    charge: &str,
    relief: DuringRelief,
    law: &SchemePolicy,
) -> Result<Ratio, Refusal> {
    let found = match relief {
        DuringRelief::Unchanged => charges(facts, law)
            .filter(|one| one.payer == Payer::Employer && one.code == *charge)
            .find_map(|one| match one.levy {
                Levy::Rate(rate) => Some(rate),
                Levy::Fixed(_) => None,
            }),
        DuringRelief::Follows => {
            let asked = ContributionFacts {
                person: facts.person.clone(),
                wage: facts.base,
                step: None,
            };
            let owed = assess(&asked, facts.month, law)?.owed;
            let mut of_employer = owed.iter().filter(|one| one.payer == Payer::Employer);
            of_employer
                .find(|one| one.code == *charge)
                .and_then(|one| one.rate)
        }
    };
    found.ok_or(Refusal::NotProvided {
        category: facts.person.category,
        what: "单位缴费费率",
    })
}

/// What is levied for the person in the month, before reliefs.
fn charges<'a>(facts: &'a CreditFacts, law: &'a SchemePolicy) -> impl Iterator<Item = &'a Charge> {
    let on = facts.month.first_day();
    let rules = law
        .contributions
        .iter()
        .filter_map(move |topic| match topic.on(on)? {
            (ContributionRule::Monthly(rule), _) => Some(rule),
            _ => None,
        });
    let charges = rules.flat_map(|rule| &rule.charges);
    charges.filter(move |charge| facts.person.satisfies(&charge.condition, on))
}

/// What a month that was assessed but not paid is: deferred where the law defers it for the person
/// without being asked, otherwise owed.
pub fn unpaid(person: &PersonFacts, month: FeeMonth, law: &SchemePolicy) -> Paid {
    let on = month.first_day();
    let deferred = law.contributions.iter().any(|topic| match topic.on(on) {
        Some((ContributionRule::Deferral(rule), _)) => {
            !rule.on_request && rule.months.has(month) && person.satisfies(&rule.condition, on)
        }
        _ => false,
    });
    if deferred {
        Paid::Deferred
    } else {
        Paid::Owing
    }
}
