//! 参保时间线：何时参加什么、何时享受待遇、每一处变化的原因。
//!
//! [`Event`]s say what happened or was paid; [`timeline`] takes them in order of day and number and
//! lays what the law makes of them over what was, one strip of periods per scheme. Absence, arrears
//! and double cover lie over the strips in the end, death closes them. Every [`Boundary`] carries
//! its reason and its law; an event that can not stand is an [`Issue`] and changes nothing.
//!
//! Where to add: a new event is a variant of [`Event`] and a branch in the file of its subject; a
//! new rule is a form of `policy::EnrolmentRule` or `policy::WaitingRule`.

mod admit;
mod arrears;
mod boundary;
mod double;
mod event;
mod facts;
mod membership;
mod migrated;
mod moves;
mod note;
mod overlay;
mod period;
mod personal;
mod promises;
mod refund;
mod retire;
mod rules;
mod strip;
mod track;
mod weave;
mod years;

pub use boundary::{Boundary, Reason};
pub use event::{Dated, Event};
pub use facts::{CoverFacts, Held, Migrated};
pub use note::{Issue, Note, Remark};
pub use period::{CoverPeriod, Timeline};
pub use rules::{Window, season};
pub use weave::timeline;

#[cfg(test)]
mod tests;
