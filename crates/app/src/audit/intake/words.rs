//! Words of the house in the codes that rules compare.

use jiff::civil::DateTime;
use lines::{Care, Day, ItemKind, Level, Moment};
use policy::CatalogueItem;
use terms::{CareType, Grade, InstitutionKind, Scheme};

use crate::Institution;

/// The national two digits of a care type; unknown where there are none (医疗类别).
pub const fn care_of(care: CareType) -> Care {
    Care(match care {
        CareType::GeneralOutpatient | CareType::InternetVisit | CareType::TwoDiseases => 11,
        CareType::RegistrationFee => 12,
        CareType::Emergency | CareType::EmergencyRescue | CareType::Observation => 13,
        CareType::ChronicOutpatient | CareType::SpecialOutpatient => 14,
        CareType::SeparateDrug => 18,
        CareType::AccidentOutpatient => 19,
        CareType::Inpatient | CareType::SingleDisease => 21,
        CareType::AccidentInpatient => 22,
        CareType::DaySurgery | CareType::DayWard => 28,
        CareType::Pharmacy => 41,
        CareType::MaternityOutpatient | CareType::PrenatalCheck => 51,
        CareType::MaternityInpatient => 52,
        CareType::FamilyPlanning => 53,
        CareType::HomeBed => 71,
        CareType::LongTermCare => 0,
    })
}

/// The national code of a scheme; 0 where the dictionary of insurances has none (险种类型).
pub const fn insurance_of(scheme: Scheme) -> u16 {
    match scheme {
        Scheme::Employee => 310,
        Scheme::Resident => 390,
        Scheme::RetiredCadre => 340,
        Scheme::Maternity => 510,
        // 410 is work injury in the dictionary.
        Scheme::LongTermCare => 0,
    }
}

/// The level of an institution as rules compare it; a pharmacy has none (医院等级).
///
/// Township and community centres count as primary: limits to primary institutions mean them too.
pub fn level_of(institution: &Institution) -> Level {
    if institution.kind == InstitutionKind::Pharmacy {
        return Level(0);
    }
    Level(match institution.grade {
        Grade::Tertiary => 3,
        Grade::Secondary => 2,
        Grade::Primary | Grade::Community => 1,
        Grade::Village | Grade::Ungraded => 9,
    })
}

/// What an item is; herbal slices are known by the T of their code (目录类别).
pub fn kind_of(item: &CatalogueItem) -> ItemKind {
    match item.kind {
        terms::ItemKind::Drug if item.code.as_str().starts_with('T') => ItemKind::Herb,
        terms::ItemKind::Drug => ItemKind::Drug,
        terms::ItemKind::Service => ItemKind::Service,
        terms::ItemKind::Supply => ItemKind::Supply,
    }
}

/// The code of a kind in the national list types; empty where it is not known (目录类别代码).
pub(in crate::audit) const fn kind_code(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Drug => "101",
        ItemKind::Herb => "102",
        ItemKind::Service => "201",
        ItemKind::Supply => "301",
        ItemKind::Unknown => "",
    }
}

/// A civil time as the audit counts it, to the second (时刻).
pub fn moment_of(time: DateTime) -> Moment {
    let clock = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60;
    let clock = clock + i32::from(time.second());
    let begin = Day::from_date(time.date()).begin();
    Moment(begin.0.saturating_add(u32::try_from(clock).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_stay_of_the_insurer_is_a_stay_to_rules_or_has_a_code_of_its_own() {
        for care in CareType::ALL.iter().filter(|care| care.is_stay()) {
            let code = care_of(*care);
            assert!(
                code.is_stay() || [13, 28, 71].contains(&code.0),
                "{care}：{code}"
            );
        }
    }

    #[test]
    fn a_civil_time_keeps_its_second() {
        let time: DateTime = "2025-01-05T13:35:57.250".parse().unwrap();
        assert_eq!(moment_of(time).to_string(), "2025-01-05 13:35:57");
    }
}
