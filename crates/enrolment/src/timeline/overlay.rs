//! What lies over the cover of every scheme in the end: death, absence, arrears, double cover.

use std::collections::BTreeMap;

use money::Ratio;
use policy::{Absence, Elsewhere, Keeps};
use terms::{AreaCode, CoverState, Date, Scheme};

use super::boundary::{Boundary, Reason};
use super::note::{Issue, Note, Remark};
use super::period::{CoverPeriod, Timeline};
use super::rules;
use super::strip::{Days, Strip, after, before};
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

/// Cover in another area (异地参保).
#[derive(Debug)]
pub(super) struct Away {
    pub scheme: Scheme,
    pub area: AreaCode,
    pub days: Days,
    pub event: i64,
    pub over: Option<i64>,
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

    /// Lets the area that is not kept give way to the other.
    fn give_way_elsewhere(&mut self, strips: &mut BTreeMap<Scheme, Strip>) {
        for away in &self.aways {
            for (scheme, strip) in strips.iter_mut() {
                let law = self.law.schemes.get(scheme);
                let rule = law.and_then(|law| rules::double_cover(law, away.days.first));
                let Some((double, basis)) = rule else {
                    continue;
                };
                let about = |one: &&Elsewhere| one.there == away.scheme && one.here == *scheme;
                let Some(rule) = double.elsewhere.iter().find(about) else {
                    continue;
                };
                let doubled = |one: &&CoverPeriod| {
                    one.state == CoverState::Active && one.days().common(away.days).is_some()
                };
                let both: Vec<CoverPeriod> = strip.0.iter().filter(doubled).cloned().collect();
                for period in both {
                    let here = match rule.keeps {
                        Keeps::Here => true,
                        Keeps::There => false,
                        Keeps::Later => away.days.first < began(strip, &period),
                    };
                    let Some(days) = period.days().common(away.days) else {
                        continue;
                    };
                    let area = away.area;
                    self.notes.push(Note {
                        scheme: *scheme,
                        from: days.first,
                        to: days.last,
                        event: away.event,
                        what: Remark::DoubledElsewhere { area, here },
                    });
                    if here {
                        continue;
                    }
                    let begins = Reason::CoveredElsewhere { area };
                    let over = away.over.unwrap_or(away.event);
                    let hold = Hold {
                        days,
                        begins: Boundary::lawful(begins, away.event, basis),
                        ends: Some(Boundary::lawful(
                            Reason::ElsewhereOver { area },
                            over,
                            basis,
                        )),
                    };
                    rest(strip, &hold);
                }
            }
        }
    }

    /// Lets a scheme give way on days on which one before it gives benefits.
    fn give_way(&mut self, strips: &mut BTreeMap<Scheme, Strip>) {
        let order = exclusive(self.law, strips.keys().copied());
        for (at, scheme) in order.iter().enumerate() {
            for by in &order[..at] {
                let firsts = strips
                    .get(by)
                    .map(|strip| strip.0.clone())
                    .unwrap_or_default();
                let Some(strip) = strips.get_mut(scheme) else {
                    continue;
                };
                for first in firsts.iter().filter(|one| one.state == CoverState::Active) {
                    let basis = self.law.schemes.get(scheme).and_then(|law| {
                        rules::double_cover(law, first.first).map(|(_, basis)| basis.clone())
                    });
                    let over = first
                        .ends
                        .as_ref()
                        .map_or(first.begins.event, |ends| ends.event);
                    let boundary = |reason, event| Boundary {
                        reason,
                        event,
                        basis: basis.clone(),
                    };
                    let event = first.begins.event;
                    for days in overlaps(strip, first) {
                        self.notes.push(Note {
                            scheme: *scheme,
                            from: days.first,
                            to: days.last,
                            event,
                            what: Remark::Doubled { by: *by },
                        });
                    }
                    let hold = Hold {
                        days: first.days(),
                        begins: boundary(Reason::Doubled { by: *by }, event),
                        ends: Some(boundary(Reason::DoubleOver { by: *by }, over)),
                    };
                    let gives = |one: &CoverPeriod| one.state == CoverState::Active;
                    rest_where(strip, &hold, gives);
                }
            }
        }
    }
}

/// The first day of the cover without a stop that a period belongs to.
fn began(strip: &Strip, period: &CoverPeriod) -> Date {
    let mut first = period.first;
    let stopped = |one: &CoverPeriod| {
        matches!(
            one.begins.reason,
            Reason::Stopped { .. } | Reason::GapUnpaid { .. }
        )
    };
    while let Some(earlier) = strip.at(before(first)) {
        if stopped(earlier) || earlier.first >= first {
            break;
        }
        first = earlier.first;
    }
    first
}

/// Days on which both give benefits.
fn overlaps(strip: &Strip, first: &CoverPeriod) -> Vec<Days> {
    let active = strip.0.iter().filter(|one| one.state == CoverState::Active);
    active
        .filter_map(|one| one.days().common(first.days()))
        .collect()
}

/// Schemes that exclude one another, the one that gives benefits first.
///
/// Where the law is silent it is the order in which schemes are listed: nobody has benefits twice.
pub(super) fn exclusive(
    law: &policy::AreaPolicy,
    schemes: impl Iterator<Item = Scheme>,
) -> Vec<Scheme> {
    let mut topics = law.schemes.values().flat_map(|scheme| &scheme.enrolments);
    let stated = topics.find_map(|topic| match &topic.versions.last()?.value {
        Some(policy::EnrolmentRule::DoubleCover(double)) => Some(double.order.clone()),
        _ => None,
    });
    let medical = [Scheme::Employee, Scheme::Resident, Scheme::RetiredCadre];
    stated.unwrap_or_else(|| schemes.filter(|scheme| medical.contains(scheme)).collect())
}

fn rest(strip: &mut Strip, hold: &Hold) {
    rest_where(strip, hold, CoverPeriod::counts);
}

/// Suspends what gives benefits, or would, on the days of a hold.
fn rest_where(strip: &mut Strip, hold: &Hold, which: impl Fn(&CoverPeriod) -> bool) {
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
