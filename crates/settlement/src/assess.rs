use money::Fen;
use policy::{Entry, Part, SchemePolicy, Settings, Situation};
use terms::Date;

use crate::counter::Clockwork;
use crate::steps::{account, chain, check, classify, gate, layer, paid_elsewhere, stay, year};
use crate::working::Working;
use crate::{Bill, Outcome, OwnMoney, Refusal, Step, StepKind, invariants};

/// Settles one bill under the law of its scheme: who pays how much, and why (待遇结算).
///
/// Pre-settlement is this same call with the outcome not recorded.
///
/// # Errors
/// A [`Refusal`] in order of precedence: dates, lines, missing law, gates, missing chain.
///
/// # Panics
/// When the outcome would break an invariant (payers must sum to the bill); such money is never
/// booked.
pub fn assess(bill: &Bill, law: &SchemePolicy) -> Result<Outcome, Refusal> {
    check::check(bill)?;
    let settings = settings_of(bill, law)?;
    let outcome = match year::split(bill, settings) {
        None => {
            let benefit_year = year::of_case(&bill.dates, settings);
            assess_year(bill, law, settings, benefit_year, Fen::ZERO)?
        }
        Some(parts) => assess_parts(parts, law, settings)?.in_order_of(bill),
    };
    invariants::hold(bill, &outcome);
    Ok(outcome)
}

/// Splits the lines of a bill without settling it (费用明细上传的分割).
///
/// # Errors
/// A [`Refusal`] where lines contradict themselves or no law is in force.
pub fn split_lines(bill: &Bill, law: &SchemePolicy) -> Result<Vec<crate::LineSplit>, Refusal> {
    check::check(bill)?;
    let settings = settings_of(bill, law)?;
    let mut work = open(bill, law, settings, year::of_case(&bill.dates, settings));
    classify::classify(&mut work);
    Ok(work.splits)
}

fn settings_of<'a>(bill: &Bill, law: &'a SchemePolicy) -> Result<&'a Settings, Refusal> {
    let found = law.settings.at(&bill.dates).map(|(settings, _)| settings);
    found.ok_or_else(|| Refusal::NoLaw {
        key: law.settings.key.to_string(),
        on: bill.dates.on(law.settings.selects_by, None),
    })
}

/// The chain of steps for a bill that falls into one benefit year.
fn assess_year(
    bill: &Bill,
    law: &SchemePolicy,
    settings: &Settings,
    benefit_year: i16,
    deductible_credit: Fen,
) -> Result<Outcome, Refusal> {
    let mut work = open(bill, law, settings, benefit_year);
    work.deductible_credit = deductible_credit;
    work.at.admission_number = stay::number_of(&work);
    classify::classify(&mut work);
    gate::pass(&mut work)?;
    let chain = chain::choose(&mut work)?;
    if !chain.counts || !work.funds_open {
        work.changes.clear();
    }
    let in_scope = work.part(Part::InScope);
    paid_elsewhere::deduct(&mut work);
    for entry in &chain.entries {
        match entry {
            Entry::Layer(reference) if work.funds_open => {
                layer::pay(&mut work, *reference, chain.counts);
            }
            Entry::Layer(_) => {}
            Entry::Account(reference) => account::pay(&mut work, *reference),
        }
    }
    if chain.counts && work.funds_open {
        stay::count(&mut work, &chain, in_scope);
    } else {
        // Limits on lines have counted already; a bill outside the ordinary rules uses nothing up.
        work.changes.clear();
    }
    Ok(close(work))
}

/// A stay across years: each part in its own year, one after another, on the same accounts.
fn assess_parts(
    parts: Vec<year::YearPart>,
    law: &SchemePolicy,
    settings: &Settings,
) -> Result<Outcome, Refusal> {
    let mut whole: Option<Outcome> = None;
    for mut part in parts {
        let mut credit = Fen::ZERO;
        if let Some(earlier) = &whole {
            part.bill.counters = part.bill.counters.with(&earlier.counters);
            for purse in &mut part.bill.purses {
                let spent = earlier
                    .accounts
                    .iter()
                    .filter(|draw| draw.kind == purse.kind && draw.owner == purse.owner);
                purse.balance -= spent.map(|draw| draw.amount).sum();
            }
            credit = year::credit(settings, earlier.deductible);
        }
        let outcome = assess_year(&part.bill, law, settings, part.year, credit)?;
        let opening = Step {
            topic: law.settings.key.clone(),
            kind: StepKind::YearPart { year: part.year },
            before: outcome.total,
            after: outcome.total,
            basis: None,
        };
        whole = Some(match whole {
            None => outcome.opened_by(opening),
            Some(earlier) => earlier.followed_by(outcome.opened_by(opening)),
        });
    }
    Ok(whole.expect("a split bill has at least two parts"))
}

fn open<'a>(
    bill: &'a Bill,
    law: &'a SchemePolicy,
    settings: &'a Settings,
    benefit_year: i16,
) -> Working<'a> {
    Working {
        bill,
        law,
        settings,
        at: situation(bill),
        clock: Clockwork {
            year: benefit_year,
            dates: bill.dates,
            institution: bill.institution.code.clone(),
            visit: bill.visit.id.clone(),
            episode: bill.visit.episode.clone(),
        },
        lanes: Vec::with_capacity(2),
        splits: Vec::new(),
        line_lanes: Vec::with_capacity(bill.lines.len()),
        funds_open: true,
        changes: Vec::with_capacity(12),
        layers: Vec::with_capacity(6),
        funds: Vec::with_capacity(4),
        accounts: Vec::new(),
        drawn_by_accounts: [Fen::ZERO; Part::ALL.len()],
        deductible: Fen::ZERO,
        deductible_credit: Fen::ZERO,
        institution: Fen::ZERO,
        trace: Vec::with_capacity(24),
    }
}

/// The bill as conditions see it; the number of the stay is filled in once counters are known.
pub fn situation(bill: &Bill) -> Situation<'_> {
    let (person, institution, visit) = (&bill.person, &bill.institution, &bill.visit);
    Situation {
        category: person.category,
        identities: &person.identities,
        age_years: years_between(person.birth, bill.dates.admission),
        age_days: days_between(person.birth, bill.dates.admission),
        sex: person.sex,
        enrolled_years: person.enrolled_years,
        county: person.county,
        cover: person.cover,
        person_marks: &person.marks,
        institution_marks: &institution.marks,
        visit_marks: &visit.marks,
        grade: institution.grade,
        institution_kind: institution.kind,
        institution: institution.code.as_str(),
        locality: institution.locality,
        registration: visit.registration,
        referral: visit.referral,
        care: visit.care,
        cause: visit.cause,
        disease: visit.disease.as_ref(),
        diagnoses: &visit.diagnoses,
        admission_number: 1,
        stay_days: days_between(bill.dates.admission, bill.dates.discharge).max(1),
        dates: bill.dates,
        total: bill.total(),
        item: None,
    }
}

fn years_between(birth: Date, day: Date) -> i32 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    i32::from(day.year()) - i32::from(birth.year()) - i32::from(!had_birthday)
}

fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}

/// Cash pays what nobody else did; the desk becomes the outcome.
fn close(mut work: Working<'_>) -> Outcome {
    let cash = work.unpaid();
    work.trace.push(Step {
        topic: work.law.waterfall.key.clone(),
        kind: StepKind::Cash,
        before: cash,
        after: Fen::ZERO,
        basis: None,
    });
    let own = OwnMoney::of(|part| work.part(part) + work.drawn_by_accounts[part as usize]);
    let sum = |part: fn(&crate::LineSplit) -> Fen| work.splits.iter().map(part).sum();
    Outcome {
        total: work.bill.total(),
        self_paid: sum(|split| split.self_paid),
        over_limit: sum(|split| split.over_limit),
        prior: sum(|split| split.prior),
        in_scope: sum(|split| split.in_scope),
        cash,
        own,
        institution: work.institution,
        deductible: work.deductible,
        benefit_year: work.clock.year,
        admission_number: work.at.admission_number,
        lines: work.splits,
        layers: work.layers,
        funds: work.funds,
        accounts: work.accounts,
        counters: work.changes,
        trace: work.trace,
    }
}
