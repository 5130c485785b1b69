//! 缴费核定、滞纳金、补缴。
//!
//! [`assess`] says what is owed for one fee month, [`assess_months`] for several, [`correct`] what
//! is to be refunded or paid in after a month was assessed anew, [`late_fee`] what being late
//! costs, [`back_payment`] what somebody who retires too early pays at once.

mod amounts;
mod assess;
mod back_payment;
mod base;
mod late_fee;
mod months;
mod relief;

pub use assess::{Assessment, ContributionFacts, Owed, assess};
pub use back_payment::{BackPaid, BackPaymentFacts, back_payment};
pub use late_fee::{LateFacts, LateFeeDue, late_fee};
pub use months::{Correction, assess_months, correct};
