use enrolment::Step;
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use crate::Error;

/// One step of an explanation as it is kept: the sentence, and the law by key and date (计算步骤).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedStep {
    /// 名称.
    pub name: String,
    /// The step as a sentence.
    pub sentence: String,
    /// The policy key behind it.
    pub key: Option<Word>,
    /// Since when that value holds.
    pub effective: Option<Date>,
}

/// An explanation as the store keeps it.
pub(super) fn to_text(trace: &[Step]) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Line<'a> {
        name: &'a str,
        sentence: &'a str,
        key: Option<&'a Word>,
        effective: Option<Date>,
    }
    let lines: Vec<Line<'_>> = trace
        .iter()
        .map(|step| Line {
            name: step.name,
            sentence: &step.sentence,
            key: step.basis.as_ref().map(|basis| &basis.key),
            effective: step.basis.as_ref().map(|basis| basis.effective),
        })
        .collect();
    serde_json::to_string(&lines).map_err(|cause| Error::Bug(format!("a trace: {cause}")))
}

impl SavedStep {
    /// Reads a kept explanation.
    ///
    /// # Errors
    /// [`Error::Bug`] where the text was not written by this version.
    pub fn read(text: &str) -> Result<Vec<Self>, Error> {
        serde_json::from_str(text).map_err(|cause| Error::Bug(format!("a trace: {cause}")))
    }
}
