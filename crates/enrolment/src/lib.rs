//! 参保：缴多少、何时起享受待遇、为什么。
//!
//! Facts about a person and the law of a scheme become what is owed for a fee month, what being
//! late costs, what is paid in at retirement, and the day from which benefits run. The room is
//! pure: time is an argument, the same input gives the same bytes, and every figure is explained
//! by a step of its trace.
//!
//! The picture, contributions: wage or chosen share → bounded base → charges (reliefs by *fee
//! month*, never by the day of payment) → months. Waiting: exemption, or fixed months + variable
//! months − repaired ones, at least the minimum → the first day of benefits.
//!
//! Where to add: a new form of rule is a variant in `policy`, its reader in `lawbook`, and a file
//! in `contribution/` or `waiting/`.

pub mod account;
pub mod cleaning;
pub mod contribution;
pub mod difficulty;
pub mod identity;
mod person;
mod refusal;
pub mod register;
pub mod timeline;
mod trace;
pub mod waiting;
pub mod watch;

pub use person::PersonFacts;
pub use refusal::Refusal;
pub use trace::{Measure, Step};
