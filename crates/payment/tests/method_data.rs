//! Methods of an area and year are read from data, and written as they were read.
#![allow(clippy::unwrap_used)]

use payment::{Method, MethodVersion, Refusal, in_force};
use terms::Scheme;

const VERSIONS: &str = r#"[
  {"area": "330200", "scheme": "employee", "year": 2025, "version": 1,
   "effective": "2025-01-01", "state": "approved",
   "case_year": "discharge",
   "monthly": {"ratio": "85%", "basis": "items"},
   "pool": {"budget": {"amount": "50000.00"}, "base_years": 1},
   "method": {"drg_points": {
     "parameters": {
       "n_min": 5, "cv_max": "1", "low": "0.4",
       "high_steps": [{"up_to": "100.0000", "multiple": "3"}, {"up_to": null, "multiple": "2"}],
       "coef_weights": ["0.7", "0.3"], "coef_clamp": ["0.7000", "1.3000"],
       "same_price_groups": ["G01"], "readmission": {"window": 15, "factor": "0.5"},
       "share": {"keep": "0.85", "bear": "0.15"}, "variant": "B"},
     "modifiers": {"tcm": {"beta": "0.2", "cap": "30%"}, "new_technology": null,
       "key_discipline": "5%", "cap_after_bonus": true}}}},
  {"area": "330200", "scheme": "employee", "year": 2025, "version": 2,
   "effective": "2025-01-01", "state": "draft",
   "case_year": "settlement",
   "method": {"prepayment": {"ratio": "85%"}}},
  {"area": "330200", "scheme": "resident", "year": 2025, "version": 1,
   "effective": "2025-01-01", "state": "approved",
   "case_year": "discharge",
   "method": {"single_disease": {"quotas": {"阑尾炎": "5200.00"},
     "patient_share": "30%", "patient_pays": "on_quota", "exit_ratio": "1.5"}}}
]"#;

fn read(text: &str) -> Vec<MethodVersion> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn what_was_read_is_written_alike() {
    let written = serde_json::to_value(read(VERSIONS)).unwrap();
    let original: serde_json::Value = serde_json::from_str(VERSIONS).unwrap();
    assert_eq!(written, original);
}

#[test]
fn a_newer_draft_is_no_law() {
    let versions = read(VERSIONS);
    let (area, on) = ("330200".parse().unwrap(), "2025-06-30".parse().unwrap());
    let law = in_force(&versions, area, Scheme::Employee, on).unwrap();
    assert_eq!(law.version, 1);
    let drafts = &versions[1..];
    let refused = in_force(drafts, area, Scheme::Employee, on).unwrap_err();
    assert!(matches!(refused, Refusal::NotApproved { .. }), "{refused}");
    let simulated = payment::simulated(&versions, area, Scheme::Employee, on).unwrap();
    assert_eq!(simulated.version, 2);
    let resident = in_force(&versions, area, Scheme::Resident, on).unwrap();
    assert!(matches!(resident.method, Method::SingleDisease { .. }));
}

#[test]
fn unknown_parameters_and_methods_are_faults() {
    for (from, to) in [
        ("\"drg_points\"", "\"guessing\""),
        ("\"n_min\": 5,", "\"n_min\": 5, \"n_max\": 9,"),
        ("\"cv_max\": \"1\"", "\"cv_max\": \"one\""),
        (
            "\"ratio\": \"85%\"}}",
            "\"ratio\": \"85%\", \"share\": \"85%\"}}",
        ),
    ] {
        let bent = VERSIONS.replacen(from, to, 1);
        assert!(
            serde_json::from_str::<Vec<MethodVersion>>(&bent).is_err(),
            "{to}"
        );
    }
}
