//! Personal accounts beside bills: events, proposals, the bases of credits, runs over everybody.

mod read;
pub(crate) mod record;
pub(crate) mod rows;

pub use read::{AccountHolder, EventTotals};
pub use rows::{AccountBaseRow, AccountEventRow, AccountHold, AccountProposalRow, AccountRunRow};
