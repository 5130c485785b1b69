//! What lies over the cover of every scheme in the end: death, absence, arrears, double cover.

use std::collections::BTreeMap;

use money::Ratio;
use policy::Absence;
use terms::{CoverState, Scheme};

use super::boundary::{Boundary, Reason};
use super::note::Issue;
use super::period::{CoverPeriod, Timeline};
use super::rules;
use super::strip::{Days, Strip, after};
use super::weave::Weave;

/// Days on which the benefits of a scheme rest.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    pub days: Days,
    pub begins: Boundary,
    pub ends: Option<Boundary>,
}

/// An absence of the person (服役、服刑).
#[derive(Debug)]
pub(super) struct Leave {
    pub absence: Absence,
    pub days: Days,
    /// The event that began it.
    pub gone: i64,
    /// The event that ended it.
    pub back: Option<i64>,
}

impl Weave<'_> {
    /// Lays everything over the strips and hands the timeline out.
    pub(super) fn finish(mut self, issues: Vec<Issue>) -> Timeline {
        self.close_at_death();
        let mut strips: BTreeMap<Scheme, Strip> = BTreeMap::new();
        for (scheme, track) in std::mem::take(&mut self.tracks) {
            let mut strip = track.strip;
            self.rest_while_absent(scheme, &mut strip);
            for hold in &track.holds {
                rest(&mut strip, hold);
            }
            strips.insert(scheme, strip);
        }
        self.give_way_elsewhere(&mut strips);
        self.give_way(&mut strips);
        let mut periods: Vec<CoverPeriod> = strips.into_values().flat_map(|one| one.0).collect();
        periods.sort_by_key(|period| (period.first, period.scheme));
        let mut notes = self.notes;
        notes.sort_by_key(|note| (note.from, note.scheme, note.event));
        let timeline = Timeline {
            periods,
            notes,
            issues,
        };
        super::promises::check(&timeline, self.law, self.death.map(|(day, _)| day));
        timeline
    }

    fn close_at_death(&mut self) {
        let Some((died, event)) = self.death else {
            return;
        };
        let ends = Boundary::plain(Reason::Died, event);
        for track in self.tracks.values_mut() {
            track.strip.cut(Days::from(after(died)), &ends, &ends);
        }
    }

    fn rest_while_absent(&self, scheme: Scheme, strip: &mut Strip) {
        let Some(law) = self.law.schemes.get(&scheme) else {
            return;
        };
        for leave in &self.leaves {
            let absence = leave.absence;
            let Some(basis) = rules::absence(law, leave.days.first, absence) else {
                continue;
            };
            let back = leave.back.unwrap_or(leave.gone);
            let hold = Hold {
                days: leave.days,
                begins: Boundary::lawful(Reason::Absent { absence }, leave.gone, basis),
                ends: Some(Boundary::lawful(Reason::Returned { absence }, back, basis)),
            };
            rest(strip, &hold);
        }
    }
}

pub(super) fn rest(strip: &mut Strip, hold: &Hold) {
    rest_where(strip, hold, CoverPeriod::counts);
}

/// Suspends what gives benefits, or would, on the days of a hold.
pub(super) fn rest_where(strip: &mut Strip, hold: &Hold, which: impl Fn(&CoverPeriod) -> bool) {
    strip.alter(
        hold.days,
        (&hold.begins, hold.ends.as_ref()),
        which,
        |one| {
            one.state = CoverState::Suspended;
            one.share_while_waiting = Ratio::ZERO;
        },
    );
}
