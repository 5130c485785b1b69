//! 待遇等待期：等几个月、从哪一天起享受。
//!
//! [`months`] counts the wait of a resident who missed the window or whole years,
//! [`benefit_start`] says from which day benefits run, [`after_break`] does both for employees
//! whose contributions stopped.

mod breaks;
mod missed;

pub(crate) use breaks::day_of;
pub use breaks::{BreakFacts, after_break};
pub use missed::{EnrolFacts, Wait, benefit_start, months};

use money::Ratio;
use serde::Serialize;
use terms::Date;

use crate::Step;

/// From when somebody has benefits, and how the wait was counted (待遇享受起始).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BenefitStart {
    /// 等待期月数.
    pub waiting_months: i32,
    /// 待遇享受起始日.
    pub start: Date,
    /// 待遇享受截止日, where the paid period has an end; before the start there is no benefit.
    pub until: Option<Date>,
    /// The first day of a gap whose costs are paid after the fact (追溯).
    pub retroactive_from: Option<Date>,
    /// Which share of the benefits is paid while waiting.
    pub share_while_waiting: Ratio,
    /// How it was computed.
    pub trace: Vec<Step>,
}
