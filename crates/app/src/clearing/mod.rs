//! 清算：清算单、确认、审批、拨付、对账。
//!
//! A month's way from settlements to money: statements are built from bills and from whatever else
//! changes what an institution gets; published, confirmed or objected to, approved by a second
//! person, ordered by a third, paid by the bank, and reconciled. What is posted is decided by
//! `bookkeeping`; a statement moves only from the state it was read in.
//!
//! [`App::propose_adjustment`](crate::App::propose_adjustment) is the one door by which other rooms
//! change what an institution gets.

mod apply;
mod approve;
mod bank_file;
mod board;
mod bridge;
mod build;
mod close;
mod compose;
mod lines;
mod order;
mod payee;
mod posted;
mod propose;
mod publish;
mod receipt;
mod receipt_file;
mod reopened;
mod respond;
mod step;
mod valued;

pub use apply::{Application, Totals};
pub use bank_file::BankFile;
pub use board::{ClearingBoard, PreparedMonth, StateSum, StatementFile};
pub use bookkeeping::book_name;
pub use bridge::{BookBridge, bridges, open_bridge};
pub use close::MonthClosed;
pub use ledger::Transfer;
pub use lines::StatementLine;
pub use order::{NewOrder, STATEMENT};
pub use payee::NewPayee;
pub use propose::NewAdjustment;
pub use receipt::ReceiptDone;
pub use respond::CorrectionAsked;
pub use step::{Done, Which};
pub use valued::{AnnualCleared, ThroughYear, ValuedCases, ValuedMonth, YearTarget};
