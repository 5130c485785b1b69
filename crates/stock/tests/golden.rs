//! Every case under `cases/stock` comes out.

use std::path::Path;

#[test]
fn every_case_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let report = golden::run(&root.join("policy"), &root.join("cases/stock"));
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
    assert!(report.cases.len() > 30, "{} cases", report.cases.len());
}
