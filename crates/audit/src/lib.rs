//! 费用审核：对费用明细运行规则，得出疑点。
//!
//! A [`Rule`] is data and a small function that names a [`Kernel`]; a [`Plan`] is all rules made
//! ready for one batch of `lines`; [`scan`] runs the plan and returns findings. The room is pure:
//! it reads no file and starts no thread. A caller with threads cuts the people into ranges and
//! joins the sheets; any cut gives the same findings.
//!
//! `README.md` beside this crate has the picture and says how to add a rule.

mod by_item;
mod conclude;
mod deduct;
mod desk;
mod evidence;
mod finding;
mod kernel;
pub mod kernels;
mod knowledge;
pub mod library;
mod params;
mod plan;
mod rule;
mod rules;
mod scan;
mod sheet;
mod spot;
mod tally;
mod trial;

pub use by_item::{ByItem, Entry, Terms};
pub use deduct::{Deduction, deduct_once};
pub use desk::{Citations, Desk, matcher};
pub use finding::{Fact, Finding, Hit, Target};
pub use kernel::{Kernel, Person, Provider};
pub use knowledge::Knowledge;
pub use params::Params;
pub use plan::{Plan, Planned};
pub use rule::{Built, Category, Grain, Parameter, Phase, Rule, Strength, Waits};
pub use rules::{all_rules, find_rule};
pub use scan::{scan, scan_persons, scan_telling};
pub use sheet::Sheet;
pub use spot::Spot;
pub use tally::{Tallies, Tally};
