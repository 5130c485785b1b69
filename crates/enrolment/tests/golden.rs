//! Every case about contributions and waiting comes out to the fen and to the day.
//!
//! `UPDATE=1 cargo test -p enrolment --test golden` writes what came out into the files, to be
//! read in the diff.

use std::path::Path;

#[test]
fn every_case_comes_out_to_the_fen_and_to_the_day() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for room in [
        "cases/contribution",
        "cases/enrolment",
        "cases/account",
        "cases/difficulty",
    ] {
        let (cases, policy) = (root.join(room), root.join("policy"));
        let report = if std::env::var_os("UPDATE").is_some() {
            golden::update(&policy, &cases)
        } else {
            golden::run(&policy, &cases)
        };
        let faults = report.faults.iter().map(ToString::to_string);
        let differences = report.differing().flat_map(|case| {
            let events = case.events.iter().flat_map(|event| &event.differences);
            let shown = events.map(|difference| format!("  {difference}"));
            std::iter::once(format!("{} {}", case.file, case.name)).chain(shown)
        });
        let wrong: Vec<String> = faults.chain(differences).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(report.cases.len() > 30, "{} cases", report.cases.len());
    }
}
