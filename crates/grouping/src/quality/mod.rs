//! Quality checks of settlement lists (结算清单质控): is a case fit to be grouped and cleared?
//!
//! Which checks are made and how grave each is, is data ([`QualityRules`]). A check that the data
//! does not name is not made. What grouping itself noticed about codes, sex and weight is taken
//! from its result, so that nothing is looked up twice.

mod check;
mod examine;
mod facts;
mod noted;

pub use check::{Check, Gravity, QualityRules};
pub use examine::{QualityFinding, examine};
pub use facts::ListFacts;
