//! The labelled sample of the audit reference: everything labelled is found, nothing else is.
//!
//! The sample is no part of this tree: it is looked for under `../shared/reference/audit`, and the
//! test says so on standard error when it is not there.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use columnar::{Job, Outcome, run_job};

/// A label of the sample: type and id of the target, the rules that count as finding it.
struct Label {
    rule: String,
    target: (String, String),
    wanted: bool,
    accepted: Vec<String>,
}

fn reference() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/audit");
    let found = root.join("sample/truth.csv").is_file().then_some(root);
    if found.is_none() {
        eprintln!("SKIPPED: no ../shared/reference/audit, the labelled sample is not scored");
    }
    found
}

fn labels(root: &Path) -> Vec<Label> {
    let mut reader = csv::Reader::from_path(root.join("sample/truth.csv")).unwrap();
    let label = |row: csv::Result<csv::StringRecord>| {
        let row = row.unwrap();
        Label {
            rule: row[0].to_owned(),
            target: (row[1].to_owned(), row[2].to_owned()),
            wanted: &row[3] == "1",
            accepted: row[4].split('|').map(str::to_owned).collect(),
        }
    };
    reader.records().map(label).collect()
}

fn run(root: &Path, threads: usize) -> Outcome {
    let job = Job {
        data: root.join("sample"),
        knowledge: vec![root.join("knowledge/full"), root.join("knowledge")],
        params: Some(root.join("sample/params.json")),
        rules: Vec::new(),
        threads,
    };
    run_job(&job, &|_, _| ()).unwrap()
}

type Found = BTreeMap<String, BTreeSet<(String, String)>>;

fn found(outcome: &Outcome) -> Found {
    let mut found = Found::new();
    for finding in &outcome.findings {
        let rule = outcome.plan.rule(finding.rule).id.to_owned();
        let (kind, id) = outcome.plan.target(&outcome.data, &finding.target);
        found.entry(rule).or_default().insert((kind.to_owned(), id));
    }
    found
}

#[test]
fn the_labelled_sample_is_found_whole_and_nothing_else() {
    let Some(root) = reference() else { return };
    let mut labels = labels(&root);
    // Rules that are not registered cannot be scored; that none is missing is tested in `audit`.
    labels.retain(|label| {
        label
            .accepted
            .iter()
            .any(|rule| audit::find_rule(rule).is_some())
    });
    let found = found(&run(&root, 2));
    let hit = |rule: &str, target| found.get(rule).is_some_and(|all| all.contains(target));
    let mut wrong = Vec::new();
    let mut wanted: BTreeMap<&str, BTreeSet<&(String, String)>> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.wanted) {
        for rule in label.accepted.iter().chain([&label.rule]) {
            wanted.entry(rule).or_default().insert(&label.target);
        }
        if !label.accepted.iter().any(|rule| hit(rule, &label.target)) {
            wrong.push(format!("{} misses {:?}", label.rule, label.target));
        }
    }
    let labelled: BTreeSet<&str> = labels.iter().map(|label| label.rule.as_str()).collect();
    for rule in labelled {
        let expected = &wanted[rule];
        for target in found.get(rule).into_iter().flatten() {
            if !expected.contains(target) {
                wrong.push(format!("{rule} should leave {target:?} alone"));
            }
        }
    }
    let shown: Vec<&String> = wrong.iter().take(120).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{shown:#?}", wrong.len());
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let Some(root) = reference() else { return };
    let (one, three) = (run(&root, 1), run(&root, 3));
    assert_eq!(one.findings, three.findings);
    assert_eq!(one.quality, three.quality);
}
