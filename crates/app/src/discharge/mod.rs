//! 结算清单：接收、质控、分组、提交、审核、重新分组。
//!
//! A settlement list is the case of one settled stay as its institution reports it. Whatever can be
//! kept is kept: what is wrong with a list is a finding, and a list without group says why. Only a
//! list that belongs to no settlement of the institution is refused.

mod case;
mod change;
mod grouped;
mod kept;
mod list;
mod read;
mod receive;
mod regroup;
mod review;
mod shown;
mod state;

pub use change::change_state;
pub use grouped::{GroupedCase, edition, group_case, read_weight};
pub use kept::{KeptCase, KeptList};
pub use list::{ListDiagnosis, ListProcedure, Sent, SettlementList};
pub use read::{DischargeFile, DischargePage, QualityBoard};
pub use receive::{Received, receive};
pub use regroup::{Changed, InstitutionChange, Regrouped, Scheme};
pub use shown::{GroupTotals, GroupedList, JudgedList, QualityQuery, mean};
pub use state::ListState;
pub use store::{DischargeRow, GroupRow, GroupTally, QualityRow};
