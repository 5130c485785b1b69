//! What filings that count mean for a bill: registration, referral, recognised diseases, accidents.

use jiff::civil::Date;
use serde::Deserialize;
use store::{RecognitionRow, RegistrationRow};
use terms::{AreaCode, CareType, Cause, Locality, Referral, Registration, Word};

use super::Conclusion;
use crate::facts::{VisitInput, spans};

/// What a registration says beside its columns.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    direction: String,
    conclusion: String,
}

/// What the filings that count on the day of admission make of a bill.
pub(crate) struct Counted {
    pub registration: Registration,
    pub referral: Referral,
    pub cause: Cause,
    pub marks: Vec<Word>,
}

/// Where a bill comes from, as filings see it.
pub(crate) struct Place<'a> {
    pub institution: &'a str,
    pub county: AreaCode,
    pub locality: Locality,
}

/// Marks of a visit that are found out anew whenever its bill is decided.
const DERIVED: [&str; 6] = [
    "accident_pending",
    "unrecognised",
    "designated",
    "fault_main",
    "fault_equal",
    "fault_minor",
];

/// Whether a place lies in another: a county, a city, or a province.
pub(crate) fn lies_in(county: AreaCode, place: AreaCode) -> bool {
    county == place || county.city() == place || county.province() == place
}

/// Looks at everything a person has registered, as a bill of a visit there needs it.
pub(crate) fn counted<'r>(
    visit: &VisitInput,
    place: &Place<'_>,
    registrations: &[RegistrationRow],
    mut recognised: impl Iterator<Item = &'r RecognitionRow>,
) -> Counted {
    let day = visit.dates.admission;
    let valid: Vec<&RegistrationRow> = registrations
        .iter()
        .filter(|row| row.state == "valid" && spans(row.starts_on, row.ends_on, day))
        .collect();
    let derived = |mark: &&Word| DERIVED.iter().any(|known| **mark == **known);
    let own = visit.marks.iter().filter(|mark| !derived(mark));
    let mut marks: Vec<Word> = own.cloned().collect();
    let cause = accident(visit, registrations, day, &mut marks);
    let here = |row: &&&RegistrationRow| row.institution == place.institution;
    if valid
        .iter()
        .filter(here)
        .any(|row| row.kind == "designated")
    {
        marks.push(Word::new("designated"));
    }
    if needs_recognition(visit.care) && !recognised.any(|row| serves(row, visit)) {
        marks.push(Word::new("unrecognised"));
    }
    Counted {
        registration: registration(visit.care, place, &valid),
        referral: referral(place, &valid),
        cause,
        marks,
    }
}

const fn needs_recognition(care: CareType) -> bool {
    matches!(
        care,
        CareType::ChronicOutpatient
            | CareType::SpecialOutpatient
            | CareType::TwoDiseases
            | CareType::SeparateDrug
    )
}

/// Whether a recognition in force is one the visit rests on.
fn serves(row: &RecognitionRow, visit: &VisitInput) -> bool {
    match &visit.disease {
        Some(code) => *code == row.code,
        None if visit.care == CareType::SeparateDrug => row.kind == "separate_drug",
        None => true,
    }
}

/// Why the person is treated away from home: the registration for the place. Emergencies count as
/// registered.
fn registration(care: CareType, place: &Place<'_>, valid: &[&RegistrationRow]) -> Registration {
    let elsewhere = matches!(
        place.locality,
        Locality::OtherCity | Locality::OtherProvince
    );
    let known = valid
        .iter()
        .filter(|row| !elsewhere || covers(row, place.institution, place.county));
    let kinds = known.filter_map(|row| row.kind.parse::<Registration>().ok());
    // A stay abroad of home for good outranks a single referral or trip.
    let best = kinds.min_by_key(|kind| match kind {
        Registration::LongTerm => 0,
        Registration::Referred => 1,
        Registration::Emergency => 2,
        Registration::Temporary => 3,
        Registration::None => 4,
    });
    let emergency = matches!(care, CareType::Emergency | CareType::EmergencyRescue);
    match best {
        Some(kind) if kind != Registration::Temporary || !emergency => kind,
        _ if emergency && elsewhere => Registration::Emergency,
        Some(kind) => kind,
        None => Registration::None,
    }
}

/// Whether a registration is about the place: its institution, or an area it lies in.
pub(crate) fn covers(row: &RegistrationRow, institution: &str, county: AreaCode) -> bool {
    if !row.institution.is_empty() && row.institution == institution {
        return true;
    }
    let mut named = row
        .destination
        .split(',')
        .filter(|code| !code.is_empty())
        .peekable();
    if named.peek().is_none() {
        return row.institution.is_empty();
    }
    let lies = |code: &str| code.parse().is_ok_and(|area| lies_in(county, area));
    named.any(lies)
}

/// The direction of the referral that brought the person to the institution.
fn referral(place: &Place<'_>, valid: &[&RegistrationRow]) -> Referral {
    let referred = valid.iter().filter(|row| row.kind == "referred");
    let mut here = referred.filter(|row| row.institution == place.institution);
    here.next().map_or(Referral::None, |row| {
        said(row).direction.parse().unwrap_or(Referral::Up)
    })
}

fn said(row: &RegistrationRow) -> Said {
    serde_json::from_str(&row.detail).unwrap_or_default()
}

/// How the investigation of an accident concluded, where it has (调查结论).
pub(crate) fn concluded(row: &RegistrationRow) -> Option<Conclusion> {
    Conclusion::of(&said(row).conclusion).ok()
}

/// The cause of an injury as its investigation concluded; one not concluded holds the bill.
fn accident(
    visit: &VisitInput,
    registrations: &[RegistrationRow],
    day: Date,
    marks: &mut Vec<Word>,
) -> Cause {
    let injured = matches!(
        visit.cause,
        Cause::Accident | Cause::ThirdParty | Cause::ThirdPartyUnknown
    );
    if !injured {
        return visit.cause;
    }
    let of_accident = |row: &&RegistrationRow| {
        row.kind == "accident" && row.state == "valid" && spans(row.starts_on, row.ends_on, day)
    };
    let mut concluded = registrations.iter().filter(of_accident);
    let conclusion = concluded
        .next_back()
        .map(|row| Conclusion::of(&said(row).conclusion));
    match conclusion {
        Some(Ok(conclusion)) => {
            marks.extend(conclusion.mark());
            conclusion.cause()
        }
        _ => {
            marks.push(Word::new("accident_pending"));
            visit.cause
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policy::CaseDates;

    use super::*;

    const DAY: Date = Date::constant(2024, 11, 15);

    fn visit(care: CareType, cause: Cause) -> VisitInput {
        VisitInput {
            id: "V1".to_owned(),
            scheme: None,
            care,
            cause,
            disease: None,
            diagnoses: Vec::new(),
            marks: vec![Word::new("unrecognised"), Word::new("caesarean")],
            dates: CaseDates::single(DAY),
            use_account: false,
        }
    }

    fn registered(kind: &str, institution: &str, destination: &str) -> RegistrationRow {
        RegistrationRow {
            registration_id: "B1".to_owned(),
            kind: kind.to_owned(),
            starts_on: DAY,
            ends_on: Some(DAY),
            state: "valid".to_owned(),
            institution: institution.to_owned(),
            destination: destination.to_owned(),
            detail: r#"{"direction":"down","conclusion":"fault_main"}"#.to_owned(),
        }
    }

    fn at(county: &str, locality: Locality) -> Place<'static> {
        Place {
            institution: "H1",
            county: county.parse().unwrap(),
            locality,
        }
    }

    fn of(visit: &VisitInput, place: &Place<'_>, rows: &[RegistrationRow]) -> Counted {
        counted(visit, place, rows, std::iter::empty())
    }

    #[test]
    fn a_registration_holds_for_its_places_only() {
        let stay = visit(CareType::Inpatient, Cause::Illness);
        let rows = [registered("long_term", "", "310000,330200")];
        for (county, wanted) in [
            ("310115", Registration::LongTerm),
            ("330203", Registration::LongTerm),
            ("330101", Registration::None),
            ("440100", Registration::None),
        ] {
            let place = at(county, Locality::OtherProvince);
            assert_eq!(of(&stay, &place, &rows).registration, wanted, "{county}");
        }
        // At home it stays what it is: areas decide whether that means less.
        let home = at("421303", Locality::SameCounty);
        assert_eq!(of(&stay, &home, &rows).registration, Registration::LongTerm);
    }

    #[test]
    fn an_emergency_elsewhere_counts_as_registered() {
        let rescue = visit(CareType::EmergencyRescue, Cause::Illness);
        let far = at("440100", Locality::OtherProvince);
        let home = at("421303", Locality::SameCounty);
        assert_eq!(of(&rescue, &far, &[]).registration, Registration::Emergency);
        assert_eq!(of(&rescue, &home, &[]).registration, Registration::None);
    }

    #[test]
    fn a_referral_is_to_one_institution() {
        let stay = visit(CareType::Inpatient, Cause::Illness);
        let home = at("421303", Locality::SameCounty);
        let here = [registered("referred", "H1", "421303")];
        let there = [registered("referred", "H2", "421303")];
        assert_eq!(of(&stay, &home, &here).referral, Referral::Down);
        assert_eq!(of(&stay, &home, &there).referral, Referral::None);
        let mut past = here;
        past[0].ends_on = Some(DAY.yesterday().unwrap());
        past[0].starts_on = DAY.yesterday().unwrap();
        assert_eq!(of(&stay, &home, &past).referral, Referral::None);
    }

    #[test]
    fn marks_found_before_are_found_anew() {
        let home = at("421303", Locality::SameCounty);
        let marks = |care, cause, rows: &[RegistrationRow]| {
            let found = of(&visit(care, cause), &home, rows);
            let words = found.marks.iter().map(ToString::to_string);
            (words.collect::<Vec<_>>(), found.cause)
        };
        let (stay, chronic) = (CareType::Inpatient, CareType::ChronicOutpatient);
        assert_eq!(marks(stay, Cause::Illness, &[]).0, ["caesarean"]);
        assert_eq!(
            marks(chronic, Cause::Illness, &[]).0,
            ["caesarean", "unrecognised"]
        );
        assert_eq!(
            marks(stay, Cause::ThirdParty, &[]),
            (
                vec!["caesarean".to_owned(), "accident_pending".to_owned()],
                Cause::ThirdParty
            )
        );
        let concluded = [registered("accident", "", "")];
        assert_eq!(
            marks(stay, Cause::ThirdParty, &concluded),
            (
                vec!["caesarean".to_owned(), "fault_main".to_owned()],
                Cause::Accident
            )
        );
    }
}
