//! 个人账户：划入、计息、结转、共济、转出与继承。
//!
//! [`credit`] says what a month adds to an account, [`interest`] what a year earns, [`roll_over`]
//! what becomes historic, [`may_draw`] how much of an owner's account a relative may use,
//! [`share_out`] who pays a sum, and [`inherit`], [`transfer_out`], [`cash_out`] what happens to an
//! account whose owner leaves it. Nothing here moves money: the caller books what is decided.

mod credit;
mod draw;
mod exit;
mod interest;
mod refusal;

pub use credit::{Credit, CreditFacts, Credited, Paid, credit, unpaid};
pub use draw::{
    Allowed, DrawFacts, Payment, Purses, SharedOut, Sponsor, may_draw, share_out, sharing_rule,
    sponsors,
};
pub use exit::{CashOutFacts, Exit, ExitWay, Heir, cash_out, inherit, transfer_out};
pub use interest::{Earned, InterestFacts, Moved, RollOver, interest, roll_over, rolls_over_on};
pub use refusal::AccountRefusal;
