//! 规则核：少数几种看法，承载全部规则。
//!
//! A kernel is a way of looking at lines that many rules share. Each takes knowledge by item and a
//! small function that judges, and gives a [`Kernel`](crate::Kernel) for the fused pass.

mod course;
mod exclusive;
mod line_limit;
mod net;
mod pairs;
mod quantity;
mod stays;
mod tables;
mod trace;
mod visit;

pub use course::{Course, course_of_stay};
pub use exclusive::{Rank, exclusive_per_day};
pub use line_limit::{each_line, each_line_of_all};
pub use net::{cancelled, net};
pub use pairs::{Pair, Within, included, lacking};
pub use quantity::{Cap, Scope, Window, quantity};
pub use stays::{StayPair, consecutive_stays, during_stay};
pub use tables::{in_scope_of, pairs_of};
pub use trace::{each_code, each_stock_row};
pub use visit::{VisitItemSum, each_visit, each_visit_item};
