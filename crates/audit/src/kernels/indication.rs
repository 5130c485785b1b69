use lines::{Diagnosis, Row};
use regex_lite::Regex;

use crate::kernels::each_line;
use crate::{ByItem, Fact, Kernel, matcher};

/// For which diagnoses an item is payable (限定适应症): prefixes of codes, a pattern of names.
#[derive(Debug, Clone)]
pub struct Indication {
    codes: Vec<String>,
    names: Option<Regex>,
}

impl Indication {
    /// Reads `icd_prefix` and `diagnosis_names`; `None` for a row with neither.
    pub fn of(row: Row<'_>) -> Option<Self> {
        let codes: Vec<String> = row.parts("icd_prefix").map(str::to_owned).collect();
        let names = row.given("diagnosis_names").map(matcher);
        (!codes.is_empty() || names.is_some()).then_some(Self { codes, names })
    }

    fn covers(&self, diagnosis: Diagnosis<'_>) -> bool {
        let starts = |prefix: &String| diagnosis.code.starts_with(prefix.as_str());
        let named = |names: &Regex| names.is_match(diagnosis.name);
        self.codes.iter().any(starts) || self.names.as_ref().is_some_and(named)
    }

    /// A diagnosis without a name can only be held against codes.
    fn can_judge(&self, diagnosis: Diagnosis<'_>) -> bool {
        !self.codes.is_empty() || !diagnosis.name.is_empty()
    }
}

/// Flags lines in scope of which no diagnosis of the visit is covered (超适应症). A visit without
/// a diagnosis is left alone. Facts: the main diagnosis, what is covered.
pub fn indicated(limits: ByItem<Indication>) -> Kernel {
    each_line(limits, |spot, limit| {
        let mut diagnoses = spot.diagnoses();
        let readable = diagnoses.any(|diagnosis| limit.can_judge(diagnosis));
        let covered = spot.diagnoses().any(|diagnosis| limit.covers(diagnosis));
        let first = *spot.data.visits.diagnosis_numbers(spot.visit).first()?;
        let outside = readable && !covered && !spot.in_scope().is_zero();
        let facts = [
            Fact::Diagnosis(first),
            Fact::Cell("diagnosis_names"),
            Fact::Cell("icd_prefix"),
        ];
        outside.then(|| spot.hit(facts))
    })
}
