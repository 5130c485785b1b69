//! What holds for every discharge, however odd.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use grouping::dip::assign;
use grouping::formula::parse;
use grouping::{
    DipScheme, Discharge, DrgScheme, NO_DRG, Severity, Upcoding, explain, group, what_if,
};
use proptest::prelude::*;
use terms::Sex;

fn catalogue(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../catalogues")
        .join(name)
}

static DRG: LazyLock<DrgScheme> = LazyLock::new(|| {
    lawbook::load_drg(&catalogue("drg/example"), None)
        .unwrap()
        .scheme
});
static DIP: LazyLock<DipScheme> =
    LazyLock::new(|| lawbook::load_dip(&catalogue("dip/example")).unwrap().scheme);

/// Codes that rules know, codes they do not, and what is no code at all.
fn code() -> impl Strategy<Value = String> {
    let known = [
        "I63.900",
        "I61.900",
        "J18.900",
        "P07.300",
        "S72.000",
        "S06.000",
        "O80.000",
        "N40.x00",
        "C50.900",
        "E11.900",
        "A41.900",
        "J96.000",
        "i10.X00",
        " K35.800 ",
        "R05.x00",
        "B20.x00",
    ];
    prop_oneof![
        6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        2 => "[A-Z][0-9]{2}\\.[0-9x]{1,3}",
        1 => "\\PC{0,12}",
    ]
}

fn procedure() -> impl Strategy<Value = String> {
    let known = [
        "41.0400", "96.7201", "31.1x00", "47.0100", "85.4300", "85.8500", "13.4100", "13.7100",
        "99.2500", "99.1500", "36.0600", "31.1X00", "88.5500",
    ];
    prop_oneof![
        6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

/// A discharge that owns its codes.
#[derive(Debug, Clone)]
struct Owned {
    numbers: Numbers,
    principal: Option<String>,
    others: Vec<String>,
    procedures: Vec<String>,
}

type Numbers = (
    Option<bool>,
    Option<u16>,
    Option<u32>,
    Option<u32>,
    Option<i32>,
    Option<u8>,
);

impl Owned {
    fn discharge(&self) -> Discharge<'_> {
        let (male, years, days, weight, stay, status) = self.numbers;
        Discharge {
            sex: male.map(|male| if male { Sex::Male } else { Sex::Female }),
            age_years: years,
            age_days: days,
            birth_weight_g: weight,
            stay_days: stay,
            discharge_status: status,
            principal: self.principal.as_deref(),
            others: self.others.iter().map(String::as_str).collect(),
            procedures: self.procedures.iter().map(String::as_str).collect(),
            ..Discharge::default()
        }
    }
}

fn owned() -> impl Strategy<Value = Owned> {
    let numbers = (
        proptest::option::weighted(0.95, any::<bool>()),
        proptest::option::weighted(0.95, prop_oneof![Just(0), 0..120_u16, any::<u16>()]),
        proptest::option::weighted(0.8, prop_oneof![0..40_u32, any::<u32>()]),
        proptest::option::weighted(0.6, prop_oneof![1400..2600_u32, any::<u32>()]),
        proptest::option::weighted(0.9, prop_oneof![-1..90_i32, any::<i32>()]),
        proptest::option::of(any::<u8>()),
    );
    let parts = (
        numbers,
        proptest::option::weighted(0.97, code()),
        proptest::collection::vec(code(), 0..8),
        proptest::collection::vec(procedure(), 0..5),
    );
    parts.prop_map(|(numbers, principal, others, procedures)| Owned {
        numbers,
        principal,
        others,
        procedures,
    })
}

proptest! {
    #[test]
    fn every_discharge_gets_a_group_or_a_reason(case in owned()) {
        let discharge = case.discharge();
        let grouped = group(&DRG, &discharge);
        prop_assert_eq!(grouped.refusal.is_some(), grouped.drg == NO_DRG);
        prop_assert!(!explain(&grouped).is_empty());
        prop_assert_eq!(&group(&DRG, &discharge), &grouped);
        let assigned = assign(&DIP, &discharge);
        prop_assert_eq!(assigned.refusal.is_some(), assigned.dip.is_empty());
        prop_assert_eq!(assign(&DIP, &discharge), assigned);
    }

    #[test]
    fn the_order_of_secondary_diagnoses_changes_nothing(case in owned(), turn in 0..8_usize) {
        let mut turned = case.clone();
        let by = turn.min(turned.others.len());
        turned.others.rotate_left(by);
        turned.others.reverse();
        let (one, other) = (case.discharge(), turned.discharge());
        let (one_drg, other_drg) = (group(&DRG, &one), group(&DRG, &other));
        prop_assert_eq!(one_drg.drg, other_drg.drg);
        prop_assert_eq!(one_drg.adrg, other_drg.adrg);
        prop_assert_eq!(one_drg.severity, other_drg.severity);
        prop_assert_eq!(one_drg.refusal, other_drg.refusal);
        let (one_dip, other_dip) = (assign(&DIP, &one), assign(&DIP, &other));
        prop_assert_eq!(one_dip.dip, other_dip.dip);
        prop_assert_eq!(one_dip.auxiliary, other_dip.auxiliary);
    }

    #[test]
    fn a_duplicate_of_a_secondary_diagnosis_changes_no_group(case in owned()) {
        let mut doubled = case.clone();
        doubled.others.extend(case.others.clone());
        prop_assert_eq!(group(&DRG, &case.discharge()).drg, group(&DRG, &doubled.discharge()).drg);
    }

    #[test]
    fn one_more_diagnosis_never_lowers_the_severity(case in owned(), more in code()) {
        let discharge = case.discharge();
        let tried = what_if(&DRG, &discharge, &more);
        prop_assert!(tried.after.severity >= tried.before.severity);
        let rises = tried.before.weight < tried.after.weight && tried.before.weight.is_some();
        let warned = matches!(tried.warning, Some(Upcoding::WeightRaised { .. }));
        prop_assert_eq!(rises, warned);
    }

    #[test]
    fn rules_are_read_or_refused_with_the_place(text in "[A-Z()&|!<>=0-9{}, .∩]{0,40}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.at >= 1 && error.at <= text.chars().count() + 1);
            prop_assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn any_text_is_a_rule_or_not(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }
}

#[test]
fn brackets_without_end_are_refused() {
    let deep = "(".repeat(100_000);
    assert!(parse(&deep).unwrap_err().message.contains("层"));
    let negated = "!".repeat(100_000);
    assert!(parse(&negated).is_err());
}

/// The work grows with the codes, not with codes times rules, and remarks stay few.
#[test]
fn a_million_procedures_are_one_case() {
    let unknown: Vec<String> = (0..1_000_000).map(|number| format!("Z{number}")).collect();
    let mut procedures: Vec<&str> = unknown.iter().map(String::as_str).collect();
    procedures.push("96.7201");
    procedures.push("31.1x00");
    let discharge = Discharge {
        sex: Some(Sex::Male),
        age_years: Some(60),
        principal: Some("J18.900"),
        procedures,
        ..Discharge::default()
    };
    // The pre-group asks for a valid main procedure, and the main one here is no code.
    let grouped = group(&DRG, &discharge);
    assert_eq!(
        (grouped.mdc, grouped.adrg, grouped.drg),
        ("MDCE", "ES1", "ES15")
    );
    assert!(grouped.notes.len() < 20, "{} notes", grouped.notes.len());
    let assigned = assign(&DIP, &discharge);
    assert_eq!(assigned.dip, "PRE01");
    assert!(assigned.notes.iter().all(|note| note.len() < 300));
}

#[test]
fn one_more_diagnosis_that_pays_is_warned_about() {
    let discharge = Discharge {
        sex: Some(Sex::Female),
        age_years: Some(60),
        principal: Some("J18.900"),
        ..Discharge::default()
    };
    let tried = what_if(&DRG, &discharge, "A41.900");
    assert_eq!((tried.before.drg, tried.after.drg), ("ES15", "ES11"));
    let warning = tried.warning.unwrap();
    assert!(warning.to_string().contains("A41.900"));
    assert_eq!(tried.after.severity, Severity::Mcc);
    // The same, where the principal diagnosis excludes it: nothing changes, nothing is said.
    let excluded = what_if(&DRG, &discharge, "J96.000");
    assert_eq!((excluded.after.drg, excluded.warning), ("ES15", None));
    // A secondary diagnosis that moves the case to another category by itself.
    let nothing = Discharge {
        principal: Some("Z47.000"),
        procedures: vec!["99.2500"],
        ..discharge.clone()
    };
    assert!(what_if(&DRG, &nothing, "A41.900").warning.is_none());
}
