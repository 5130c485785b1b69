//! 医疗类规则，按编号。

mod c001_drug_sex;
mod c002_service_sex;
mod c003_service_age;
mod c004_vocational_training_age;
mod c005_contraindicated;
mod c006_daily_dose;
mod c007_supply_days;
mod c008_early_refill;
mod c009_same_class_twice;
mod c010_drug_interaction;
mod c011_incompatible_herbs;
mod c012_herb_dose;
mod c013_too_many_infusions;
mod c014_prophylaxis_too_long;
mod c015_special_antibiotic_no_culture;
mod c016_imaging_repeated;
mod c017_fixed_lab_package;
mod c018_tumour_markers;
mod c019_screening_repeated;
mod c020_dialysis_too_often;
mod c021_dialysis_parts;
mod c022_rehab_items;
mod c023_tcm_therapies;
mod c024_anaesthesia_alone;
mod c025_stent_without_antiplatelet;
mod c026_stent_without_stay;
mod c027_adjuvant_share;
mod c028_parenteral_nutrition;
mod c029_equivalent_tests;
mod c030_unrelated_treatment;

use crate::Rule;

/// In the order of ids.
pub(super) const RULES: &[&Rule] = &[
    &c001_drug_sex::RULE,
    &c002_service_sex::RULE,
    &c003_service_age::RULE,
    &c004_vocational_training_age::RULE,
    &c005_contraindicated::RULE,
    &c006_daily_dose::RULE,
    &c007_supply_days::RULE,
    &c008_early_refill::RULE,
    &c009_same_class_twice::RULE,
    &c010_drug_interaction::RULE,
    &c011_incompatible_herbs::RULE,
    &c012_herb_dose::RULE,
    &c013_too_many_infusions::RULE,
    &c014_prophylaxis_too_long::RULE,
    &c015_special_antibiotic_no_culture::RULE,
    &c016_imaging_repeated::RULE,
    &c017_fixed_lab_package::RULE,
    &c018_tumour_markers::RULE,
    &c019_screening_repeated::RULE,
    &c020_dialysis_too_often::RULE,
    &c021_dialysis_parts::RULE,
    &c022_rehab_items::RULE,
    &c023_tcm_therapies::RULE,
    &c024_anaesthesia_alone::RULE,
    &c025_stent_without_antiplatelet::RULE,
    &c026_stent_without_stay::RULE,
    &c027_adjuvant_share::RULE,
    &c028_parenteral_nutrition::RULE,
    &c029_equivalent_tests::RULE,
    &c030_unrelated_treatment::RULE,
];
