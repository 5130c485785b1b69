//! Typed law as 中文 text for people, one file per group of kinds.

mod amounts;
mod chains;
mod condition;
mod contribution;
mod credit;
mod deductible;
mod difficulty;
mod doubt;
mod enrolment;
mod filing;
mod layer;
mod lines;
mod premium;
mod provider_funds;
mod rendered;
mod rules;
mod waiting;
mod watch;

pub(crate) use amounts::{amount, ratio, scale, series};
pub(crate) use chains::{overlay, waterfall};
pub(crate) use condition::{condition_text, test_title};
pub(crate) use contribution::contribution;
pub(crate) use credit::{credit, exit, interest, sharing};
pub(crate) use deductible::deductible;
pub(crate) use difficulty::difficulty;
pub(crate) use doubt::doubts;
pub(crate) use enrolment::enrolment;
pub(crate) use filing::filing;
pub(crate) use layer::layer;
pub(crate) use lines::items;
pub(crate) use provider_funds::provider_funds;
pub use rendered::{Grid, Rendered};
pub(crate) use rendered::{Legend, choose_row, list};
pub(crate) use rules::{account, allowance, diseases, gates, settings};
pub(crate) use waiting::waiting;
pub(crate) use watch::watch;
