//! 政策类规则，按编号。

mod p001_drug_of_another_fund;
mod p002_drug_setting;
mod p003_drug_hospital_level;
mod p004_drug_indication;
mod p005_drug_course;
mod p006_second_line_first;
mod p007_drug_for_children;
mod p008_drug_of_a_specialty;
mod p009_drug_for_rescue;
mod p010_service_setting;
mod p011_service_hospital_level;
mod p012_service_indication;
mod p013_service_course;
mod p014_service_interval;
mod p015_outside_catalogue;
mod p016_price_above_ceiling;
mod p017_item_total_cap;
mod p018_bed_fee_above_standard;
mod p019_single_herb;
mod p020_above_winning_price;
mod p021_drug_mark_up;
mod p022_supply_mark_up;
mod p023_chronic_drug_out_of_scope;
mod p024_chronic_not_registered;
mod p025_separate_drug_unapproved;
mod p026_inactive_cover;
mod p027_third_party_injury;
mod p028_claimed_twice;
mod p029_maternity_under_medical;
mod p030_away_without_registration;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &p001_drug_of_another_fund::RULE,
    &p002_drug_setting::RULE,
    &p003_drug_hospital_level::RULE,
    &p004_drug_indication::RULE,
    &p005_drug_course::RULE,
    &p006_second_line_first::RULE,
    &p007_drug_for_children::RULE,
    &p008_drug_of_a_specialty::RULE,
    &p009_drug_for_rescue::RULE,
    &p010_service_setting::RULE,
    &p011_service_hospital_level::RULE,
    &p012_service_indication::RULE,
    &p013_service_course::RULE,
    &p014_service_interval::RULE,
    &p015_outside_catalogue::RULE,
    &p016_price_above_ceiling::RULE,
    &p017_item_total_cap::RULE,
    &p018_bed_fee_above_standard::RULE,
    &p019_single_herb::RULE,
    &p020_above_winning_price::RULE,
    &p021_drug_mark_up::RULE,
    &p022_supply_mark_up::RULE,
    &p023_chronic_drug_out_of_scope::RULE,
    &p024_chronic_not_registered::RULE,
    &p025_separate_drug_unapproved::RULE,
    &p026_inactive_cover::RULE,
    &p027_third_party_injury::RULE,
    &p028_claimed_twice::RULE,
    &p029_maternity_under_medical::RULE,
    &p030_away_without_registration::RULE,
];
