//! 记账规则：业务事件如何入账。
//!
//! Which accounts an event of the business moves, and why. Rooms decide amounts, the ledger keeps
//! transfers; this crate is the only place that knows both, one file per event in `postings/`.
//!
//! The management (accrual) books speak first: a settled bill is owed to the institution at once,
//! long before cash leaves. Codes follow the chart of accounts of the fund books, with an M in
//! front.

mod book;
mod postings;

pub use book::{book_name, book_of};
pub use postings::settled::{Posting, settled};
