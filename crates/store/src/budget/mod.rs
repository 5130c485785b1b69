//! Yearly targets of institutions, what they spend, and talks about it.

pub(crate) mod rows;
mod use_of;

pub use rows::{InterviewRow, TargetRow};
pub use use_of::SpentRow;
