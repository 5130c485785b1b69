use enrolment::register::{Entry, Register};
use enrolment::timeline::{CoverFacts, CoverPeriod, Timeline, timeline};
use store::CoverageRow;
use terms::AreaCode;

use crate::{Error, Law};

/// The rows of the periods that the facts of cover make under the law (参保时间线).
///
/// # Errors
/// A refusal where this service holds no policy for the area.
pub(super) fn coverage(
    law: &Law,
    area: AreaCode,
    believed: &[&Entry],
) -> Result<Vec<CoverageRow>, Error> {
    let timeline = timeline_of(law, area, believed)?;
    let mut rows: Vec<CoverageRow> = timeline.periods.iter().map(row).collect();
    rows.sort_by(|a, b| (&a.scheme, a.starts_on).cmp(&(&b.scheme, b.starts_on)));
    Ok(rows)
}

/// Refuses a register in which an entry from a number on can not stand.
///
/// What was taken over with contradictions stays as it is: nothing follows from it.
///
/// # Errors
/// A refusal that names the event, its day and why.
pub(super) fn refuse_impossible(
    law: &Law,
    area: AreaCode,
    register: &Register,
    first_new: i64,
) -> Result<(), Error> {
    let timeline = timeline_of(law, area, &register.current())?;
    let mut issues = timeline.issues.iter();
    match issues.find(|issue| issue.event >= first_new) {
        Some(issue) => Err(Error::refused("impossible_event", issue.to_string())),
        None => Ok(()),
    }
}

fn timeline_of(law: &Law, area: AreaCode, believed: &[&Entry]) -> Result<Timeline, Error> {
    Ok(timeline(&CoverFacts::of(believed), law.area(area)?))
}

fn row(period: &CoverPeriod) -> CoverageRow {
    CoverageRow {
        scheme: period.scheme.word().to_owned(),
        starts_on: period.first,
        ends_on: period.last,
        category: period.category.word().to_owned(),
        state: period.state.word().to_owned(),
        reason: period.begins.sentence(),
        county: period.county,
        employer: period
            .employer
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    }
}
