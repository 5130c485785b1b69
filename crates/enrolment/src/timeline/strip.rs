//! The periods of one scheme while they are made: what comes later is painted over what was.

use terms::Date;

use super::boundary::{Boundary, Reason};
use super::period::CoverPeriod;

/// Periods of one scheme in order, without overlap.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip(pub Vec<CoverPeriod>);

/// Days from one to another; open where nothing ends them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub first: Date,
    pub last: Option<Date>,
}

impl Days {
    pub const fn from(first: Date) -> Self {
        Self { first, last: None }
    }

    pub const fn between(first: Date, last: Date) -> Self {
        Self {
            first,
            last: Some(last),
        }
    }

    fn is_empty(self) -> bool {
        self.last.is_some_and(|last| last < self.first)
    }

    /// Days in both; nothing where there are none.
    pub fn common(self, other: Self) -> Option<Self> {
        let last = match (self.last, other.last) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        let days = Self {
            first: self.first.max(other.first),
            last,
        };
        (!days.is_empty()).then_some(days)
    }
}

impl CoverPeriod {
    pub(super) const fn days(&self) -> Days {
        Days {
            first: self.first,
            last: self.last,
        }
    }
}

/// The day before; the first day of all has none.
pub(super) fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// The day after; the last day of all has none.
pub(super) fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

impl Strip {
    /// The period that has a day.
    pub fn at(&self, day: Date) -> Option<&CoverPeriod> {
        self.0.iter().find(|period| period.has(day))
    }

    /// Takes days out; what is left of them on either side says why.
    pub fn cut(&mut self, days: Days, ends: &Boundary, begins: &Boundary) {
        if days.is_empty() {
            return;
        }
        let mut kept = Vec::with_capacity(self.0.len() + 1);
        for period in self.0.drain(..) {
            if period.days().common(days).is_none() {
                kept.push(period);
                continue;
            }
            if period.first < days.first {
                kept.push(CoverPeriod {
                    last: Some(before(days.first)),
                    ends: Some(ends.clone()),
                    ..period.clone()
                });
            }
            if let Some(last) = days.last
                && period.last.is_none_or(|own| last < own)
            {
                kept.push(CoverPeriod {
                    first: after(last),
                    begins: begins.clone(),
                    ..period
                });
            }
        }
        self.0 = kept;
    }

    /// Lays a period over what was there.
    pub fn paint(&mut self, period: CoverPeriod) {
        if period.days().is_empty() {
            return;
        }
        let over = period.ends.as_ref().unwrap_or(&period.begins);
        self.cut(period.days(), &period.begins, over);
        let at = self.0.partition_point(|other| other.first < period.first);
        self.0.insert(at, period);
    }

    /// Changes the periods, or parts of them, that lie within some days.
    pub fn alter(
        &mut self,
        days: Days,
        (begins, ends): (&Boundary, Option<&Boundary>),
        which: impl Fn(&CoverPeriod) -> bool,
        change: impl Fn(&mut CoverPeriod),
    ) {
        let found: Vec<CoverPeriod> = self.0.iter().filter(|one| which(one)).cloned().collect();
        for mut period in found {
            let Some(part) = period.days().common(days) else {
                continue;
            };
            let shortened = part.last != period.last;
            period.first = part.first;
            period.last = part.last;
            period.begins = begins.clone();
            if shortened {
                period.ends = ends.cloned().or(period.ends);
            }
            change(&mut period);
            self.paint(period);
        }
    }

    /// Puts together what a wait divided that is no more.
    pub fn join_waits(&mut self) {
        self.0.dedup_by(|later, earlier| {
            let waited = matches!(later.begins.reason, Reason::WaitOver);
            let same = earlier.state == later.state
                && earlier.category == later.category
                && earlier.employer == later.employer
                && earlier.county == later.county;
            let meets = earlier.last.is_some_and(|last| after(last) == later.first);
            let joins = meets && same && (waited || later.begins == earlier.begins);
            if joins {
                earlier.last = later.last;
                earlier.ends = later.ends.clone();
            }
            joins
        });
    }

    /// The last day before another on which the person took part.
    pub fn last_counted(&self, before_day: Date) -> Option<Date> {
        let earlier = self
            .0
            .iter()
            .filter(|one| one.counts() && one.first < before_day);
        let last = |one: &CoverPeriod| match one.last {
            Some(last) if last < before_day => last,
            _ => before(before_day),
        };
        earlier.map(last).max()
    }

    /// Whether the person took part on any of the days.
    pub fn counted(&self, days: Days) -> bool {
        self.0
            .iter()
            .any(|one| one.counts() && one.days().common(days).is_some())
    }
}
