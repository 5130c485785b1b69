//! 数据清洗：逐人自查、两两比对，疑点成为工作清单，逐条处理。
//!
//! A pass over the register ([`App::clean`]) looks at every person alone and at pairs that share a
//! key, and keeps what it finds as findings. The same finding keeps its id from run to run; what a
//! later run no longer finds is closed. A clerk decides ([`App::decide_finding`]).
//!
//! [`App::clean`]: crate::App::clean
//! [`App::decide_finding`]: crate::App::decide_finding

mod decide;
mod joined;
mod keep;
mod merge;
mod pairs;
mod run;
mod told;

pub use decide::Decision;
pub use enrolment::cleaning::{Check, Limits};
pub use run::Cleaned;
pub use store::{
    CleaningRunRow, FindingCount, FindingDecisionRow, FindingFilter, FindingRow, MergeRow, RunCount,
};
pub use told::{Side, Told};

use crate::Error;

/// The limits that are shipped with the program (清洗阈值).
///
/// # Errors
/// [`Error::Bug`] where the shipped file is not one.
pub fn shipped_limits() -> Result<Limits, Error> {
    limits_of(include_str!("../../../../catalogues/cleaning.json"))
        .map_err(|cause| Error::Bug(format!("the shipped limits: {cause}")))
}

/// Limits from the text of a file.
///
/// # Errors
/// A refusal that names what does not belong there.
pub fn limits_of(text: &str) -> Result<Limits, Error> {
    serde_json::from_str(text)
        .map_err(|cause| Error::refused("limits_unreadable", format!("清洗阈值无法读取：{cause}")))
}
