//! 追溯码类规则，按编号。

mod t001_code_sold_twice;
mod t002_code_far_apart;
mod t003_sold_without_code;
mod t004_code_count;
mod t005_malformed_code;
mod t006_code_of_another_drug;
mod t007_code_never_received;
mod t008_shipped_elsewhere;
mod t009_split_pack_exceeded;
mod t010_expired_or_recalled;
mod t011_sold_before_received;
mod t012_code_of_impossible_person;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &t001_code_sold_twice::RULE,
    &t002_code_far_apart::RULE,
    &t003_sold_without_code::RULE,
    &t004_code_count::RULE,
    &t005_malformed_code::RULE,
    &t006_code_of_another_drug::RULE,
    &t007_code_never_received::RULE,
    &t008_shipped_elsewhere::RULE,
    &t009_split_pack_exceeded::RULE,
    &t010_expired_or_recalled::RULE,
    &t011_sold_before_received::RULE,
    &t012_code_of_impossible_person::RULE,
];
