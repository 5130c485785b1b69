//! Every case under `cases/settlement` comes out to the fen.
//!
//! `UPDATE=1 cargo test -p settlement --test golden` writes what came out into the files, to be
//! read in the diff.

use std::path::Path;

#[test]
fn every_case_comes_out_to_the_fen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (cases, policy) = (root.join("cases/settlement"), root.join("policy"));
    let report = if std::env::var_os("UPDATE").is_some() {
        golden::update(&policy, &cases)
    } else {
        golden::run(&policy, &cases)
    };
    for skipped in &report.skipped {
        println!("{} {}: {}", skipped.id, skipped.name, skipped.reason);
    }
    let faults = report.faults.iter().map(ToString::to_string);
    let differences = report.differing().flat_map(|case| {
        let shown = case
            .events
            .iter()
            .enumerate()
            .flat_map(|(position, event)| {
                let each = event.differences.iter();
                each.map(move |difference| format!("  第{}步 {difference}", position + 1))
            });
        std::iter::once(format!("{} {}", case.file, case.name)).chain(shown)
    });
    let wrong: Vec<String> = faults.chain(differences).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!report.cases.is_empty(), "there are cases to play");
}
