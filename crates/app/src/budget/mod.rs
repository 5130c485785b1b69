//! 预算指标与执行：协商、月度限额、执行进度、超支机构、约谈。
//!
//! Spending is compared with the quotas of the months so far, which follow the season of the year
//! before, never with twelfths of the target.

mod interview;
mod progress;
mod season;
mod target;

pub use interview::{InterviewHeld, warning_word};
pub use progress::{MonthUse, ProgressLine, Warned};
pub use target::TargetAsked;
