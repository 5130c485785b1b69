//! The runner of grouping cases sees what differs and names what is wrong with a file.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use golden::{GroupingReport, run_grouping};

fn played(cases: &str) -> GroupingReport {
    let folder = tempfile::tempdir().unwrap();
    let scheme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogues/drg/example");
    let text = format!("drg: {}\ncases:\n{cases}", scheme.display());
    fs::write(folder.path().join("case.yaml"), text).unwrap();
    run_grouping(folder.path())
}

#[test]
fn what_differs_is_said_with_its_name() {
    let report = played(
        "  - {name: 肺炎, given: {sex: 1, age_years: 3, principal_dx: J18.900},\n     \
         expect: {drg: ES11, says: [没有这句]}}\n  \
         - {name: 性别不明, given: {age_years: 3, principal_dx: J18.900}, expect: {mdc: \"0000\"}}\n",
    );
    assert_eq!(report.played, 2);
    assert_eq!(report.differences.len(), 3, "{:?}", report.differences);
    assert!(report.differences[0].contains("肺炎：drg 期望 ES11 实得 ES15"));
    assert!(report.differences[1].contains("应说“没有这句”"));
    assert!(report.differences[2].contains("性别不明：refusal 期望 （无） 实得 unknown_sex"));
}

#[test]
fn unknown_fields_are_faults() {
    let report = played("  - {name: 甲, givn: {}, expect: {}}\n");
    let said: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|fault| fault.contains("不认识“givn”")),
        "{said:?}"
    );
}
