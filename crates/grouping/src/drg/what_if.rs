use std::fmt;

use money::Ratio;
use serde::Serialize;

use super::{DrgScheme, group};
use crate::discharge::Discharge;
use crate::formula::Severity;
use crate::output::Grouped;

/// What one more diagnosis would change (模拟), and whether the change looks like upcoding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf<'a> {
    /// As it is.
    pub before: Grouped<'a>,
    /// With the diagnosis.
    pub after: Grouped<'a>,
    /// Why somebody should ask for the record.
    pub warning: Option<Upcoding>,
}

/// A diagnosis that pays: a reason to look at the record, not a verdict (疑似高套).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Upcoding {
    /// The weight rises.
    WeightRaised {
        /// The diagnosis.
        diagnosis: String,
        /// Weight before.
        from: Ratio,
        /// Weight after.
        to: Ratio,
    },
    /// No weights are known, and the same group is entered at a higher level.
    SeverityRaised {
        /// The diagnosis.
        diagnosis: String,
        /// Level before.
        from: Severity,
        /// Level after.
        to: Severity,
    },
    /// The score with its auxiliary factor rises.
    ScoreRaised {
        /// The diagnosis.
        diagnosis: String,
    },
    /// A case without a good group gets one.
    GroupGained {
        /// The diagnosis.
        diagnosis: String,
        /// The group.
        drg: String,
    },
}

impl fmt::Display for Upcoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeightRaised { diagnosis, .. } => write!(
                f,
                "仅增加诊断{diagnosis}就提高了权重，请核对病历是否有检查和治疗依据，避免高套"
            ),
            Self::SeverityRaised {
                diagnosis,
                from,
                to,
            } => write!(
                f,
                "仅增加诊断{diagnosis}就由{from}变为{to}并进入更高的细分组，请核对病历，避免高套"
            ),
            Self::ScoreRaised { diagnosis } => write!(
                f,
                "仅增加诊断{diagnosis}就提高了分值，请核对病历是否有检查和治疗依据，避免高套"
            ),
            Self::GroupGained { diagnosis, drg } => write!(
                f,
                "仅增加诊断{diagnosis}就由未入组或歧义变为{drg}，请核对病历，避免高套"
            ),
        }
    }
}

/// Groups a discharge as it is and with one more secondary diagnosis (模拟分组).
pub fn what_if<'a>(
    scheme: &'a DrgScheme,
    discharge: &Discharge<'a>,
    diagnosis: &'a str,
) -> WhatIf<'a> {
    let before = group(scheme, discharge);
    let after = group(scheme, &discharge.with_diagnosis(diagnosis));
    let warning = warn(&before, &after, diagnosis.trim());
    WhatIf {
        before,
        after,
        warning,
    }
}

fn warn(before: &Grouped<'_>, after: &Grouped<'_>, diagnosis: &str) -> Option<Upcoding> {
    let diagnosis = diagnosis.to_owned();
    if before.drg == after.drg || !after.is_grouped() {
        return None;
    }
    if !before.is_grouped() {
        let drg = after.drg.to_owned();
        return Some(Upcoding::GroupGained { diagnosis, drg });
    }
    if let (Some(from), Some(to)) = (before.weight, after.weight) {
        let raised = Upcoding::WeightRaised {
            diagnosis,
            from,
            to,
        };
        return (to > from).then_some(raised);
    }
    let (from, to) = (before.severity, after.severity);
    let raised = Upcoding::SeverityRaised {
        diagnosis,
        from,
        to,
    };
    (to > from).then_some(raised)
}
