//! Payment by method: what methods pay of months, what cases count, and the clearing of years.

mod cases;
mod read;
pub(crate) mod rows;
mod write;

pub use cases::{CaseFilter, CaseRow};
pub use read::{AnnualFilter, CaseValueFilter, MethodMonthFilter};
pub(crate) use rows::{ANNUAL_CLEARINGS, ANNUAL_PARTS, CASE_VALUES, METHOD_MONTHS};
pub use rows::{AnnualClearingRow, AnnualPartRow, CaseValueRow, MethodMonthRow};
pub(crate) use write::record;
pub use write::{AnnualMoved, MethodCommit};
