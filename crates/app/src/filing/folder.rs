use jiff::Span;
use jiff::civil::{Date, DateTime};
use policy::{FilingRule, SchemePolicy};
use store::{Context, FilingRow, VisitRow};
use terms::{AreaCode, Scheme};

use super::{Applied, FilingClass, FilingState};
use crate::facts::spans;
use crate::visit::{VisitKind, VisitStatus};
use crate::{App, Error, Institution};

/// A person's papers as an application is looked at (案卷).
pub(super) struct Folder<'a> {
    pub app: &'a App,
    pub area: AreaCode,
    pub at: DateTime,
    /// The institution that files, or nobody at the agency's counter.
    pub institution: Option<&'a Institution>,
    pub context: &'a Context,
    /// What was filed before.
    pub filings: &'a [FilingRow],
    /// Visits of the person.
    pub visits: &'a [VisitRow],
}

impl Folder<'_> {
    pub fn today(&self) -> Date {
        self.at.date()
    }

    /// The scheme a filing is for: the one named, else the one that covers the day.
    pub fn scheme(&self, applied: &Applied) -> Result<Scheme, Error> {
        let name = &self.context.person.name;
        if let Some(death) = self.context.person.death.filter(|day| *day <= self.today()) {
            let message = format!("{name}已于{death}死亡，不能办理备案");
            return Err(Error::refused("dead", message));
        }
        let day = applied.from;
        let covers = |scheme: Scheme| {
            let mut of = self.context.coverage.iter();
            of.any(|row| row.scheme == scheme.word() && spans(row.starts_on, row.ends_on, day))
        };
        match applied.detail.scheme {
            Some(scheme) if covers(scheme) => Ok(scheme),
            Some(scheme) => Err(Error::refused(
                "not_enrolled",
                format!("{name}在{day}没有参加{scheme}"),
            )),
            None => Scheme::ALL
                .iter()
                .copied()
                .find(|scheme| covers(*scheme))
                .ok_or_else(|| Error::refused("not_enrolled", format!("{name}在{day}没有参保"))),
        }
    }

    pub fn law(&self, scheme: Scheme) -> Result<&SchemePolicy, Error> {
        self.app.law.scheme(self.area, scheme)
    }

    /// The rule of a form that is in force today.
    pub fn rule<'l, T>(
        &self,
        law: &'l SchemePolicy,
        class: FilingClass,
        pick: impl Fn(&'l FilingRule) -> Option<T>,
    ) -> Result<T, Error> {
        let in_force = law
            .filings
            .iter()
            .filter_map(|topic| topic.on(self.today()));
        let mut found = in_force.filter_map(|(rule, _)| pick(rule));
        found.next().ok_or_else(|| {
            let message = format!("{}没有{}的规定", self.today(), class.zh());
            Error::refused("no_filing_rule", message)
        })
    }

    /// Refuses a span that is upside down.
    pub fn check_span(from: Date, to: Option<Date>) -> Result<(), Error> {
        match to {
            Some(to) if to < from => Err(Error::refused(
                "bad_span",
                format!("结束日期“{to}”早于开始日期“{from}”"),
            )),
            _ => Ok(()),
        }
    }

    /// Filings of a class that wait or count.
    pub fn standing(&self, class: FilingClass) -> impl Iterator<Item = &FilingRow> {
        let open = |row: &&FilingRow| {
            row.state == FilingState::Pending.word() || row.state == FilingState::Valid.word()
        };
        let of = move |row: &&FilingRow| row.class == class.word();
        self.filings.iter().filter(of).filter(open)
    }

    /// The first day it may count from: today, or the admission of a stay that is not settled yet
    /// where the law lets a late filing reach back (补办追溯到入院).
    ///
    /// `concerns` says whether the stay is one the filing is about.
    pub fn begin(
        &self,
        asked: Date,
        from_admission: bool,
        concerns: impl Fn(&VisitRow) -> bool,
    ) -> Result<Date, Error> {
        let unsettled = |row: &&VisitRow| {
            row.kind == VisitKind::Stay.word()
                && (row.status == VisitStatus::Open.word()
                    || row.status == VisitStatus::Discharged.word())
        };
        let stays = self.visits.iter().filter(unsettled);
        let admitted = stays
            .filter(|row| concerns(row))
            .map(|row| row.started_at.date())
            .min()
            .filter(|_| from_admission);
        if let Some(admission) = admitted.filter(|day| *day <= self.today()) {
            return Ok(admission.min(asked));
        }
        if asked < self.today() {
            let why = match from_admission {
                true => "只有尚未结算的住院才能补办",
                false => "不能补办",
            };
            let message = format!("开始日期“{asked}”早于今天{}，{why}", self.today());
            return Err(Error::refused("back_dated", message));
        }
        Ok(asked)
    }

    /// Refuses a change that comes too soon after the last one.
    pub fn check_interval(&self, last: Option<Date>, months: i32, what: &str) -> Result<(), Error> {
        let Some(last) = last else { return Ok(()) };
        let next = later(last, months);
        if self.today() < next {
            let message = format!("{what}已于{last}变更过，{next}起才能再次变更");
            return Err(Error::refused("changed_lately", message));
        }
        Ok(())
    }
}

/// The same day so many months later.
pub(super) fn later(day: Date, months: i32) -> Date {
    day.checked_add(Span::new().months(months))
        .unwrap_or(Date::MAX)
}

/// The last day of a term of months that begins on a day.
pub(super) fn last_of_months(from: Date, months: i32) -> Date {
    let next = later(from, months);
    next.yesterday().unwrap_or(next)
}

/// The last day of so many days that begin on a day.
pub(super) fn last_of_days(from: Date, days: i32) -> Date {
    from.checked_add(Span::new().days(days - 1))
        .unwrap_or(Date::MAX)
}
