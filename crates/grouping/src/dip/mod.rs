//! DIP: a directory of diagnoses by treatment, made from history and used for assignment.

mod assign;
mod build;
mod choose;
mod compile;
mod explain;
mod expression;
mod output;
mod scheme;
mod spelling;
mod tally;
mod what_if;

pub use assign::assign;
pub use build::{BuildSettings, BuiltDirectory, BuiltRow, build};
pub use explain::{brief, explain};
pub use output::{Auxiliary, DipGrouped};
pub use scheme::DipScheme;
pub use tally::Tally;
pub use what_if::{DipWhatIf, what_if};
