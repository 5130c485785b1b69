//! 按支付办法：月度支付、病例点数、年度清算。
//!
//! A month's bills are paid as the area's methods say: what a method does not pay now is held by an
//! adjustment ([`App::value_month`](crate::App::value_month)). Cases get their points from the
//! group of their list, and every change of a value says what changed
//! ([`App::value_cases`](crate::App::value_cases)). At the end of a year the pool is shared, and
//! the difference to what was paid becomes an adjustment when a second person approves
//! ([`App::clear_year`](crate::App::clear_year)).

mod annual;
mod approved;
mod cases;
mod change;
mod dip;
mod drg;
mod facts;
mod means;
mod month;
mod quota;

pub use annual::AnnualCleared;
pub use cases::ValuedCases;
pub use facts::ThroughYear;
pub use month::ValuedMonth;
pub use quota::YearTarget;

use money::Fen;
use payment::{Refusal, Step};

use crate::Error;

/// What a case counts and would be paid (病例价值).
struct Worth {
    /// In ten-thousandths.
    points: i64,
    class: &'static str,
    estimate: Fen,
    trace: Vec<Step>,
}

/// An institution's part of a pool.
struct Part {
    institution: String,
    points: i64,
    items: Fen,
    others: Fen,
    entitlement: Fen,
    payment: Fen,
    trace: Vec<Step>,
}

/// A pool as it was shared.
struct Shared {
    items: Fen,
    pool: Fen,
    points: i64,
    /// To four places, for display.
    point_value: String,
    parts: Vec<Part>,
    /// One per case in their order; none for a case the method cannot price.
    worths: Vec<Option<Worth>>,
}

/// What the room refuses, as a refusal of ours.
fn refused(refusal: &Refusal) -> Error {
    Error::refused(refusal.code(), refusal.to_string())
}

/// Steps as they are kept.
fn kept(steps: &[Step]) -> String {
    serde_json::to_string(steps).expect("steps are plain text")
}
