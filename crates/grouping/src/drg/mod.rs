//! DRG: category, adjacent group, subgroup.

mod check;
mod compile;
mod explain;
mod group;
mod scheme;
mod what_if;

pub use explain::{brief, brief_into, explain};
pub use group::group;
pub use scheme::DrgScheme;
pub use what_if::{Upcoding, WhatIf, what_if};
