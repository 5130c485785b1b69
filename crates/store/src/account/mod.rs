//! Personal accounts beside bills: events, proposals, the bases of credits, runs over everybody.

mod holders;
mod read;
pub(crate) mod record;
pub(crate) mod rows;

pub use holders::AccountHolder;
pub use read::EventTotals;
pub use rows::{AccountBaseRow, AccountEventRow, AccountHold, AccountProposalRow, AccountRunRow};
