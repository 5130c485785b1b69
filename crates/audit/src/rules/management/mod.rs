//! 管理类规则，按编号。

mod m001_included_same_day;
mod m002_included_same_visit;
mod m003_included_within_hours;
mod m004_panel_and_member;
mod m005_exact_duplicate;
mod m006_daily_cap;
mod m007_hours_above_24;
mod m008_days_above_stay;
mod m009_nursing_grades;
mod m010_two_beds_a_day;
mod m011_second_incision_full_price;
mod m012_surcharge_without_main;
mod m013_surcharge_repeated;
mod m014_unbundled_parts;
mod m015_without_procedure;
mod m016_without_companion;
mod m017_date_outside_visit;
mod m018_take_home_excess;
mod m019_amount_mismatch;
mod m020_net_negative;
mod m021_code_not_in_force;
mod m022_outside_licence;
mod m023_doctor_unqualified;
mod m024_antibiotic_above_grade;
mod m025_census_above_beds;
mod m026_late_posting;
mod m027_outpatient_in_own_stay;
mod m028_diagnosis_missing;
mod m029_diagnosis_sex_age;
mod m030_test_without_report;
mod m031_equipment_capacity;
mod m032_therapist_minutes;
mod m033_agreement_suspended;
mod m034_both_ends_charged;
mod m035_unit_of_charge;
mod m036_charged_as_dearer;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &m001_included_same_day::RULE,
    &m002_included_same_visit::RULE,
    &m003_included_within_hours::RULE,
    &m004_panel_and_member::RULE,
    &m005_exact_duplicate::RULE,
    &m006_daily_cap::RULE,
    &m007_hours_above_24::RULE,
    &m008_days_above_stay::RULE,
    &m009_nursing_grades::RULE,
    &m010_two_beds_a_day::RULE,
    &m011_second_incision_full_price::RULE,
    &m012_surcharge_without_main::RULE,
    &m013_surcharge_repeated::RULE,
    &m014_unbundled_parts::RULE,
    &m015_without_procedure::RULE,
    &m016_without_companion::RULE,
    &m017_date_outside_visit::RULE,
    &m018_take_home_excess::RULE,
    &m019_amount_mismatch::RULE,
    &m020_net_negative::RULE,
    &m021_code_not_in_force::RULE,
    &m022_outside_licence::RULE,
    &m023_doctor_unqualified::RULE,
    &m024_antibiotic_above_grade::RULE,
    &m025_census_above_beds::RULE,
    &m026_late_posting::RULE,
    &m027_outpatient_in_own_stay::RULE,
    &m028_diagnosis_missing::RULE,
    &m029_diagnosis_sex_age::RULE,
    &m030_test_without_report::RULE,
    &m031_equipment_capacity::RULE,
    &m032_therapist_minutes::RULE,
    &m033_agreement_suspended::RULE,
    &m034_both_ends_charged::RULE,
    &m035_unit_of_charge::RULE,
    &m036_charged_as_dearer::RULE,
];
