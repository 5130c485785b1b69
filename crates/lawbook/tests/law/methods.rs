//! Payment methods: what is shipped loads and is sourced, and faults name file and key.

use std::fs;

use lawbook::{FaultKind, load_methods, load_policy};
use payment::{Method, ParameterState};
use terms::{CareType, Grade, InstitutionKind, Scheme};

use crate::common;

const GOOD: &str = r#"title: 住院点数法
scheme: employee
scope: {care: [inpatient], grades: [secondary]}
versions:
  - year: 2024
    version: 1
    effective: 2024-01-01
    state: approved
    monthly: {ratio: "85%"}
    pool: {base_years: 1, budget: {amount: "50000.00"}}
    method:
      drg_points:
        parameters:
          n_min: 5
          cv_max: "1"
          low: "0.4"
          high_steps: [{up_to: "100", multiple: "3"}, {up_to: null, multiple: "2"}]
          coef_weights: ["0.7", "0.3"]
          coef_clamp: ["0.7", "1.3"]
          share: {keep: "0.85", bear: "0.15"}
    source: {document: 测试文件, article: 第一条}
    checked: 2026-11-22
"#;

/// The faults of a policy folder with these payment files, each as kind, line and key.
fn faults_of(files: &[(&str, &str)]) -> Vec<(FaultKind, usize, String)> {
    let folder = common::laid_over_base(&common::root().join("cases/policy/base"));
    let below = folder.path().join("area/990200/payment");
    fs::create_dir_all(&below).unwrap();
    for (name, text) in files {
        fs::write(below.join(name), text).unwrap();
    }
    let book = load_policy(folder.path()).unwrap();
    let Err(faults) = load_methods(folder.path(), &book) else {
        return Vec::new();
    };
    let each = faults.into_iter();
    each.map(|fault| (fault.kind, fault.line, fault.key))
        .collect()
}

#[test]
fn everything_shipped_loads_and_says_where_it_is_written() {
    let folder = common::root().join("policy");
    let book = load_policy(&folder).unwrap();
    let methods = load_methods(&folder, &book).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    });
    assert!(methods.arrangements.len() >= 12);
    for one in &methods.arrangements {
        for (version, basis) in one.versions.iter().zip(&one.bases) {
            assert!(!basis.document.is_empty(), "{}", basis.place);
            let fictional = one.area.get() == 990_100;
            let approved = version.state == ParameterState::Approved;
            assert_eq!(
                approved, fictional,
                "{}: only drafts are assumed",
                basis.place
            );
            assert_eq!(basis.assumed.is_none(), fictional, "{}", basis.place);
        }
    }
    let area = "990100".parse().unwrap();
    let hospital = payment::Traits {
        code: "H1".to_owned(),
        kind: InstitutionKind::Hospital,
        grade: Grade::Tertiary,
    };
    let day = "2024-06-30".parse().unwrap();
    let place = (area, Scheme::Resident);
    let found = methods
        .covering(place, &hospital, CareType::Inpatient, day)
        .unwrap();
    let (version, _) = found.on(day).unwrap().unwrap();
    assert!(matches!(version.method, Method::Dip { .. }));
    let pharmacy = methods.covering(place, &hospital, CareType::Pharmacy, day);
    assert_eq!(pharmacy, None);
}

#[test]
fn a_good_file_has_no_fault_and_changes_nothing_else() {
    assert_eq!(faults_of(&[("inpatient.yaml", GOOD)]), []);
}

#[test]
fn every_fault_names_the_key_it_is_about() {
    let parameters = "versions[0].method.drg_points.parameters";
    for (from, to, kind, key) in [
        (
            "scheme: employee",
            "scheme: retired_cadre",
            FaultKind::Misplaced,
            "scheme".to_owned(),
        ),
        (
            "scheme: employee",
            "scheme: workers",
            FaultKind::UnknownWord,
            "scheme".into(),
        ),
        (
            "[inpatient]",
            "[hotel]",
            FaultKind::UnknownWord,
            "scope.care[0]".into(),
        ),
        (
            "drg_points:",
            "guessing:",
            FaultKind::UnknownWord,
            "versions[0].method.guessing".into(),
        ),
        (
            "n_min: 5",
            "n_max: 5",
            FaultKind::UnknownKey,
            format!("{parameters}.n_max"),
        ),
        (
            "          n_min: 5\n",
            "",
            FaultKind::MissingField,
            parameters.into(),
        ),
        (
            "n_min: 5",
            "n_min: -5",
            FaultKind::OutOfUnit,
            format!("{parameters}.n_min"),
        ),
        (
            "low: \"0.4\"",
            "low: 0.4",
            FaultKind::Unquoted,
            format!("{parameters}.low"),
        ),
        (
            "low: \"0.4\"",
            "low: \"x\"",
            FaultKind::OutOfUnit,
            format!("{parameters}.low"),
        ),
        (
            "low: \"0.4\"",
            "low: \"3\"",
            FaultKind::OutOfUnit,
            format!("{parameters}.high_steps"),
        ),
        (
            "[\"0.7\", \"0.3\"]",
            "[\"0.7\", \"0.4\"]",
            FaultKind::OutOfUnit,
            format!("{parameters}.coef_weights"),
        ),
        (
            "multiple: \"2\"}]",
            "multiple: [2]}]",
            FaultKind::WrongType,
            format!("{parameters}.high_steps[1].multiple"),
        ),
        (
            "ratio: \"85%\"",
            "ratio: \"185%\"",
            FaultKind::OutOfUnit,
            "versions[0].monthly.ratio".into(),
        ),
        (
            "amount: \"50000.00\"",
            "amount: \"0.00\"",
            FaultKind::OutOfUnit,
            "versions[0]".into(),
        ),
        (
            "    monthly: {ratio: \"85%\"}\n",
            "",
            FaultKind::OutOfUnit,
            "versions[0]".into(),
        ),
        (
            "    source: {document: 测试文件, article: 第一条}\n",
            "",
            FaultKind::NoSource,
            "versions[0]".into(),
        ),
        (
            "effective: 2024",
            "effective: 2023",
            FaultKind::DateOrder,
            "versions[0]".into(),
        ),
        (
            "state: approved",
            "state: done",
            FaultKind::UnknownWord,
            "versions[0].state".into(),
        ),
    ] {
        let bent = GOOD.replacen(from, to, 1);
        assert_ne!(bent, GOOD, "{from}");
        let found = faults_of(&[("inpatient.yaml", &bent)]);
        let found: Vec<(FaultKind, &str)> = found
            .iter()
            .map(|(kind, _, key)| (*kind, key.as_str()))
            .collect();
        assert_eq!(found, [(kind, key.as_str())], "{to}");
    }
}

#[test]
fn two_methods_for_the_same_care_are_a_fault_unless_one_names_the_institution() {
    let both = [("a.yaml", GOOD), ("b.yaml", GOOD)];
    let found = faults_of(&both);
    assert_eq!(found[0].0, FaultKind::Overlap);
    let named = GOOD.replace("grades: [secondary]", "only: [\"H1\"]");
    assert_eq!(faults_of(&[("a.yaml", GOOD), ("b.yaml", &named)]), []);
    let other = GOOD.replace("[inpatient]", "[day_ward]");
    assert_eq!(faults_of(&[("a.yaml", GOOD), ("b.yaml", &other)]), []);
}
