//! Takes events one after another, oldest first, and lays what follows over what was.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy::{AreaPolicy, FeeMonth, LastDay, SchemePolicy, Transition};
use terms::{AreaCode, Category, Date, Scheme};

use super::boundary::{Boundary, Reason};
use super::double::Away;
use super::event::{Dated, Event};
use super::facts::{CoverFacts, Migrated};
use super::note::{Issue, Note, Remark};
use super::overlay::Leave;
use super::period::Timeline;
use super::rules;
use super::strip::{Days, Strip, after, before};
use super::track::Track;
use crate::{PersonFacts, Refusal};

/// What is known after some events.
pub(super) struct Weave<'a> {
    pub facts: &'a CoverFacts,
    pub law: &'a AreaPolicy,
    pub tracks: BTreeMap<Scheme, Track>,
    pub leaves: Vec<Leave>,
    pub aways: Vec<Away>,
    pub transitions: Vec<(Transition, Date)>,
    pub death: Option<(Date, i64)>,
    pub notes: Vec<Note>,
}

pub(super) type Done = Result<(), Refusal>;

/// An event or a migrated period, in the order in which they are taken.
enum Item<'a> {
    Migrated(&'a Migrated),
    Event(&'a Dated),
}

/// Makes a person's timeline from the facts and the law of the area.
///
/// Facts are taken in order of day and number, however they arrive. An event that can not stand is
/// named among the issues and changes nothing.
///
/// # Panics
/// When the engine breaks one of its own promises: overlapping periods of a scheme, benefits from
/// two schemes on one day, or benefits after death.
pub fn timeline(facts: &CoverFacts, law: &AreaPolicy) -> Timeline {
    let migrated = facts.migrated.iter().map(Item::Migrated);
    let mut items: Vec<Item<'_>> = migrated
        .chain(facts.events.iter().map(Item::Event))
        .collect();
    items.sort_by_key(|item| match item {
        Item::Migrated(period) => (period.first, 0, period.no),
        Item::Event(event) => (event.on, 1, event.no),
    });
    let mut weave = Weave {
        facts,
        law,
        tracks: BTreeMap::new(),
        leaves: Vec::new(),
        aways: Vec::new(),
        transitions: Vec::new(),
        death: None,
        notes: Vec::new(),
    };
    let mut issues = Vec::new();
    for item in items {
        let (done, event, on, name) = match item {
            Item::Migrated(period) => (
                weave.take_over(period),
                period.no,
                period.first,
                "迁入的参保段",
            ),
            Item::Event(dated) => (weave.take(dated), dated.no, dated.on, dated.event.zh()),
        };
        if let Err(refusal) = done {
            issues.push(Issue {
                event,
                on,
                name,
                refusal,
            });
        }
    }
    weave.finish(issues)
}

impl<'a> Weave<'a> {
    fn take(&mut self, dated: &Dated) -> Done {
        let Dated { no, on, scheme, .. } = *dated;
        self.check_day(on)?;
        if dated.event.concerns_every_scheme() {
            return self.take_personal(&dated.event, on, no);
        }
        let law = self.law_of(scheme, on)?;
        self.settle(scheme, on);
        match &dated.event {
            Event::Join { .. }
            | Event::Suspend { .. }
            | Event::Resume { .. }
            | Event::TransferIn { .. }
            | Event::TransferOut { .. }
            | Event::Switch { .. }
            | Event::Change { .. }
            | Event::End => self.take_membership(dated, law),
            Event::Retire { missing_months } => self.retire(dated, *missing_months, law),
            Event::RetirementPaid => self.pay_years(dated, law),
            Event::Arrears { since, deferred } => self.fall_behind(dated, *since, *deferred, law),
            Event::Paid { from, to } => self.pay_months(dated, (*from, *to), law),
            Event::Premium { .. } => self.pay_premium(dated, law),
            Event::PremiumRefunded { year } => self.refund(dated, *year),
            Event::CoveredElsewhere { area } => self.cover_elsewhere(dated, *area),
            Event::ElsewhereEnded { area } => self.end_elsewhere(dated, *area),
            _ => Ok(()),
        }
    }

    /// Nothing happens before birth, after death, or outside the years that months are counted in.
    pub fn check_day(&self, on: Date) -> Done {
        if !(1900..=2900).contains(&on.year()) {
            return Err(contradicts("日期不在可以计算的年份内"));
        }
        if self.facts.birth.is_some_and(|birth| on < birth) {
            return Err(contradicts("日期早于出生日期"));
        }
        if self.death.is_some_and(|(died, _)| died < on) {
            return Err(contradicts("日期晚于死亡日期"));
        }
        Ok(())
    }

    pub fn law_of(&self, scheme: Scheme, on: Date) -> Result<&'a SchemePolicy, Refusal> {
        self.law.schemes.get(&scheme).ok_or(Refusal::NoRule {
            scheme,
            what: "参保",
            on,
        })
    }

    pub fn track(&mut self, scheme: Scheme) -> &mut Track {
        self.tracks.entry(scheme).or_default()
    }

    /// What rules may ask about the person on a day.
    pub fn person(&self, category: Category, county: AreaCode, day: Date) -> PersonFacts {
        PersonFacts {
            category,
            identities: CoverFacts::held(&self.facts.identities, day),
            marks: CoverFacts::held(&self.facts.marks, day),
            sex: self.facts.sex,
            birth: self.facts.birth,
            enrolled_years: self.enrolled_years(day),
            county,
        }
    }

    /// Whole years of cover in a row, up to the last day of cover before another.
    fn enrolled_years(&self, day: Date) -> i32 {
        let strips = self.tracks.values().map(|track| &track.strip);
        let last = strips.filter_map(|strip| strip.last_counted(day)).max();
        let months = last.and_then(|last| {
            let since = FeeMonth::of(self.covered_since(last)?);
            Some(FeeMonth::of(after(last)).months_since(since))
        });
        months.map_or(0, |months| months / 12)
    }

    /// Since when the person has taken part in some scheme without a break, up to a day.
    pub fn covered_since(&self, day: Date) -> Option<Date> {
        let mut since = None;
        let mut reached = day;
        loop {
            let strips = self.tracks.values().map(|track| &track.strip);
            let found = strips.filter_map(|strip| strip.at(reached));
            let first = found.filter(|one| one.counts()).map(|one| one.first).min();
            match first {
                Some(first) if Some(first) != since => {
                    since = Some(first);
                    reached = before(first);
                }
                _ => return since,
            }
        }
    }

    pub fn note(&mut self, scheme: Scheme, days: Days, event: i64, what: Remark) {
        self.notes.push(Note {
            scheme,
            from: days.first,
            to: days.last,
            event,
            what,
        });
    }

    /// Notes that days before an event have benefits after all.
    pub fn note_reopened(&mut self, dated: &Dated, from: Date, to: Option<Date>) {
        let last = to.map_or(before(dated.on), |to| to.min(before(dated.on)));
        if from <= last {
            let days = Days::between(from, last);
            self.note(dated.scheme, days, dated.no, Remark::Reopened);
        }
    }
}

/// The last day of cover when months are paid up to one.
pub(super) fn last_day(law: &SchemePolicy, last: FeeMonth, on: Date) -> Date {
    match rules::leaving(law, on) {
        Some((LastDay::Day, _)) => last.last_day().min(on),
        _ => last.last_day(),
    }
}

/// The event contradicts what is known already.
pub(super) const fn contradicts(what: &'static str) -> Refusal {
    Refusal::Contradicts { what }
}

/// Texts of a trace as one sentence, with the law of its first step.
pub(super) fn told(trace: &[crate::Step]) -> (Arc<str>, Option<Arc<policy::Provenance>>) {
    let mut text = String::new();
    for step in trace {
        if !text.is_empty() {
            text.push('；');
        }
        text.push_str(&step.sentence);
    }
    (
        text.into(),
        trace.first().and_then(|step| step.basis.clone()),
    )
}

/// The boundary that an event and the law make together.
pub(super) fn by_law(
    reason: Reason,
    event: i64,
    basis: Option<Arc<policy::Provenance>>,
) -> Boundary {
    Boundary {
        reason,
        event,
        basis,
    }
}

/// The day after the last one that counts before another.
pub(super) fn free_from(strip: &Strip, wanted: Date, on: Date) -> Date {
    strip
        .last_counted(on)
        .map_or(wanted, |last| wanted.max(after(last)))
}
