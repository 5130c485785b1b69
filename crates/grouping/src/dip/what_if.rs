use money::{Exact, ExactError};
use serde::Serialize;

use super::{DipGrouped, DipScheme, assign};
use crate::discharge::Discharge;
use crate::drg::Upcoding;

/// What one more diagnosis would change under a directory (模拟), and whether it looks like
/// upcoding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DipWhatIf<'a> {
    /// As it is.
    pub before: DipGrouped<'a>,
    /// With the diagnosis.
    pub after: DipGrouped<'a>,
    /// Why somebody should ask for the record.
    pub warning: Option<Upcoding>,
}

/// Assigns a discharge as it is and with one more secondary diagnosis (模拟入组).
pub fn what_if<'a>(
    scheme: &'a DipScheme,
    discharge: &Discharge<'_>,
    diagnosis: &str,
) -> DipWhatIf<'a> {
    let before = assign(scheme, discharge);
    let after = assign(scheme, &discharge.with_diagnosis(diagnosis));
    let warning = warn(&before, &after, diagnosis.trim());
    DipWhatIf {
        before,
        after,
        warning,
    }
}

fn warn(before: &DipGrouped<'_>, after: &DipGrouped<'_>, diagnosis: &str) -> Option<Upcoding> {
    let diagnosis = diagnosis.to_owned();
    if after.refusal.is_some() {
        return None;
    }
    if before.refusal.is_some() {
        let drg = after.dip.to_owned();
        return Some(Upcoding::GroupGained { diagnosis, drg });
    }
    let (from, to) = (worth(before)?.ok()?, worth(after)?.ok()?);
    (to > from).then_some(Upcoding::ScoreRaised { diagnosis })
}

/// Score × factor; nothing where the directory carries no scores.
fn worth(grouped: &DipGrouped<'_>) -> Option<Result<Exact, ExactError>> {
    let score = Exact::from(grouped.score?);
    Some(score.times(grouped.factor.into()))
}
