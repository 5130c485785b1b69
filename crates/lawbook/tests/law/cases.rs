//! `cases/policy`: folders with faults, folders without, and pairs that differ.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use lawbook::{FaultKind, diff, load_policy, tree};
use terms::{AreaCode, Date, Scheme};

use crate::common::{self, cases, expect, laid_over_base};

fn area() -> AreaCode {
    "990200".parse().unwrap()
}

#[test]
fn every_fault_is_named_with_file_line_and_key() {
    let mut seen = BTreeSet::new();
    for case in cases("bad") {
        let folder = laid_over_base(&case.join("policy"));
        let faults = load_policy(folder.path()).expect_err(&case.display().to_string());
        let mut text = String::new();
        for fault in &faults {
            writeln!(text, "{fault}").unwrap();
            seen.insert(fault.kind);
        }
        expect(&case, &text);
    }
    let wanted = BTreeSet::from([
        FaultKind::Syntax,
        FaultKind::Misplaced,
        FaultKind::UnknownKey,
        FaultKind::MissingField,
        FaultKind::WrongType,
        FaultKind::Unquoted,
        FaultKind::OutOfUnit,
        FaultKind::UnknownWord,
        FaultKind::Dangling,
        FaultKind::WrongReference,
        FaultKind::Gap,
        FaultKind::Overlap,
        FaultKind::NoSource,
        FaultKind::DateOrder,
        FaultKind::Closed,
        FaultKind::MissingTopic,
    ]);
    assert_eq!(seen, wanted, "every kind of fault has a case");
}

#[test]
fn a_file_that_is_not_text_is_a_fault() {
    let folder = laid_over_base(&common::root().join("cases/policy/base"));
    fs::write(
        folder.path().join("area/990200/employee/cap.yaml"),
        [0xff, 0xfe, 0x00],
    )
    .unwrap();
    let faults = load_policy(folder.path()).unwrap_err();
    let kinds: Vec<FaultKind> = faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Unreadable]);
}

#[test]
fn a_folder_that_is_not_there_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let faults = load_policy(&folder.path().join("nowhere")).unwrap_err();
    assert_eq!(
        faults.first().map(|fault| fault.kind),
        Some(FaultKind::Unreadable)
    );
}

#[test]
fn every_kind_of_rule_reads_in_chinese() {
    for case in cases("good") {
        let folder = laid_over_base(&case.join("policy"));
        let book = load_policy(folder.path()).unwrap_or_else(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        });
        let on: Date = "2024-06-01".parse().unwrap();
        let mut text = String::new();
        for topic in tree(&book, area(), Scheme::Employee, on) {
            writeln!(text, "{} {}（{}）", topic.key, topic.title, topic.kind.zh()).unwrap();
            for version in &topic.history {
                writeln!(text, "  {} {}", version.effective, version.text()).unwrap();
            }
        }
        expect(&case, &text);
    }
}

#[test]
fn differences_are_listed_by_key_and_date() {
    for case in cases("diff") {
        let before = laid_over_base(&case.join("before"));
        let after = laid_over_base(&case.join("after"));
        let before = load_policy(before.path()).unwrap();
        let after = load_policy(after.path()).unwrap();
        assert_eq!(diff(&before, &before), [], "nothing differs from itself");
        let mut text = String::new();
        for change in diff(&before, &after) {
            let (kind, key, from) = (change.kind.zh(), change.key, change.effective);
            let value = |side: Option<String>| side.unwrap_or_else(|| "无".to_owned());
            let (old, new) = (value(change.before), value(change.after));
            writeln!(text, "{kind} {key} {from} {old} → {new}").unwrap();
        }
        expect(&case, &text);
    }
}

#[test]
fn the_edition_depends_on_content_alone() {
    let base = common::root().join("cases/policy/base");
    let (one, other) = (laid_over_base(&base), laid_over_base(&base));
    let settings = other.path().join("area/990200/employee/settings.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace('\n', "\r\n")).unwrap();
    fs::write(other.path().join("README.md"), "说明").unwrap();
    let edition = |folder: &tempfile::TempDir| load_policy(folder.path()).unwrap().edition;
    let first = edition(&one);
    assert_eq!(
        first,
        edition(&other),
        "neither place nor line endings matter"
    );
    assert_eq!(first.as_str().len(), 64);
    fs::write(&settings, text.replace("测试文件", "另一文件")).unwrap();
    assert_ne!(first, edition(&other));
}

/// The files below a folder.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn a_file_that_lacks_any_one_line_is_read_or_named() {
    let folder = laid_over_base(&common::root().join("cases/policy/good/every-kind/policy"));
    let mut files = Vec::new();
    files_below(folder.path(), &mut files);
    let mut refused = 0;
    for file in files {
        let whole = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        for missing in 0..lines.len() {
            let mut rest = lines.clone();
            rest.remove(missing);
            fs::write(&file, rest.join("\n")).unwrap();
            for fault in load_policy(folder.path()).err().unwrap_or_default() {
                assert!(
                    !fault.file.is_empty() && !fault.message.is_empty(),
                    "{fault}"
                );
                refused += 1;
            }
        }
        fs::write(&file, whole).unwrap();
    }
    assert!(refused > 100, "{refused} faults were found");
}
