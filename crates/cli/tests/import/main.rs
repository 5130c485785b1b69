//! A `kill -9` in the middle of an import, and going on, give the same register as one quiet run.
//!
//! The real executable takes a file of an invented area into two databases: once without
//! disturbance, once killed as soon as a step is recorded and then resumed. A file with bad rows is
//! refused whole until somebody says that its good rows shall be taken.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use store::{ScannedPerson, Store};
use terms::AreaCode;

/// People in the file: more than two steps.
const PEOPLE: u32 = 45_000;

fn tongchou(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongchou"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    tongchou(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn sample(file: &str, people: u32, more: &[&str]) {
    let people = people.to_string();
    let mut arguments = vec!["import", "sample", "--people", &people, "--out", file];
    arguments.extend(more);
    let made = run(&arguments);
    assert!(made.status.success(), "{made:?}");
}

fn database(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

fn area() -> AreaCode {
    "421300".parse().unwrap()
}

/// Everybody, without the number of the import that entered them.
async fn register(url: &str) -> Vec<ScannedPerson> {
    let store = Store::open(url).await.unwrap();
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = store.scan_people(area(), &after, 5_000).await.unwrap();
        let Some(last) = page.last() else { break };
        after.clone_from(&last.person.person_no);
        all.extend(page.into_iter().map(|mut one| {
            one.person.detail.clear();
            one
        }));
    }
    store.close().await.unwrap();
    all
}

/// Waits until the database shows a step of the import.
async fn first_step(url: &str) -> i64 {
    loop {
        if let Ok(store) = Store::open(url).await {
            let imports = store.imports(area(), 1).await.unwrap_or_default();
            let position = imports.first().map_or(0, |import| import.position);
            drop(store);
            if position > 0 {
                return position;
            }
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_resumed_is_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv").display().to_string();
    sample(&file, PEOPLE, &[]);
    let (quiet, killed) = (
        database(folder.path(), "a.db"),
        database(folder.path(), "b.db"),
    );
    let import = |url: &str, option: &str| {
        tongchou(&[
            "import",
            "people",
            "--database",
            url,
            "--file",
            &file,
            option,
        ])
    };
    let done = import(&quiet, "--apply").output().unwrap();
    assert!(done.status.success(), "{done:?}");

    // The tables exist before anybody looks into them.
    run(&["migrate", "--database", &killed]);
    let mut running = import(&killed, "--apply")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let position = first_step(&killed).await;
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(position < i64::from(PEOPLE));
    let again = import(&killed, "--apply").output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("--resume"), "{}", said(&again));
    let resumed = import(&killed, "--resume").output().unwrap();
    assert!(resumed.status.success(), "{resumed:?}");

    let (one, two) = (register(&quiet).await, register(&killed).await);
    assert_eq!(one.len(), PEOPLE as usize);
    assert!(one == two, "the registers differ");
    let known = import(&killed, "--apply").output().unwrap();
    assert_eq!(known.status.code(), Some(1));
    assert!(said(&known).contains("没有再次导入"), "{}", said(&known));
}

#[tokio::test]
async fn bad_rows_hold_the_file_back_until_somebody_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv").display().to_string();
    sample(&file, 2_000, &["--bad-rows", "20"]);
    let url = database(folder.path(), "c.db");
    let import = |option: &str| {
        run(&[
            "import",
            "people",
            "--database",
            &url,
            "--file",
            &file,
            option,
        ])
    };
    for option in ["--dry-run", "--apply"] {
        let looked = import(option);
        assert_eq!(looked.status.code(), Some(1), "{looked:?}");
        assert!(said(&looked).contains("没有写入"), "{}", said(&looked));
        assert!(register(&url).await.is_empty());
    }
    let report = std::fs::read_to_string(format!("{file}.errors.csv")).unwrap();
    for reason in ["校验码应为", "不是日期", "没有规定身份", "重叠"] {
        assert!(report.contains(reason), "{reason} in {report}");
    }
    let taken = import("--accept-good-rows");
    assert!(taken.status.success(), "{taken:?}");
    let bad: std::collections::BTreeSet<&str> = report
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(register(&url).await.len(), 2_000 - bad.len());
}
