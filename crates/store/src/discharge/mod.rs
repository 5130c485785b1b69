//! Settlement lists, what the checks found in them, and the groups they fell into.

mod counts;
mod groups;
mod lists;
pub(crate) mod record;
mod row;
pub(crate) mod table;

pub use counts::{FindingTally, GroupTally, ListTally};
pub use row::{DischargeChange, DischargeFilter, DischargeRow, GroupFilter, GroupRow, QualityRow};
