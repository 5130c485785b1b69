//! 缴费核定、滞纳金、补缴。
//!
//! [`assess`] says what is owed for one fee month, [`assess_months`] for several, [`correct`] what
//! is to be refunded or paid in after a month was assessed anew, [`late_fee`] what being late
//! costs, [`back_payment`] what somebody who retires too early pays at once. [`premium`] is a
//! resident's year, [`resubsidise`] the same after an identity became known, [`premium_refund`]
//! what is given back of it; [`allocate`] spreads money received over what is open.

mod allocate;
mod amounts;
mod assess;
mod back_payment;
mod base;
mod late_fee;
mod months;
mod premium;
mod refund;
mod relief;

pub use allocate::{Allocation, Both, Open, allocate};
pub use assess::{Assessment, ContributionFacts, Owed, assess};
pub use back_payment::{BackPaid, BackPaymentFacts, back_payment};
pub use late_fee::{LateFacts, LateFeeDue, late_fee};
pub use months::{Correction, assess_months, correct};
pub use premium::{
    Premium, PremiumBefore, PremiumChange, PremiumFacts, Subsidy, premium, resubsidise,
};
pub use refund::{RefundDue, RefundFacts, premium_refund};

pub(crate) use amounts::{amount_of, plausible};
