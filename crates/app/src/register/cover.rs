use enrolment::register::{Entry, Fact};
use store::CoverageRow;
use terms::AreaCode;

use crate::{Error, Law};

/// The periods of cover that the facts of cover make under the law (参保时间线).
///
/// # Errors
/// A refusal where the events contradict one another.
pub(super) fn coverage(
    _law: &Law,
    _area: AreaCode,
    believed: &[&Entry],
) -> Result<Vec<CoverageRow>, Error> {
    let period = |entry: &&Entry| match &entry.fact {
        Fact::Period {
            scheme,
            category,
            state,
            county,
            employer,
            reason,
        } => Some(CoverageRow {
            scheme: scheme.word().to_owned(),
            starts_on: entry.from,
            ends_on: entry.to,
            category: category.word().to_owned(),
            state: state.word().to_owned(),
            reason: reason.clone(),
            county: *county,
            employer: employer.clone(),
        }),
        _ => None,
    };
    let mut rows: Vec<CoverageRow> = believed.iter().filter_map(period).collect();
    rows.sort_by(|a, b| (&a.scheme, a.starts_on).cmp(&(&b.scheme, b.starts_on)));
    Ok(rows)
}
