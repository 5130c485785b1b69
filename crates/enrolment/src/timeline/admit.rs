//! Asks the law when the benefits of a contribution begin, and lays what it answers.

use money::Ratio;
use policy::{FeeMonth, SchemePolicy};
use terms::{AreaCode, Category, CoverState, Date, Scheme, Word};

use super::boundary::{Boundary, Reason};
use super::event::Dated;
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, after, before};
use super::track::{Entry, Member};
use super::weave::{Done, Weave, by_law, free_from, told};
use crate::Refusal;
use crate::waiting::{BenefitStart, BreakFacts, after_break};

/// What the law makes of a contribution that begins.
enum Admission {
    Start(BenefitStart),
    /// Nothing before the gap of so many months is paid in.
    GapUnpaid(i32),
}

impl<'a> Weave<'a> {
    /// The last month covered by another scheme, where the law counts it like a contribution.
    pub(super) fn switched(
        &self,
        scheme: Scheme,
        on: Date,
        law: &SchemePolicy,
    ) -> Option<FeeMonth> {
        let (rule, _) = rules::switching(law, on)?;
        let (double, _) = rules::double_cover(law, on)?;
        let others = self.tracks.iter();
        let others = others.filter(|(other, _)| **other != scheme && double.order.contains(other));
        let last = others
            .filter_map(|(_, track)| track.strip.last_counted(on))
            .max()?;
        let since = self.covered_since(last)?;
        let month = FeeMonth::of(last).min(FeeMonth::of(on).later(-1));
        let missed = FeeMonth::of(on).months_since(month) - 1;
        let covered = FeeMonth::of(after(last)).months_since(FeeMonth::of(since));
        (missed <= rule.months && covered >= rule.covered_months).then_some(month)
    }

    /// Lets contributions run from the day of the event.
    pub(super) fn begin(
        &mut self,
        dated: &Dated,
        member: Member,
        last: Option<FeeMonth>,
        law: &'a SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let mut entry = Entry {
            on,
            before: last.map(|last| last.min(FeeMonth::of(on).later(-1))),
            start: None,
            ended: None,
        };
        let repaid = self.is_repaid(scheme, &entry).then_some(on);
        let name = dated.event.zh();
        match self.admit(&member, &entry, repaid, law)? {
            Admission::GapUnpaid(months) => {
                let begins = Boundary::plain(Reason::GapUnpaid { months }, no);
                let period = cover(scheme, &member, Days::from(on), begins);
                let state = CoverState::Suspended;
                self.track(scheme)
                    .strip
                    .paint(CoverPeriod { state, ..period });
            }
            Admission::Start(start) => {
                let first = free_from(&self.track(scheme).strip, start.start, on);
                entry.start = Some(first);
                let gap = self.lay_start(dated, &member, (first, &start), name);
                self.note_reopened(dated, gap.unwrap_or(first), None);
            }
        }
        let track = self.track(scheme);
        track.member = Some(member);
        track.entry = Some(entry);
        Ok(())
    }

    /// Lays the wait, the benefits and a re-opened gap; says where the gap begins.
    fn lay_start(
        &mut self,
        dated: &Dated,
        member: &Member,
        (first, start): (Date, &BenefitStart),
        event: &'static str,
    ) -> Option<Date> {
        let Dated { on, scheme, no, .. } = *dated;
        let (law, basis) = told(&start.trace);
        let begins = by_law(Reason::Begins { event, law }, no, basis.clone());
        let strip = &mut self.track(scheme).strip;
        let gap = start.retroactive_from.map(|gap| free_from(strip, gap, on));
        let mut active = begins.clone();
        if first > on {
            active = by_law(Reason::WaitOver, no, basis.clone());
            let wait = cover(scheme, member, Days::between(on, before(first)), begins);
            strip.paint(CoverPeriod {
                state: CoverState::Waiting,
                share_while_waiting: start.share_while_waiting,
                ends: Some(active.clone()),
                ..wait
            });
        }
        strip.paint(cover(scheme, member, Days::from(first), active.clone()));
        let gap = gap?;
        if gap < first {
            let begins = by_law(Reason::Reopened { event }, no, basis);
            let period = cover(scheme, member, Days::between(gap, before(first)), begins);
            strip.paint(CoverPeriod {
                ends: Some(active),
                ..period
            });
        }
        Some(gap)
    }

    /// Asks the law when benefits begin.
    fn admit(
        &self,
        member: &Member,
        entry: &Entry,
        repaid: Option<Date>,
        law: &SchemePolicy,
    ) -> Result<Admission, Refusal> {
        let facts = BreakFacts {
            person: self.person(member.category, member.county, entry.on),
            last_paid: entry.before,
            paid: entry.on,
            repaid: repaid.is_some(),
            repaid_on: repaid,
        };
        match (after_break(&facts, law), entry.before) {
            (Err(Refusal::NotProvided { .. }), Some(last)) if repaid.is_none() => {
                let missed = FeeMonth::of(entry.on).months_since(last) - 1;
                Ok(Admission::GapUnpaid(missed))
            }
            (admitted, _) => admitted.map(Admission::Start),
        }
    }

    /// Whether every month between two runs of contributions was paid in.
    fn is_repaid(&self, scheme: Scheme, entry: &Entry) -> bool {
        let Some(last) = entry.before else {
            return false;
        };
        let repaid = self
            .tracks
            .get(&scheme)
            .map(|track| track.repaid.as_slice());
        let paid = |month: FeeMonth| {
            let mut spans = repaid.unwrap_or_default().iter();
            spans.any(|(from, to)| (*from..=*to).contains(&month))
        };
        let missed = FeeMonth::of(entry.on).months_since(last) - 1;
        missed > 0 && (1..=missed).all(|nth| paid(last.later(nth)))
    }

    /// Asks the law again after a gap was paid in or a record arrived; nothing is ever taken away.
    pub(super) fn admit_again(&mut self, dated: &Dated, law: &'a SchemePolicy) -> Done {
        let Dated { on, scheme, .. } = *dated;
        let track = self.track(scheme);
        let Some(entry) = track.entry.clone() else {
            return Ok(());
        };
        let at = track.strip.at(entry.on).cloned();
        let Some(at) = at.filter(|_| track.years_missing.is_none()) else {
            return Ok(());
        };
        let member = new_member(at.category, &at.employer, at.county);
        let repaid = self.is_repaid(scheme, &entry).then_some(on);
        let Admission::Start(start) = self.admit(&member, &entry, repaid, law)? else {
            return Ok(());
        };
        self.relay(dated, &member, (entry, &start));
        Ok(())
    }

    /// Gives benefits where the law now gives them: in the gap, and where they waited or rested.
    fn relay(&mut self, dated: &Dated, member: &Member, (entry, start): (Entry, &BenefitStart)) {
        let Dated { scheme, no, .. } = *dated;
        let event = dated.event.zh();
        let (law, basis) = told(&start.trace);
        let begins = by_law(Reason::Begins { event, law }, no, basis.clone());
        let anchor = entry.start.map_or(entry.on, |known| known.min(entry.on));
        let strip = &mut self.track(scheme).strip;
        let gap = start
            .retroactive_from
            .map(|gap| free_from(strip, gap, anchor));
        // A gap that is re-opened leaves no wait behind it.
        let first = match gap {
            Some(_) => anchor,
            None => free_from(strip, start.start, anchor),
        };
        if entry.start.is_some_and(|known| known <= first) && gap.is_none_or(|gap| gap >= anchor) {
            return;
        }
        let days = Days {
            first,
            last: entry.ended,
        };
        let rests =
            |one: &CoverPeriod| matches!(one.state, CoverState::Waiting | CoverState::Suspended);
        strip.alter(days, (&begins, Some(&begins)), rests, |one| {
            one.state = CoverState::Active;
            one.share_while_waiting = Ratio::ZERO;
        });
        let (from, why) = match gap {
            Some(gap) => (gap, by_law(Reason::Reopened { event }, no, basis)),
            None => (first, begins.clone()),
        };
        let filled = cover(scheme, member, Days::between(from, before(anchor)), why);
        strip.paint(CoverPeriod {
            ends: Some(begins),
            ..filled
        });
        strip.join_waits();
        self.note_reopened(dated, from, entry.ended);
        if let Some(entry) = &mut self.track(scheme).entry {
            entry.start = Some(entry.start.map_or(first, |known| known.min(first)));
        }
    }
}

pub(super) fn new_member(category: Category, employer: &Option<Word>, county: AreaCode) -> Member {
    Member {
        category,
        employer: employer.clone(),
        county,
        until: None,
    }
}

/// A period with benefits.
fn cover(scheme: Scheme, member: &Member, days: Days, begins: Boundary) -> CoverPeriod {
    CoverPeriod {
        scheme,
        first: days.first,
        last: days.last,
        category: member.category,
        state: CoverState::Active,
        county: member.county,
        employer: member.employer.clone(),
        share_while_waiting: Ratio::ZERO,
        begins,
        ends: None,
    }
}
