//! Periods that an older register had.

use money::Ratio;
use policy::FeeMonth;
use terms::{CoverState, Date, Scheme};

use super::boundary::{Boundary, Reason};
use super::facts::Migrated;
use super::period::CoverPeriod;
use super::rules;
use super::strip::Days;
use super::track::{Entry, Member};
use super::weave::{Done, Weave, contradicts};
use crate::Refusal;

impl Weave<'_> {
    /// Ends a contribution of which an older register gave the last day.
    pub fn settle(&mut self, scheme: Scheme, on: Date) {
        let Some(track) = self.tracks.get_mut(&scheme) else {
            return;
        };
        let until = track.member.as_ref().and_then(|member| member.until);
        if let Some(until) = until.filter(|until| *until < on) {
            track.leave(until);
            track.last_paid = Some(FeeMonth::of(until));
        }
    }

    /// Takes over a period of an older register as it stands.
    pub(super) fn take_over(&mut self, period: &Migrated) -> Done {
        let days = Days {
            first: period.first,
            last: period.last,
        };
        self.check_day(period.first)?;
        if period.last.is_some_and(|last| last < period.first) {
            return Err(Refusal::BadDates {
                first: "参保段的首日",
                later: "末日",
            });
        }
        let law = self.law_of(period.scheme, period.first)?;
        let yearly = rules::season_rule(law, period.first).is_some();
        self.settle(period.scheme, period.first);
        let track = self.track(period.scheme);
        if track
            .strip
            .0
            .iter()
            .any(|one| one.days().common(days).is_some())
        {
            return Err(contradicts("与同险种已有的参保段重叠"));
        }
        let why = period.reason.clone();
        let begins = Boundary::plain(Reason::Migrated { why }, period.no);
        track.strip.paint(CoverPeriod {
            scheme: period.scheme,
            first: period.first,
            last: period.last,
            category: period.category,
            state: period.state,
            county: period.county,
            employer: period.employer.clone(),
            share_while_waiting: Ratio::ZERO,
            ends: period.last.map(|_| begins.clone()),
            begins,
        });
        let runs = matches!(period.state, CoverState::Active | CoverState::Waiting);
        if !yearly && runs {
            track.member = Some(Member {
                category: period.category,
                employer: period.employer.clone(),
                county: period.county,
                until: period.last,
            });
            track.entry = Some(Entry {
                on: period.first,
                before: track.last_paid,
                start: Some(period.first),
                ended: period.last,
            });
        } else if !yearly && track.last_paid.is_none() {
            track.last_paid = Some(FeeMonth::of(period.first).later(-1));
        }
        Ok(())
    }
}
