//! Every case under `cases/payment` comes out to the fen and to the fourth place.

use std::path::Path;

#[test]
fn every_case_comes_out_to_the_fen_and_to_the_fourth_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let report = golden::run(&root.join("policy"), &root.join("cases/payment"));
    for skipped in &report.skipped {
        println!("{} {}: {}", skipped.id, skipped.name, skipped.reason);
    }
    let faults = report.faults.iter().map(ToString::to_string);
    let differences = report.differing().flat_map(|case| {
        let events = case.events.iter().flat_map(|event| &event.differences);
        let shown = events.map(|difference| format!("  {difference}"));
        std::iter::once(format!("{} {}", case.file, case.name)).chain(shown)
    });
    let wrong: Vec<String> = faults.chain(differences).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(report.cases.len() > 130, "{} cases", report.cases.len());
}
