//! Clearing and payment: statements of a month, what adjusts them, orders, bank files.
//!
//! One [`ClearingCommit`] is one transaction. A statement, an adjustment or an order moves only
//! from the state it was read in, so two of them about one follow each other. Bills enter
//! statements in bulk, when a month is built.

mod build;
mod check;
mod commit;
mod payment;
mod read;
pub(crate) mod rows;
mod sums;
mod transfers;

pub use build::{BuildPlan, Candidate, Composed, Gathered, Makers, MonthBuilt};
pub use check::{ClearingDiffers, ClearingSums};
pub use commit::{
    AdjustmentBooked, AdjustmentMoved, ApplicationMoved, ClearingCommit, ObjectionMoved,
    OrderMoved, StatementMoved,
};
pub(crate) use commit::{finish, write as write_clearing};
pub use payment::{BankFileRow, BankReceiptLineRow, BankReceiptRow, PayeeRow, PaymentOrderRow};
pub(crate) use payment::{FILES, ORDERS, PAYEES, RECEIPT_LINES, RECEIPTS};
pub use read::{AdjustmentFilter, BillShown, OrderFilter, StatementFilter};
pub use rows::{
    AdjustmentRow, ApplicationRow, ObjectionRow, StatementBillRow, StatementEventRow, StatementRow,
};
pub use sums::{FlowRow, SettlementSums};
