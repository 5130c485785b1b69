//! 追溯码类规则，按编号。

mod t001_code_sold_twice;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[&t001_code_sold_twice::RULE];
