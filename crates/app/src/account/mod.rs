//! 个人账户：划入、计息结转、冻结、共济、代缴、继承、转出。
//!
//! What is decided in `enrolment::account` is recorded here: money moves by
//! [`store::AccountChange`] and a ledger batch in one commit, with a row in the account's events
//! that makes it happen once.
//! Runs over everybody go person by person in number order and may be broken off and begun again.

mod bases;
mod credit;
mod event;
mod exit;
mod freeze;
mod grant;
mod inherit;
mod interest;
mod premium;
mod purses;
mod read;
mod run;

pub use bases::{BaseFault, BasesRead};
pub use exit::{LeaveAsk, Left, RefundAsk};
pub use grant::{GrantAsk, Granted};
pub use inherit::{HeirAsk, Inheritance, Proposed};
pub use premium::{PremiumAsk, PremiumPaid};
pub(crate) use purses::{Returned, family_changes, family_kinds, purses};
pub use read::{AccountFile, AccountGrant};
pub use run::{Problem, RunDone};
