//! 政策类规则，按编号。

mod p002_drug_setting;
mod p003_drug_hospital_level;
mod p004_drug_indication;
mod p005_drug_course;
mod p026_inactive_cover;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &p002_drug_setting::RULE,
    &p003_drug_hospital_level::RULE,
    &p004_drug_indication::RULE,
    &p005_drug_course::RULE,
    &p026_inactive_cover::RULE,
];
