//! 进销存类规则，按编号。

mod s001_stock_does_not_tie;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[&s001_stock_does_not_tie::RULE];
