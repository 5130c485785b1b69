//! 因病致贫返贫预警：每月列出、推送、收回反馈。
//!
//! A month's list is made from the bills alone ([`App::run_watch`]) and kept with the bills behind
//! every person; made again, it is the same. What the bureaus decide comes back as a file
//! ([`App::answer_watch`]): recognised people go through the intake of lists like any other
//! identity, the others are noted.
//!
//! [`App::run_watch`]: crate::App::run_watch
//! [`App::answer_watch`]: crate::App::answer_watch

mod answer;
mod export;
mod facts;
mod run;
mod view;

pub use answer::{Answered, UnknownAnswer};
pub use view::{WatchDetail, WatchMonth, WatchPerson, WatchState};
