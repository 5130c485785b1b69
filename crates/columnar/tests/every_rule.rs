//! One set of files feeds all rules: a case of every rule lies in it, and nearly all are found.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use columnar::{Job, Outcome, run_job};
use golden::{AuditFolder, audit_folder};

/// The least number of rules that must find their case. Not all must: those that compare
/// institutions have the institutions of all other cases for peers here.
const WORKING: usize = 140;

fn run(folder: &AuditFolder) -> Outcome {
    let data = tempfile::tempdir().unwrap();
    folder.write(data.path()).unwrap();
    let job = Job {
        data: data.path().to_owned(),
        params: Some(data.path().join("params.json")),
        threads: 2,
        ..Job::default()
    };
    run_job(&job, &|_, _| ()).unwrap()
}

/// Targets found, by rule.
fn found(outcome: &Outcome) -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in &outcome.findings {
        let (_, target) = outcome.plan.target(&outcome.data, &finding.target);
        let rule = outcome.plan.rule(finding.rule).id;
        found.entry(rule).or_default().push(target);
    }
    found
}

#[test]
fn one_set_of_files_feeds_the_rules_and_each_finds_its_own_case() {
    let folder = audit_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/audit"));
    assert!(folder.faults.is_empty(), "{:?}", folder.faults);
    let outcome = run(&folder);
    let waiting: Vec<String> = outcome
        .plan
        .states()
        .filter_map(|(rule, waits)| Some(format!("{} {}", rule.id, waits?.0)))
        .collect();
    let found = found(&outcome);
    let own = |rule: &str, target: &str| {
        let mark = &folder.marks[rule];
        let lines = mark.first_line..mark.first_line + golden::CaseMark::LINES;
        let number = target.parse::<usize>().ok();
        number.is_some_and(|line| lines.contains(&line)) || target.contains(&mark.ending)
    };
    let works = |rule: &String| {
        let targets = found.get(rule.as_str());
        targets.is_some_and(|all| all.iter().any(|target| own(rule, target)))
    };
    let idle: Vec<&String> = folder.marks.keys().filter(|rule| !works(rule)).collect();
    let rules = audit::all_rules().len();
    assert_eq!(folder.marks.len(), rules, "every rule has a case");
    assert!(
        rules - idle.len() >= WORKING,
        "idle {idle:?}; waiting {waiting:#?}"
    );
}
