//! Cover that is paid by the year: residents, newborns, students.

use money::Ratio;
use policy::{FeeMonth, SchemePolicy};
use terms::{AreaCode, Category, CoverState, Date};

use super::boundary::{Boundary, Reason};
use super::event::{Dated, Event};
use super::period::CoverPeriod;
use super::rules::{self, Window};
use super::strip::{Days, after, before};
use super::weave::{Done, Weave, by_law, contradicts, told};
use crate::waiting::{BenefitStart, EnrolFacts, benefit_start};
use crate::{PersonFacts, Refusal};

/// What one premium buys.
struct Bought<'l> {
    year: i16,
    category: Category,
    county: AreaCode,
    repaid: &'l [i16],
}

impl<'a> Weave<'a> {
    pub(super) fn pay_premium(&mut self, dated: &Dated, law: &'a SchemePolicy) -> Done {
        let Event::Premium {
            year,
            category,
            county,
            repaid_years,
        } = &dated.event
        else {
            return Ok(());
        };
        let bought = Bought {
            year: *year,
            category: *category,
            county: *county,
            repaid: repaid_years,
        };
        let window = self.check_premium(dated, &bought, law)?;
        let start = self.premium_start(dated, &bought, (law, &window))?;
        self.lay_year(dated, &bought, start)
    }

    fn check_premium(
        &self,
        dated: &Dated,
        bought: &Bought<'_>,
        law: &'a SchemePolicy,
    ) -> Result<Window<'a>, Refusal> {
        let Dated { on, scheme, .. } = *dated;
        let window = rules::season(bought.year, law).ok_or(Refusal::NoRule {
            scheme,
            what: "集中参保期",
            on,
        })?;
        if on < window.opens {
            return Err(contradicts("该年度的集中参保期还没有开始"));
        }
        if self
            .facts
            .birth
            .is_some_and(|birth| bought.year < birth.year())
        {
            return Err(contradicts("参保年度早于出生年份"));
        }
        let days = rules::days_of(bought.year).ok_or(Refusal::BadAmount {
            fact: "参保年度"
        })?;
        let track = self.tracks.get(&scheme);
        let known = track.is_some_and(|track| {
            let mut periods = track.strip.0.iter();
            periods.any(|one| one.counts() && !is_open(one) && one.days().common(days).is_some())
        });
        if known {
            return Err(contradicts("该年度已经参保"));
        }
        Ok(window)
    }

    /// From when the premium gives benefits, and until when.
    fn premium_start(
        &self,
        dated: &Dated,
        bought: &Bought<'_>,
        (law, window): (&SchemePolicy, &Window<'_>),
    ) -> Result<BenefitStart, Refusal> {
        let on = dated.on;
        let in_window = window.has(on);
        let missing = self.missing_years(bought.year);
        let repaid = bought
            .repaid
            .iter()
            .filter(|year| missing.contains(year))
            .count();
        let facts = EnrolFacts {
            person: self.person(bought.category, bought.county, on),
            year: bought.year,
            paid: on,
            in_window,
            missing_years: missing,
            repaid_years: i32::try_from(repaid).unwrap_or(0),
            transitions: self.transitions_of(),
        };
        let mut start = match benefit_start(&facts, law) {
            // Before any law about waiting whoever paid inside the window was simply covered.
            Err(Refusal::NoRule { .. }) if in_window => plain_year(bought.year, window)?,
            started => started?,
        };
        if start.start > on && start.until.is_some_and(|until| until < on) {
            return Err(contradicts("参保年度已过，不能再缴费参保"));
        }
        if let Some(early) = early_start(&facts, &facts.person, law) {
            start.start = start.start.min(early);
        }
        Ok(start)
    }

    /// The years without cover in a row up to the one before a paid year; that of birth is none.
    fn missing_years(&self, year: i16) -> Vec<i16> {
        let first = self.facts.birth.map_or(year - 60, |birth| birth.year() + 1);
        let years = (first.max(year - 60)..year).rev();
        years.take_while(|year| !self.covered_in(*year)).collect()
    }

    fn covered_in(&self, year: i16) -> bool {
        let Some(days) = rules::days_of(year) else {
            return false;
        };
        self.tracks.values().any(|track| track.strip.counted(days))
            || self
                .aways
                .iter()
                .any(|away| away.days.common(days).is_some())
            || self
                .leaves
                .iter()
                .any(|leave| leave.days.common(days).is_some())
    }

    fn lay_year(&mut self, dated: &Dated, bought: &Bought<'_>, start: BenefitStart) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let year = bought.year;
        let days = rules::days_of(year).ok_or(Refusal::BadAmount {
            fact: "参保年度"
        })?;
        let (first_of_year, last_of_year) = (days.first, days.last.unwrap_or(days.first));
        let last = start.until.unwrap_or(last_of_year);
        let (law, basis) = told(&start.trace);
        let begins = by_law(Reason::Premium { year, law }, no, basis.clone());
        let over = Boundary::plain(Reason::YearOver { year }, no);
        let strip = &mut self.track(scheme).strip;
        if strip.at(last_of_year).is_some_and(is_open) {
            strip.cut(Days::from(first_of_year), &begins, &begins);
        }
        // Days before the year are added only where nothing covers them already.
        let mut first = start.start;
        if first < first_of_year
            && let Some(known) = strip.last_counted(first_of_year)
        {
            first = first.max(after(known));
        }
        let period = |days: Days, state, begins: &Boundary, ends: &Boundary| CoverPeriod {
            scheme,
            first: days.first,
            last: days.last,
            category: bought.category,
            state,
            county: bought.county,
            employer: None,
            share_while_waiting: Ratio::ZERO,
            begins: begins.clone(),
            ends: Some(ends.clone()),
        };
        let wait_from = on.max(first_of_year);
        let mut active = begins.clone();
        if first > wait_from {
            let wait = Days::between(wait_from, before(first).min(last));
            active = by_law(Reason::WaitOver, no, basis);
            let ends = if first > last { &over } else { &active };
            let mut wait = period(wait, CoverState::Waiting, &begins, ends);
            wait.share_while_waiting = start.share_while_waiting;
            strip.paint(wait);
        }
        strip.paint(period(
            Days::between(first, last),
            CoverState::Active,
            &active,
            &over,
        ));
        if first <= last {
            self.note_reopened(dated, first, Some(last));
        }
        Ok(())
    }
}

/// Whether an older register left the end of a yearly cover open.
fn is_open(period: &CoverPeriod) -> bool {
    period.last.is_none() && matches!(period.begins.reason, Reason::Migrated { .. })
}

/// The whole year, as bought inside the window.
fn plain_year(year: i16, window: &Window<'_>) -> Result<BenefitStart, Refusal> {
    let days = rules::days_of(year).ok_or(Refusal::BadAmount {
        fact: "参保年度"
    })?;
    let sentence = format!("集中参保期内缴费，{year}年度全年享受");
    let day = crate::Measure::Day(days.first);
    Ok(BenefitStart {
        waiting_months: 0,
        start: days.first,
        until: days.last,
        retroactive_from: None,
        share_while_waiting: Ratio::ZERO,
        trace: vec![crate::Step {
            name: "享受起始",
            sentence,
            before: day,
            after: day,
            basis: Some(window.basis.clone()),
        }],
    })
}

/// The first day of people who have benefits before the year they paid for.
fn early_start(facts: &EnrolFacts, person: &PersonFacts, law: &SchemePolicy) -> Option<Date> {
    let on = Date::new(facts.year, 1, 1).ok()?;
    let (season, _) = rules::season_rule(law, on)?;
    let early = season.early.iter().find(|early| {
        let counts = facts.happened(early.after).is_some();
        counts && person.satisfies(&early.condition, facts.paid)
    })?;
    Some(early.from.of(facts.year)).filter(|_| FeeMonth::of(facts.paid) < FeeMonth::of(on))
}
