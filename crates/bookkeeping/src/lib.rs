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
pub use postings::account::AccountPosting;
pub use postings::account::credited::credited;
pub use postings::account::earned::earned;
pub use postings::account::inherited::{HeirShare, inherited};
pub use postings::account::left::left;
pub use postings::account::premium::premium;
pub use postings::account::refunded::refunded as account_refunded;
pub use postings::clearing::bridge::{Bridge, Flow, bridge};
pub use postings::clearing::class::{benefit_class, fits, is_book, is_cleared};
pub use postings::clearing::management::approved::{Approval, Posted, statement_approved};
pub use postings::clearing::statutory::paid::{Payment, statement_paid};
pub use postings::clearing::statutory::returned::{Again, payment_reissued, payment_returned};
pub use postings::clearing::{Adjusted, Unpostable};
pub use postings::contribution::assessed::assessed;
pub use postings::contribution::late_fee::late_fee;
pub use postings::contribution::offset::offset;
pub use postings::contribution::received::{Rest, matched, received, renamed};
pub use postings::contribution::refunded::{refunded, returned};
pub use postings::contribution::subsidised::subsidised;
pub use postings::contribution::{Levied, Levy};
pub use postings::merged::merged;
pub use postings::procurement::advanced::{advance_paid, advance_returned};
pub use postings::procurement::approved::supplier_owed;
pub use postings::procurement::forfeited::retention_forfeited;
pub use postings::procurement::paid::supplier_paid;
pub use postings::procurement::refunded::supplier_refunded;
pub use postings::procurement::short::{shortfall_met, shortfall_noted};
pub use postings::procurement::{ProviderAmount, SupplierLine};
pub use postings::settled::{Posting, settled};
