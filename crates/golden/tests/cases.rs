//! The runner itself: it sees differences, names faults with their place, and rewrites in place.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use golden::{Report, run, update};

const CASE: &str = r#"name: 城乡居民住院
source: 测试
area: "990281"
scheme: resident
given:
  on: 2024-05-06
  lines: [{class: A, amount: "10900.00"}]
  accounts: {current_year: "10.00"}
  use_account: true
expect:
  deductible: "900.00"
  layers: {inpatient/basic: "7000.00", serious-illness/basic: "0.00"}
  accounts: {current_year: "10.00"}
  counters: {admissions: 1, fund-paid: "7000.00"}
  cash: "3890.00"
  trace: [费用分类, 适用待遇, 计算基数, 起付线, 按比例支付, 本层支付, 计算基数, 起付线, 年度累计支付, 本层支付, 个人账户支付, 现金支付]
"#;

fn policy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/settlement/policies/regions")
}

/// A folder with one case in it.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("case.yaml"), text).unwrap();
    folder
}

fn played(text: &str) -> Report {
    run(&policy(), folder(text).path())
}

fn differences(text: &str) -> Vec<String> {
    let report = played(text);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    let events = report.cases.iter().flat_map(|case| &case.events);
    events
        .flat_map(|event| &event.differences)
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_right_case_agrees() {
    assert_eq!(differences(CASE), Vec::<String>::new());
    assert!(played(CASE).agrees());
}

#[test]
fn every_wrong_figure_is_a_difference() {
    let wrong = CASE
        .replace("cash: \"3890.00\"", "cash: \"3890.01\"")
        .replace("admissions: 1", "admissions: 2")
        .replace("inpatient/basic: \"7000.00\", ", "")
        .replace("本层支付, 个人账户支付", "个人账户支付");
    let found = differences(&wrong);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.contains(&"cash: 期望 3890.01 实得 3890.00".to_owned()));
    assert!(found.contains(&"counters.admissions: 期望 2 实得 1".to_owned()));
    assert!(found.contains(&"layers.inpatient/basic: 期望 0.00 实得 7000.00".to_owned()));
}

#[test]
fn an_unexpected_refusal_is_a_difference() {
    let refused = CASE.replace("given:\n", "given:\n  visit: {care: pharmacy}\n");
    let found = differences(&refused);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("refusal: 期望 （无） 实得"));
}

#[test]
fn faults_name_file_line_and_key() {
    for (from, to, line, key) in [
        (
            "  use_account: true",
            "  use_acount: true",
            9,
            "given.use_acount",
        ),
        (
            "amount: \"10900.00\"",
            "amount: 10900.00",
            7,
            "given.lines[0].amount",
        ),
        ("class: A", "class: D", 7, "given.lines[0].class"),
        ("  cash:", "  money:", 15, "expect.money"),
        (
            "fund-paid:",
            "fund-paid@soon:",
            14,
            "expect.counters.fund-paid@soon",
        ),
        ("source: 测试\n", "", 1, ""),
    ] {
        let report = played(&CASE.replace(from, to));
        let here = |fault: &&golden::Fault| fault.line == line && fault.key == key;
        let fault = report.faults.iter().find(here);
        let fault = fault.unwrap_or_else(|| panic!("{to}: {:?}", report.faults));
        assert!(fault.file.ends_with("case.yaml"), "{fault}");
    }
}

#[test]
fn updating_rewrites_values_and_keeps_what_is_listed() {
    let wrong = CASE
        .replace("3890.00", "1.00")
        .replace("admissions: 1", "admissions: 7")
        .replace("本层支付, 个人账户支付", "个人账户支付");
    let folder = folder(&wrong);
    update(&policy(), folder.path());
    let rewritten = fs::read_to_string(folder.path().join("case.yaml")).unwrap();
    assert_eq!(rewritten, CASE);
    assert!(run(&policy(), folder.path()).agrees());
}

#[test]
fn what_is_skipped_is_listed() {
    let report = played("skipped: [{id: W1, name: 缴费, reason: 属于缴费}]\n");
    assert_eq!(report.skipped.len(), 1);
    assert!(report.faults.is_empty());
}

#[test]
fn a_folder_without_cases_is_a_fault() {
    let empty = tempfile::tempdir().unwrap();
    assert!(!run(&policy(), empty.path()).faults.is_empty());
}
