//! 欺诈类规则，按编号。

mod f001_split_stay;
mod f002_overlapping_stays;
mod f003_elsewhere_during_stay;
mod f004_hanging_bed;
mod f005_low_threshold_admission;
mod f006_after_death;
mod f007_two_places;
mod f008_swiped_in_a_burst;
mod f009_companions;
mod f010_visits_too_often;
mod f011_up_to_the_ceiling;
mod f012_upcoding;
mod f013_phantom_person;
mod f014_shared_phone;
mod f015_cloned_visits;
mod f016_holiday_admissions;
mod f017_doctor_volume;
mod f018_year_end_rush;
mod f019_equal_in_a_row;
mod f020_drug_shopping;
mod f021_doctor_drug;
mod f022_village_batch;
mod f023_mean_cost_outlier;
mod f024_item_spend_jump;
mod f025_in_custody_or_abroad;
mod f026_admission_rate_outlier;
mod f027_sold_without_goods;
mod f028_terminal_moved;
mod f029_account_drained;
mod f030_device_of_many;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &f001_split_stay::RULE,
    &f002_overlapping_stays::RULE,
    &f003_elsewhere_during_stay::RULE,
    &f004_hanging_bed::RULE,
    &f005_low_threshold_admission::RULE,
    &f006_after_death::RULE,
    &f007_two_places::RULE,
    &f008_swiped_in_a_burst::RULE,
    &f009_companions::RULE,
    &f010_visits_too_often::RULE,
    &f011_up_to_the_ceiling::RULE,
    &f012_upcoding::RULE,
    &f013_phantom_person::RULE,
    &f014_shared_phone::RULE,
    &f015_cloned_visits::RULE,
    &f016_holiday_admissions::RULE,
    &f017_doctor_volume::RULE,
    &f018_year_end_rush::RULE,
    &f019_equal_in_a_row::RULE,
    &f020_drug_shopping::RULE,
    &f021_doctor_drug::RULE,
    &f022_village_batch::RULE,
    &f023_mean_cost_outlier::RULE,
    &f024_item_spend_jump::RULE,
    &f025_in_custody_or_abroad::RULE,
    &f026_admission_rate_outlier::RULE,
    &f027_sold_without_goods::RULE,
    &f028_terminal_moved::RULE,
    &f029_account_drained::RULE,
    &f030_device_of_many::RULE,
];
