//! The knowledge tables of the tree: read without a complaint, and enough for the rules they serve.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use audit::library::{Difference, difference, in_service, knowledge_of};
use audit::{Params, Plan, all_rules};
use columnar::{read_folders, read_rows};
use lines::{Data, Intake, Quality, Table};

/// Tables that rules name and the tree does not have, each because its facts are local or derived.
const LEFT_TO_OPERATORS: [&str; 13] = [
    "k_class_lift",
    "k_diag_evidence",
    "k_freq_exempt",
    "k_icd10",
    "k_injury_icd",
    "k_item_age",
    "k_item_unbundle",
    "k_order_frequency",
    "k_platform_item",
    "k_price_ceiling",
    "k_trace_firm",
    "k_trace_prefix",
    "k_drug_emergency",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder() -> PathBuf {
    root().join("catalogues/knowledge")
}

/// Every row of the folder as a first import would take it.
fn imported() -> Difference {
    let (rows, bad) = read_rows(&folder()).unwrap();
    assert_eq!(bad, Vec::<String>::new());
    difference(&[], rows)
}

/// One line of each item of the example catalogue.
fn every_item() -> Data {
    let mut visits = Table::new(["visit", "person", "provider", "care", "begin", "end"]);
    visits.push(["V1", "P1", "H1", "21", "2024-11-01", "2024-11-05"]);
    let mut lines = Table::new([
        "line",
        "visit",
        "time",
        "item",
        "item_name",
        "count",
        "amount",
    ]);
    let path = root().join("catalogues/example/items.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    for (number, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let line = number.to_string();
        lines.push([
            &line,
            "V1",
            "2024-11-02 09:00:00",
            &row[0],
            &row[1],
            "1",
            "1",
        ]);
    }
    let mut intake = Intake::default();
    intake.take("visits", &visits);
    intake.take("lines", &lines);
    intake.assemble()
}

#[test]
fn the_folder_is_read_without_a_complaint() {
    let mut quality = Quality::default();
    let knowledge = read_folders(&[folder()], &mut quality).unwrap();
    assert!(quality.is_clean(), "{quality:?}");
    assert!(knowledge.names().count() > 40);
    let found = imported();
    assert_eq!(found.bad, Vec::<String>::new());
    assert_eq!(found.contradictions, Vec::<String>::new());
    assert!(
        found
            .fresh
            .iter()
            .all(|row| !row.text("basis_doc").is_empty())
    );
    assert!(found.changed.is_empty() && found.retired.is_empty() && found.unchanged == 0);
}

#[test]
fn rows_of_the_library_make_the_tables_that_the_folder_makes() {
    let rows: Vec<_> = imported().added().cloned().collect();
    let library = knowledge_of(&in_service(&rows));
    let folder = read_folders(&[folder()], &mut Quality::default()).unwrap();
    let names = |one: &audit::Knowledge| one.names().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(&library), names(&folder));
    for name in names(&folder) {
        let (a, b) = (library.table(&name).unwrap(), folder.table(&name).unwrap());
        assert_eq!(a.len(), b.len(), "{name}");
        for row in b.rows() {
            let same = |other: &lines::Row<'_>| {
                b.columns()
                    .all(|column| other.text(column) == row.text(column))
            };
            assert!(
                a.rows().any(|other| same(&other)),
                "{name} {}",
                row.text("kp_id")
            );
        }
    }
}

#[test]
fn every_code_is_one_of_the_example_catalogue() {
    let data = every_item();
    let known = |code: &str| data.items.codes.find(code).is_some();
    for row in imported().added() {
        for column in [
            "item",
            "main",
            "part",
            "surcharge",
            "panel",
            "code_a",
            "code_b",
        ] {
            let code = row.text(column);
            assert!(code.is_empty() || known(code), "{} {code}", row.id);
        }
    }
}

#[test]
fn no_rule_waits_for_a_table_that_the_tree_could_have() {
    let knowledge = read_folders(&[folder()], &mut Quality::default()).unwrap();
    let data = every_item();
    let mut quality = Quality::default();
    let rules = all_rules();
    let plan = Plan::compile(&rules, &data, &knowledge, &Params::default(), &mut quality);
    assert!(quality.is_clean(), "{quality:?}");
    let has = |name: &str| knowledge.table(name).is_some();
    let missing: BTreeSet<&str> = rules
        .iter()
        .flat_map(|rule| rule.knowledge.iter().copied())
        .filter(|name| !has(name))
        .collect();
    let left: BTreeSet<&str> = LEFT_TO_OPERATORS.into_iter().collect();
    assert!(missing.is_subset(&left), "{missing:?}");
    for (rule, waits) in plan.states() {
        let served = !rule.knowledge.is_empty() && rule.knowledge.iter().all(|name| has(name));
        let waits = waits.map_or("", |waits| waits.0.as_str());
        let by_itself = rule.feeds.is_empty() && !waits.contains("数据");
        assert!(
            !(served && by_itself) || waits.is_empty(),
            "{}：{waits}",
            rule.id
        );
    }
}
