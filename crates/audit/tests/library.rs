//! Versions of knowledge: what an import would change, and which version speaks on which day.

use std::collections::BTreeMap;

use audit::library::{Difference, Given, RowStatus, VersionedRow, difference, in_service};
use audit::library::{faults_of, knowledge_of};

fn cells(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = pairs
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    own.collect()
}

fn given(line: usize, pairs: &[(&str, &str)]) -> Given {
    Given {
        table: "k_drug_level".to_owned(),
        place: format!("k_drug_level.csv:{line}"),
        head: String::new(),
        cells: cells(pairs),
    }
}

fn kept(version: i64, status: RowStatus, pairs: &[(&str, &str)]) -> VersionedRow {
    VersionedRow {
        table: "k_drug_level".to_owned(),
        id: "L1".to_owned(),
        version,
        status,
        cells: cells(pairs),
    }
}

const FIRST: [(&str, &str); 3] = [("item", "X1"), ("min_level", "2"), ("from", "2024-01-01")];

fn library() -> Vec<VersionedRow> {
    vec![kept(1, RowStatus::Active, &FIRST)]
}

fn named(pairs: &[(&str, &str)]) -> Given {
    let all = [&[("kp_id", "L1")], pairs].concat();
    given(2, &all)
}

fn found(rows: Vec<Given>) -> Difference {
    difference(&library(), rows)
}

#[test]
fn what_is_kept_already_changes_nothing() {
    let again = found(vec![named(&FIRST)]);
    assert_eq!((again.unchanged, again.is_empty()), (1, true));
    let elsewhere = [&FIRST[..], &[("source", "another file")]].concat();
    assert!(found(vec![named(&elsewhere)]).is_empty());
}

#[test]
fn a_changed_row_gets_the_next_version() {
    let harder = [("item", "X1"), ("min_level", "3"), ("from", "2024-01-01")];
    let found = found(vec![named(&harder)]);
    let [changed] = &found.changed[..] else {
        panic!("{found:?}");
    };
    assert_eq!((changed.before, changed.row.version), (1, 2));
    let cell = ("min_level".to_owned(), "2".to_owned(), "3".to_owned());
    assert_eq!(changed.cells, vec![cell]);
    assert_eq!(changed.row.cited(), "L1@2");
}

#[test]
fn a_row_without_identity_is_known_by_its_key() {
    let found = difference(&[], vec![given(2, &FIRST)]);
    assert_eq!(found.fresh[0].id, "k_drug_level:X1");
    let rows: Vec<_> = found.added().cloned().collect();
    assert!(difference(&rows, vec![given(2, &FIRST)]).is_empty());
}

#[test]
fn bad_rows_and_contradictions_are_named_by_file_and_line() {
    let rows = vec![
        given(2, &[("item", "X1"), ("min_level", "high")]),
        given(3, &[("min_level", "2")]),
        given(
            4,
            &[("item", "X3"), ("min_level", "2"), ("from", "2024-02-30")],
        ),
        given(
            5,
            &[("item", "X4"), ("min_level", "2"), ("status", "sleeping")],
        ),
        given(6, &[("item", "X5"), ("min_level", "2")]),
        given(7, &[("item", "X5"), ("min_level", "3")]),
    ];
    let found = difference(&[], rows);
    let places: Vec<&str> = found
        .bad
        .iter()
        .filter_map(|text| Some(text.split_once('：')?.0))
        .collect();
    let lines = [2, 3, 4, 5].map(|line| format!("k_drug_level.csv:{line}"));
    assert_eq!(places, lines);
    let [said] = &found.contradictions[..] else {
        panic!("{found:?}");
    };
    assert!(said.contains(":6") && said.contains(":7"), "{said}");
    assert_eq!(found.fresh.len(), 1);
    assert_eq!(found.fresh[0].text("min_level"), "3");
}

#[test]
fn an_older_version_than_the_kept_one_is_refused() {
    let mut kept_rows = library();
    kept_rows.push(kept(
        3,
        RowStatus::Active,
        &[("item", "X1"), ("min_level", "3")],
    ));
    let older = [("item", "X1"), ("min_level", "1"), ("version", "2")];
    let found = difference(&kept_rows, vec![named(&older)]);
    assert_eq!((found.bad.len(), found.is_empty()), (1, true));
}

fn spans(rows: &[VersionedRow]) -> Vec<(i64, String, String)> {
    let span = |row: VersionedRow| {
        let (from, until) = (row.text("from").to_owned(), row.text("until").to_owned());
        (row.version, from, until)
    };
    in_service(rows).into_iter().map(span).collect()
}

fn span(version: i64, from: &str, until: &str) -> (i64, String, String) {
    (version, from.to_owned(), until.to_owned())
}

#[test]
fn each_fee_date_meets_one_version() {
    let [july, august] = ["2024-07-01", "2024-08-01"];
    let rows = [
        kept(1, RowStatus::Active, &FIRST),
        kept(2, RowStatus::Active, &[("min_level", "3"), ("from", july)]),
        kept(3, RowStatus::Draft, &[("min_level", "1"), ("from", august)]),
        kept(
            4,
            RowStatus::Retired,
            &[("min_level", "3"), ("until", "2024-12-31")],
        ),
    ];
    let wanted = [
        span(1, "2024-01-01", "2024-06-30"),
        span(2, "2024-07-01", "2024-12-31"),
    ];
    assert_eq!(spans(&rows), wanted);
}

#[test]
fn a_version_on_trial_speaks_beside_the_one_in_use_until_it_is_released() {
    let july = [("min_level", "3"), ("from", "2024-07-01")];
    let mut rows = vec![
        kept(1, RowStatus::Active, &FIRST),
        kept(2, RowStatus::Trial, &july),
    ];
    let both = [span(1, "2024-01-01", ""), span(2, "2024-07-01", "")];
    assert_eq!(spans(&rows), both);
    let knowledge = knowledge_of(&in_service(&rows));
    let table = knowledge.table("k_drug_level").expect("the only table");
    assert_eq!(table.len(), 2, "the one on trial takes no other's place");
    rows.push(kept(3, RowStatus::Active, &july));
    let released = [
        span(1, "2024-01-01", "2024-06-30"),
        span(3, "2024-07-01", ""),
    ];
    assert_eq!(spans(&rows), released);
}

#[test]
fn a_correction_replaces_and_a_retirement_without_a_day_silences() {
    let corrected = kept(
        2,
        RowStatus::Active,
        &[("min_level", "3"), ("from", "2024-01-01")],
    );
    let rows = [kept(1, RowStatus::Active, &FIRST), corrected];
    let speaking = in_service(&rows);
    assert_eq!((speaking.len(), speaking[0].version), (1, 2));
    let gone = kept(3, RowStatus::Retired, &[("min_level", "3")]);
    let all = [&rows[..], &[gone]].concat();
    assert!(in_service(&all).is_empty());
}

#[test]
fn tables_carry_identity_and_version_of_their_rows() {
    let knowledge = knowledge_of(&in_service(&library()));
    let table = knowledge.table("k_drug_level").expect("the only table");
    let row = table.row(0).expect("the only row");
    assert_eq!((row.text("kp_id"), row.text("version")), ("L1", "1"));
    assert_eq!(row.text("min_level"), "2");
    let faults = faults_of(&named(&[
        ("item", "X1"),
        ("min_level", "2"),
        ("severity", "x"),
    ]));
    assert_eq!(faults.len(), 1);
}
