//! 欺诈类规则，按编号。

mod f001_split_stay;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[&f001_split_stay::RULE];
