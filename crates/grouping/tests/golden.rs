//! Every case of the made-up schemes comes out as worked out by hand.

use std::path::Path;

#[test]
fn every_discharge_comes_out_in_its_group() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/grouping");
    let report = golden::run_grouping(&cases);
    let faults = report.faults.iter().map(ToString::to_string);
    let wrong: Vec<String> = faults.chain(report.differences).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(report.played > 60, "{} discharges", report.played);
}
