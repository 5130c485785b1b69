//! The sample sets of independent groupers come out the same wherever they are trusted.
//!
//! The sets are no part of this tree: they are looked for under `../shared/reference/drg`, and the
//! test says so on standard error when they are not there. Where a set is not trusted, what differs
//! is listed with its reason in `cases/grouping/samples/differences.csv`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grouping::{Discharge, DrgScheme, explain, group};

type Row<'t> = BTreeMap<&'t str, &'t str>;

const DIFFERENCES: &str = include_str!("../../../cases/grouping/samples/differences.csv");

/// The folder of schemes and samples, when it lies beside the tree.
fn reference() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/drg");
    let found = root.join("sample-1.1-cases.csv").is_file().then_some(root);
    if found.is_none() {
        eprintln!("SKIPPED: no ../shared/reference/drg, agreement with the samples is not tested");
    }
    found
}

/// Rows of a table without quoted cells, by column name.
fn rows(text: &str) -> Vec<Row<'_>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| header.iter().copied().zip(line.split(',')).collect())
        .collect()
}

fn by_case<'t>(rows: Vec<Row<'t>>) -> BTreeMap<&'t str, Row<'t>> {
    rows.into_iter().map(|row| (row["case_id"], row)).collect()
}

fn load(root: &Path, scheme: &str) -> DrgScheme {
    let loaded = lawbook::load_drg(&root.join(scheme), None);
    loaded
        .unwrap_or_else(|faults| panic!("{scheme}: {faults:?}"))
        .scheme
}

/// Every case of a sample comes out as expected, or as the list of differences says.
fn compare(root: &Path, sample: &str, scheme: &DrgScheme) {
    let read = |kind| fs::read_to_string(root.join(format!("sample-{sample}-{kind}.csv"))).unwrap();
    let (cases, expected) = (read("cases"), read("expected"));
    let expected = by_case(rows(&expected));
    let listed = rows(DIFFERENCES)
        .into_iter()
        .filter(|row| row["sample"] == sample);
    let mut listed = by_case(listed.collect());
    let (mut wrong, mut trusted) = (Vec::new(), 0);
    for case in rows(&cases) {
        let discharge = Discharge::from_cells(|name| case.get(name).copied()).unwrap();
        let grouped = group(scheme, &discharge);
        let wanted = &expected[case["case_id"]];
        let got = [grouped.mdc, grouped.adrg, grouped.drg];
        let excluded = grouped
            .complications
            .iter()
            .any(|one| one.excluded_by.is_some());
        let severity = (grouped.severity.word(), if excluded { "1" } else { "0" });
        trusted += usize::from(wanted["trust"] == "high");
        let same = got == ["mdc", "adrg", "drg"].map(|name| wanted[name]);
        let difference = listed
            .remove(case["case_id"])
            .filter(|_| wanted["trust"] == "low");
        let explained =
            difference.is_some_and(|row| got == ["mdc", "adrg", "drg"].map(|name| row[name]));
        if !(same || explained) || severity != (wanted["severity"], wanted["has_excluded_cc"]) {
            wrong.push(format!(
                "{}: {got:?} {severity:?} {wanted:?} {:?}",
                case["case_id"],
                explain(&grouped)
            ));
        }
    }
    assert!(trusted > 1400, "only {trusted} trusted cases were compared");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        listed.is_empty(),
        "listed but not different or not there: {listed:?}"
    );
}

#[test]
fn the_national_1_1_sample_agrees() {
    if let Some(root) = reference() {
        compare(&root, "1.1", &load(&root, "scheme-chs-drg-1.1"));
    }
}

#[test]
fn the_2_0_draft_sample_agrees() {
    if let Some(root) = reference() {
        compare(&root, "2.0-draft", &load(&root, "scheme-chs-drg-2.0-draft"));
    }
}

/// The other two schemes are read too, and a city's ambiguous groups come from its table.
#[test]
fn every_scheme_of_the_reference_is_read() {
    let Some(root) = reference() else { return };
    assert_eq!(
        load(&root, "scheme-chs-drg-1.0-rev").sizes(),
        (26, 377, 618)
    );
    let city = load(&root, "scheme-suzhou-2023");
    assert_eq!(city.sizes(), (26, 376 + 19, 648));
}
