//! Employers, assessments, receipts, refunds: the money that comes in.
//!
//! One [`ContributionCommit`] is one transaction; the owners it names are checked against the
//! version that was read, so two of them about one owner follow each other.

mod check;
mod commit;
mod people;
mod read;
pub(crate) mod rows;
pub(crate) mod shape;
mod sums;

pub use check::{BooksDiffer, ContributionSums};
pub use commit::{ContributionCommit, LineMoved, MonthPaid, RefundMoved};
pub use people::{ResidentRow, StaffFacts};
pub use read::{DueFilter, DueRow};
pub use rows::{
    AllocationRow, EmployerMonthRow, EmployerRow, LateFeeRow, MonthLineRow, PaidPeriodRow,
    PremiumRow, ReceiptFileRow, ReceiptLineRow, RefundRow, StaffRow, WageRow,
};
pub use sums::{MonthSums, ReceiptSums};
