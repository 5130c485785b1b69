//! 征缴：工资申报、核定、到账、欠费、退费。
//!
//! Contributions from law to money. What is owed is decided by `enrolment::contribution`, what is
//! posted by `bookkeeping`; here it is loaded, decided and recorded in one commit that names the
//! owners whose money it changes, so that two decisions about one owner follow each other.

mod arrears;
mod assess;
mod board;
mod credit;
mod declare;
mod employer;
mod facts;
mod lines;
mod plan;
mod post;
mod receive;
mod refund;
mod register;
mod saved;
mod season;
mod subsidy;
mod taken;
mod whose;

pub use arrears::Arrear;
pub use assess::{MonthDone, MonthProblem};
pub use board::MonthBoard;
pub use credit::Offset;
pub use declare::WageIssue;
pub use employer::EmployerFile;
pub use lines::{ReceiptIssue, Receipts};
pub use receive::{ReceiptsDone, ReceiptsOptions};
pub use refund::RefundAsked;
pub use register::PaymentsRegistered;
pub use saved::SavedStep;
pub use season::SeasonDone;
