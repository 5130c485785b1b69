//! Finds the law of a scheme that is in force on a day.

use std::sync::Arc;

use policy::{
    ArrearsRule, ContributionRule, DoubleCover, EnrolmentRule, LastDay, Provenance, RetirementRule,
    SchemePolicy, Season, SwitchingRule,
};
use terms::Date;

use super::strip::Days;
use crate::Refusal;

/// A rule with its law.
pub(super) type Lawful<'l, T> = (&'l T, &'l Arc<Provenance>);

fn find<'l, T>(
    law: &'l SchemePolicy,
    on: Date,
    pick: impl Fn(&'l EnrolmentRule) -> Option<&'l T>,
) -> Option<Lawful<'l, T>> {
    law.enrolments.iter().find_map(|topic| {
        let (rule, basis) = topic.on(on)?;
        Some((pick(rule)?, basis))
    })
}

/// The window of a paid year (集中参保期), and the law that sets it.
#[derive(Debug, Clone, Copy)]
pub struct Window<'l> {
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// The law; that of the extension where the window stays open longer.
    pub basis: &'l Arc<Provenance>,
}

impl Window<'_> {
    /// Whether a day lies in the window.
    pub fn has(&self, day: Date) -> bool {
        self.opens <= day && day <= self.closes
    }
}

/// The window in which residents pay for a year: the one published with the year's premium, or
/// else the one of every year; an extension of that year counts either way.
pub fn season(year: i16, law: &SchemePolicy) -> Option<Window<'_>> {
    let on = Date::new(year, 1, 1).ok()?;
    let published = law.contributions.iter().find_map(|topic| {
        let found = topic
            .versions
            .iter()
            .find_map(|version| match &version.value {
                Some(ContributionRule::Premium(rule)) if rule.year == year => {
                    Some((rule.season, &version.provenance))
                }
                _ => None,
            });
        found.map(|((opens, closes), basis)| Window {
            opens,
            closes,
            basis,
        })
    });
    let mut window = match published {
        Some(window) => window,
        None => {
            let (season, basis) = season_rule(law, on)?;
            Window {
                opens: season.opens.of(year),
                closes: season.closes.of(year),
                basis,
            }
        }
    };
    for topic in &law.enrolments {
        for version in &topic.versions {
            if let Some(EnrolmentRule::SeasonExtension(extension)) = &version.value
                && extension.year == year
                && extension.closes > window.closes
            {
                window.closes = extension.closes;
                window.basis = &version.provenance;
            }
        }
    }
    Some(window)
}

/// The recurring window; also says that a scheme is paid by the year.
pub(super) fn season_rule(law: &SchemePolicy, on: Date) -> Option<Lawful<'_, Season>> {
    find(law, on, |rule| match rule {
        EnrolmentRule::Season(season) => Some(season),
        _ => None,
    })
}

pub(super) fn leaving(law: &SchemePolicy, on: Date) -> Option<Lawful<'_, LastDay>> {
    find(law, on, |rule| match rule {
        EnrolmentRule::Leaving(day) => Some(day),
        _ => None,
    })
}

pub(super) fn arrears(law: &SchemePolicy, on: Date) -> Result<Lawful<'_, ArrearsRule>, Refusal> {
    let found = find(law, on, |rule| match rule {
        EnrolmentRule::Arrears(arrears) => Some(arrears),
        _ => None,
    });
    found.ok_or_else(|| missing(law, "欠费停保", on))
}

pub(super) fn retirement(
    law: &SchemePolicy,
    on: Date,
) -> Result<Lawful<'_, RetirementRule>, Refusal> {
    let found = find(law, on, |rule| match rule {
        EnrolmentRule::Retirement(retirement) => Some(retirement),
        _ => None,
    });
    found.ok_or_else(|| missing(law, "退休", on))
}

pub(super) fn switching(law: &SchemePolicy, on: Date) -> Option<Lawful<'_, SwitchingRule>> {
    find(law, on, |rule| match rule {
        EnrolmentRule::Switching(switching) => Some(switching),
        _ => None,
    })
}

pub(super) fn double_cover(law: &SchemePolicy, on: Date) -> Option<Lawful<'_, DoubleCover>> {
    find(law, on, |rule| match rule {
        EnrolmentRule::DoubleCover(double) => Some(double),
        _ => None,
    })
}

/// The law by which an absence suspends benefits, where it does.
pub(super) fn absence(
    law: &SchemePolicy,
    on: Date,
    absence: policy::Absence,
) -> Option<&Arc<Provenance>> {
    let found = find(law, on, |rule| match rule {
        EnrolmentRule::Absences(listed) => Some(listed),
        _ => None,
    });
    found
        .filter(|(listed, _)| listed.contains(&absence))
        .map(|(_, basis)| basis)
}

const fn missing(law: &SchemePolicy, what: &'static str, on: Date) -> Refusal {
    Refusal::NoRule {
        scheme: law.scheme,
        what,
        on,
    }
}

/// The days of a paid year.
pub(super) fn days_of(year: i16) -> Option<Days> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(Days::between(first, Date::new(year, 12, 31).ok()?))
}
