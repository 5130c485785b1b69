//! 数据清洗：单条记录自查，两条记录比对是否同一人。
//!
//! A [`Record`] is what the register holds of one person. [`doubts`] looks at it alone;
//! [`likeness`] says how alike two of them are, and [`blocking_keys`] which are worth comparing at
//! all. Nothing is decided here: a doubt carries its evidence, and a clerk decides.

mod check;
mod likeness;
mod limits;
mod record;

pub use check::{Check, Doubt, Evidence, doubts};
pub use likeness::{FieldLikeness, Likeness, blocking_keys, likeness};
pub use limits::{Limits, Weights};
pub use record::{CoverSpan, Record, Span};

#[cfg(test)]
mod tests;
