//! Cover in two schemes or two areas at once: one gives benefits, the other gives way.

use std::collections::BTreeMap;

use policy::{Elsewhere, Keeps};
use terms::{AreaCode, CoverState, Date, Scheme};

use super::boundary::{Boundary, Reason};
use super::note::{Note, Remark};
use super::overlay::{Hold, rest, rest_where};
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, Strip, before};
use super::weave::Weave;

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
    /// Lets the area that is not kept give way to the other.
    pub(super) fn give_way_elsewhere(&mut self, strips: &mut BTreeMap<Scheme, Strip>) {
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
    pub(super) fn give_way(&mut self, strips: &mut BTreeMap<Scheme, Strip>) {
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
