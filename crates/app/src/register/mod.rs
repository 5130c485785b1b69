//! 登记册：登记变更、现状、追溯差额。

mod actor;
mod change;
mod cover;
mod history;
mod opening;
mod project;
mod record;
mod reopen;
mod rows;

pub use actor::Actor;
pub use change::{Change, Changed, Preview};
pub use history::{HistoryLine, HouseholdMember};
pub use project::project;
pub use record::PersonRecord;
pub(crate) use rows::register_of;
