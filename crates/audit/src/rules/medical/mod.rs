//! 医疗类规则，按编号。

mod c001_drug_sex;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[&c001_drug_sex::RULE];
