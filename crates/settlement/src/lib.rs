//! 待遇结算：一张账单由谁付多少、为什么。
//!
//! One bill and the law in force become an [`Outcome`] or a [`Refusal`]. The room is pure: facts
//! and policy are complete before the call, the same input gives the same bytes, and every amount
//! in the outcome is explained by a step of its trace.
//!
//! The picture, one file per arrow in `steps/`:
//! bill → checked lines → open gates → lines split into 自费/超限价/先行自付/政策范围内 → chain of
//! layers (each: base → prior share → fee caps → deductible → rates → floor → payment caps) →
//! accounts → cash → counters. [`assess`] is that chain on one screen.

mod allowance;
mod assess;
mod counter;
mod input;
mod invariants;
mod output;
mod refusal;
mod reverse;
mod steps;
mod trace;
mod working;

pub use allowance::{AllowanceFacts, AllowanceOutcome, allowance};
pub use assess::{assess, situation, split_lines};
pub use counter::{Counter, CounterChange, CounterKey, Counters, PeriodKey};
pub use input::{Bill, InstitutionFacts, Line, PersonFacts, Purse, VisitFacts, Withheld};
pub use output::{
    AccountDraw, Booked, FundShare, LayerShare, LineReason, LineSplit, Outcome, OwnMoney,
    SelfPaidReason,
};
pub use refusal::{Issue, Refusal};
pub use reverse::{LaterBill, Reversal, reverse};
pub use trace::{Labelled, Step, StepKind};
