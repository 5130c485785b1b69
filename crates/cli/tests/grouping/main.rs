//! The commands for grouping, run as an operator runs them.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn catalogue(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../catalogues")
        .join(name)
}

/// Runs `tongchou` in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongchou"));
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn group(folder: &Path, kind: &str, more: &[&str]) -> Output {
    let scheme = catalogue(&format!("{kind}/example")).display().to_string();
    let mut arguments = vec!["group", kind, "--scheme", &scheme];
    arguments.extend(["--cases", "cases.csv", "--out", "out.csv"]);
    arguments.extend(more);
    run(folder, &arguments)
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

const ODD: &str = "\u{feff}note,procedures,secondary_dx,principal_dx,age_years,sex,case_id,\
    los_days\r\n\
    \"甲, 乙\",,A41.900,J18.900,60,1,C1,5\r\n\
    ,47.0100,,I63.900,60,2,C2,5\r\n\
    ,,,,60,1,C3,5\r\n\
    ,,,J18.900,60,,C4,5\r\n\
    ,,,J18.900,60,1,C5,-2\r\n\
    ,,,J18.900,六十,1,C6,5\r\n\
    ,,,J18.900,60,1\r\n\
    ,, e11.900 , i10.X00 ,60,1,C8,0\r\n";

#[test]
fn every_row_comes_back_in_its_place_with_a_group_or_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cases.csv"), ODD).unwrap();
    let done = group(folder.path(), "drg", &[]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let wanted = "case_id,mdc,adrg,drg,severity,reason\n\
        C1,MDCE,ES1,ES11,MCC,PDX(D)：J18.900\n\
        C2,MDCB,QY,BQY,NONE,MAINPROC(VALID)：47.0100\n\
        C3,0000,00,0000,NONE,缺少主要诊断\n\
        C4,0000,00,0000,NONE,性别缺失或不明\n\
        C5,0000,00,0000,NONE,住院天数-2为负\n\
        C6,0000,00,0000,NONE,年龄“六十”有误\n\
        ,0000,00,0000,NONE,这一行应有8列，现有6列\n\
        C8,MDCF,FV1,FV13,CC,PDX(D)：I10.x00；诊断i10.X00按I10.x00读取；诊断e11.900按E11.900读取；\
        住院天数为0\n";
    assert_eq!(read(folder.path(), "out.csv"), wanted);
    let summary = String::from_utf8(done.stdout).unwrap();
    assert!(summary.contains("病例：8例"), "{summary}");
    assert!(summary.contains("歧义组：1例"), "{summary}");
    let explained = group(folder.path(), "drg", &["--explain", "--format", "json"]);
    assert_eq!(explained.status.code(), Some(0));
    let text = read(folder.path(), "out.csv");
    assert!(text.contains("A41.900为MCC；细分组ES11"), "{text}");
    assert!(
        String::from_utf8(explained.stdout)
            .unwrap()
            .contains("\"cases\": 8")
    );
}

/// A file of several pieces, so that threads have something to overtake each other with.
fn long_file(folder: &Path, rows: usize) {
    let codes = [
        "I63.900", "J18.900", "K35.800", "O80.000", "N40.x00", "C50.900", "Z99.999",
    ];
    let mut text = "case_id,sex,age_years,principal_dx,secondary_dx,procedures\n".to_owned();
    for number in 0..rows {
        let code = codes[number % codes.len()];
        let other = codes[number / 7 % codes.len()];
        let sex = number % 2 + 1;
        writeln!(
            text,
            "C{number},{sex},{},{code},{other}|A41.900,",
            number % 90 + 1
        )
        .unwrap();
    }
    fs::write(folder.join("cases.csv"), text).unwrap();
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    long_file(folder.path(), 6_000);
    for kind in ["drg", "dip"] {
        let mut outcomes = Vec::new();
        for threads in ["1", "2", "7"] {
            let done = group(folder.path(), kind, &["--threads", threads, "--explain"]);
            assert_eq!(done.status.code(), Some(0), "{done:?}");
            outcomes.push(read(folder.path(), "out.csv"));
        }
        assert_eq!(outcomes[0].lines().count(), 6_001);
        assert!(
            outcomes.iter().all(|outcome| *outcome == outcomes[0]),
            "{kind}"
        );
        let ids = outcomes[0]
            .lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap());
        assert!(
            ids.enumerate()
                .all(|(number, id)| id == format!("C{number}"))
        );
    }
}

#[test]
fn what_cannot_be_used_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cases.csv"), "case_id,sex\nC1,1\n").unwrap();
    let done = group(folder.path(), "drg", &[]);
    assert_eq!(done.status.code(), Some(3));
    let said = String::from_utf8(done.stderr).unwrap();
    let missing = "病例文件缺少这些列：age_years、principal_dx、secondary_dx、procedures";
    assert!(said.contains(missing), "{said}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let nowhere = [
        "group",
        "dip",
        "--scheme",
        "nowhere",
        "--cases",
        "cases.csv",
        "--out",
        "o.csv",
    ];
    let done = run(folder.path(), &nowhere);
    assert_eq!(done.status.code(), Some(3));
    assert!(
        String::from_utf8(done.stderr)
            .unwrap()
            .contains("没有这个方案目录")
    );
}

#[test]
fn checking_a_scheme_says_what_is_wrong_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let check = |scheme: &Path| {
        let scheme = scheme.display().to_string();
        run(folder.path(), &["scheme", "check", "--scheme", &scheme])
    };
    for good in ["drg/example", "dip/example"] {
        let done = check(&catalogue(good));
        let said = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(said.contains("提示0处"), "{said}");
    }
    let bad = folder.path().join("bad");
    fs::create_dir(&bad).unwrap();
    for file in fs::read_dir(catalogue("drg/example")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), bad.join(file.file_name())).unwrap();
    }
    let lists = read(&bad, "adrg_code.csv").replace("AA1,1,P,41.0400", "AA1,1,P,@P");
    fs::write(bad.join("adrg_code.csv"), lists).unwrap();
    let done = check(&bad);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(
        said.contains("adrg_code.csv:2 [循环引用] 列表“AA1/1/P”经引用又回到自己"),
        "{said}"
    );
    assert_eq!(check(&folder.path().join("nowhere")).status.code(), Some(3));
}

#[test]
fn a_directory_made_from_history_groups_that_history() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "case_id,principal_dx,procedures,total_cost,discharge_date\n".to_owned();
    for number in 0..300 {
        let (year, yuan) = (2021 + number % 3, 1000 + number);
        let (dx, procedure) = match number % 10 {
            0..6 => ("J18.900", ""),
            6..9 => ("K35.800", "47.0100"),
            _ => ("I26.900", "33.2400"),
        };
        writeln!(text, "C{number},{dx},{procedure},{yuan}.00,{year}-05-01").unwrap();
    }
    writeln!(text, "C300,,,10.00,2023-01-01\nC301,J18.900,,无,2023-01-01").unwrap();
    fs::write(folder.path().join("cases.csv"), text).unwrap();
    let basis = catalogue("dip/example").display().to_string();
    let arguments = [
        "dip",
        "build",
        "--history",
        "cases.csv",
        "--procedures",
        &basis,
    ];
    let done = run(
        folder.path(),
        &[&arguments[..], &["--out", "made", "--threshold", "50"]].concat(),
    );
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(
        said.contains("核心病种2个，270例；综合病种1个，30例"),
        "{said}"
    );
    assert!(said.contains("未用1例：没有主要诊断或费用"), "{said}");
    assert!(said.contains("未用1例：总费用“无”有误"), "{said}");
    let grouping = [
        "group",
        "dip",
        "--scheme",
        "made",
        "--cases",
        "cases.csv",
        "--out",
        "out.csv",
    ];
    let done = run(folder.path(), &grouping);
    assert_eq!(done.status.code(), Some(0));
    let groups = read(folder.path(), "out.csv");
    let count = |code: &str| groups.lines().filter(|line| line.contains(code)).count();
    assert_eq!((count("J18.9:×,"), count("K35.8:47.0100,")), (180, 90));
    assert_eq!(count("I:diagnostic,"), 30);
    let mismatched = [&arguments[..], &["--out", "other", "--weights", "1:2"]].concat();
    let done = run(folder.path(), &mismatched);
    assert_eq!(done.status.code(), Some(3));
    assert!(
        String::from_utf8(done.stderr)
            .unwrap()
            .contains("年度权重却有2个")
    );
}
