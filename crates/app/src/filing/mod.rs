//! 备案与认定：申请、审核、生效、撤销，以及结算时怎样看待。
//!
//! A filing is what somebody applied for in a person's name. It is decided once: at once where the
//! law lets the institution decide, else by the agency. Only a filing that counts makes a fact of
//! the register, and only those facts reach a settlement.

mod accident;
mod applied;
mod counted;
mod designation;
mod detail;
mod folder;
mod kind;
mod list;
mod non_local;
mod recognition;
mod referral;
mod review;
mod submit;

pub(crate) use counted::{Place, concluded, counted, covers};
pub use detail::{
    AccidentFinding, Agent, Applied, FilingDetail, FilingStep, Injury, Named, filing_detail,
};
pub use kind::{Conclusion, FilingClass, FilingState};
pub use list::{Filing, FilingCounts, FilingPage};
pub use review::{Approval, Verdict};
pub use submit::{Withdraw, file, withdraw};
