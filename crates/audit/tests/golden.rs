//! Every case of the rules comes out as worked out by hand, and every rule has both kinds of case.

use std::path::Path;

#[test]
fn every_case_is_found_or_left_alone() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/audit");
    let report = golden::run_audit(&cases);
    let faults = report.faults.iter().map(ToString::to_string);
    let mut wrong: Vec<String> = faults.chain(report.differences).collect();
    for rule in audit::all_rules() {
        let (found, left_alone) = report.played.get(rule.id).copied().unwrap_or_default();
        if found == 0 || left_alone == 0 {
            let id = rule.id;
            wrong.push(format!(
                "{id}：案例应至少一个发现、一个放过，现有 {found}、{left_alone}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
