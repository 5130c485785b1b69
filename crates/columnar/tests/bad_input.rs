//! What is wrong with files is counted and named, the run finishes, and nothing is found because
//! data is missing.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
};
use columnar::{Job, Outcome, run_job};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

const PEOPLE: &str = "psn_no,gend,brdy\nP1,1,1980-05-01\nP2,2,1990-01-01\nP3,,\n";
const VISITS: &str = "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime\n\
                      V1,P1,H1,11,2025-03-03 09:00:00,2025-03-03 10:00:00\n\
                      V2,P2,H1,11,2025-03-03 09:00:00,2025-03-03 10:00:00\n\
                      V3,P3,H1,11,2025-03-03 09:00:00,2025-03-03 10:00:00\n";
const HEAD: &str = "bkkp_sn,mdtrt_id,fee_ocur_time,med_list_codg,med_list_name,cnt,pric,\
                    det_item_fee_sumamt,inscp_amt\n";
/// A man is given a drug for women; a woman is; a person of unknown sex is.
const LINES: &str = "1,V1,2025-03-03 09:30:00,F1,妇科药,1,30,30,30\n\
                     2,V2,2025-03-03 09:30:00,F1,妇科药,1,30,30,30\n\
                     3,V3,2025-03-03 09:30:00,F1,妇科药,1,30,30,30\n";
const KNOWN: &str = "kp_id,version,med_list_codg,allowed_gend\nK1,1,F1,2\n";

/// A folder of files that are right as they stand.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    write(&folder, "persons.csv", PEOPLE);
    write(&folder, "visits.csv", VISITS);
    write(&folder, "lines.csv", format!("{HEAD}{LINES}"));
    write(&folder, "k_drug_sex.csv", KNOWN);
    folder
}

fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.path().join(name), text).unwrap();
}

fn audited(folder: &Path) -> Outcome {
    let job = Job {
        data: folder.to_owned(),
        rules: Vec::new(),
        threads: 2,
        ..Job::default()
    };
    run_job(&job, &|_, _| ()).unwrap()
}

/// Rule and target of everything found.
fn found(outcome: &Outcome) -> Vec<String> {
    let name = |finding: &audit::Finding| {
        let (_, id) = outcome.plan.target(&outcome.data, &finding.target);
        format!("{} {id}", outcome.plan.rule(finding.rule).id)
    };
    outcome.findings.iter().map(name).collect()
}

/// How often a trouble was counted, and what is named of it.
fn trouble(outcome: &Outcome, name: &str) -> (u64, Vec<String>) {
    let found = outcome.quality.problems().find(|(known, _)| *known == name);
    found.map_or_else(Default::default, |(_, problem)| {
        (problem.count, problem.examples.clone())
    })
}

fn one(example: &str) -> (u64, Vec<String>) {
    (1, vec![example.to_owned()])
}

/// Adds lines to the right ones and audits.
fn with_lines(more: &str) -> Outcome {
    let folder = folder();
    write(&folder, "lines.csv", format!("{HEAD}{LINES}{more}"));
    audited(folder.path())
}

#[test]
fn right_files_have_no_trouble_and_unknown_sex_is_not_judged() {
    let outcome = audited(folder().path());
    assert_eq!(found(&outcome), ["C001 1"]);
    assert!(outcome.quality.is_clean(), "{:?}", outcome.quality);
}

#[test]
fn a_line_without_a_visit_is_named_and_not_judged() {
    let outcome = with_lines("4,V9,2025-03-03 09:30:00,F1,妇科药,1,30,30,30\n");
    assert_eq!(trouble(&outcome, "明细无对应就诊"), one("4"));
    assert_eq!(found(&outcome), ["C001 1"]);
}

#[test]
fn a_negative_line_takes_the_one_it_cancels_with_it() {
    let outcome = with_lines(
        "4,V2,2025-03-03 09:30:00,X1,药,1,30,30,30\n5,V2,2025-03-03 09:30:00,X1,药,1,30,30,30\n\
         6,V2,2025-03-03 09:40:00,X1,药,-1,30,-30,-30\n",
    );
    assert_eq!(trouble(&outcome, "数量为负（冲销）"), one("6"));
    assert_eq!(
        found(&outcome),
        ["C001 1"],
        "4 and 5 are no duplicates after 6"
    );
}

#[test]
fn the_same_line_twice_counts_once() {
    let outcome = with_lines("1,V1,2025-03-03 09:30:00,F1,妇科药,1,30,30,30\n");
    assert_eq!(trouble(&outcome, "明细流水号重复"), one("1"));
    assert_eq!(found(&outcome), ["C001 1"]);
    let amount = outcome.findings[0].amount;
    assert_eq!(amount, money::Fen::new(3000));
}

#[test]
fn a_time_outside_the_visit_is_named() {
    let outcome = with_lines("4,V2,2025-03-09 09:30:00,X1,药,1,30,30,30\n");
    assert_eq!(trouble(&outcome, "费用时间在就诊起止之外"), one("4"));
}

#[test]
fn a_code_outside_the_catalogue_is_named_when_there_is_one() {
    let folder = folder();
    write(
        &folder,
        "catalogue.csv",
        "med_list_codg,list_type,begndate,enddate\nF1,101,,\n",
    );
    write(
        &folder,
        "lines.csv",
        format!("{HEAD}{LINES}4,V2,2025-03-03 09:30:00,NEW,药,1,30,30,30\n"),
    );
    assert_eq!(trouble(&audited(folder.path()), "目录编码不认识"), one("4"));
}

#[test]
fn cells_that_cannot_be_read_cost_their_row_only() {
    let outcome = with_lines(
        "4,V2,三月三日,X1,药,1,30,30,30\n5,V2,2025-03-03 09:30:00,X1,药,many,30,30,30\n\
         6,V2,2025-03-03 09:30:00,X1,药,1,30,,30\n7,V2,2025-03-03 09:30:00,,药,1,30,30,30\n",
    );
    assert_eq!(trouble(&outcome, "明细费用时间缺失或不可读"), one("4"));
    assert_eq!(trouble(&outcome, "明细数量缺失或不可读"), one("5"));
    assert_eq!(trouble(&outcome, "明细金额缺失或不可读"), one("6"));
    assert_eq!(trouble(&outcome, "明细缺目录编码"), one("7"));
    assert_eq!(found(&outcome), ["C001 1"]);
}

#[test]
fn two_encodings_read_the_same() {
    let folder = folder();
    let text = format!("{HEAD}{LINES}");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    write(&folder, "lines.csv", &bytes);
    let outcome = audited(folder.path());
    assert_eq!(found(&outcome), ["C001 1"]);
    assert_eq!(trouble(&outcome, "文件不是UTF-8，按GB18030读取").0, 1);
    let item = outcome.data.lines.item[0];
    assert_eq!(outcome.data.items.name(item), "妇科药");
}

#[test]
fn knowledge_that_contradicts_itself_is_named() {
    let folder = folder();
    write(&folder, "k_drug_sex.csv", format!("{KNOWN}K2,1,F1,1\n"));
    let outcome = audited(folder.path());
    assert_eq!(trouble(&outcome, "知识行相互矛盾").0, 1);
    assert_eq!(found(&outcome), ["C001 2"], "the later row is used");
}

#[test]
fn an_empty_period_finds_nothing() {
    let folder = folder();
    write(&folder, "lines.csv", HEAD);
    assert_eq!(found(&audited(folder.path())), [""; 0]);
}

#[test]
fn a_folder_without_lines_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let job = Job {
        data: folder.path().to_owned(),
        threads: 1,
        ..Job::default()
    };
    let fault = run_job(&job, &|_, _| ()).unwrap_err().to_string();
    assert!(fault.contains("lines.csv"), "{fault}");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let folder = folder();
    let backwards: Vec<&str> = LINES.lines().rev().collect();
    write(
        &folder,
        "lines.csv",
        format!("{HEAD}{}\n", backwards.join("\n")),
    );
    assert_eq!(found(&audited(folder.path())), ["C001 1"]);
}

/// The three lines as Parquet, each column as given.
fn as_parquet(columns: [(&str, ArrayRef); 7]) -> TempDir {
    let folder = folder();
    fs::remove_file(folder.path().join("lines.csv")).unwrap();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = fs::File::create(folder.path().join("lines.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    folder
}

#[test]
fn other_column_types_of_parquet_read_the_same() {
    let times = ["2025-03-03 09:30:00"; 3];
    let text = as_parquet([
        ("bkkp_sn", Arc::new(StringArray::from(vec!["1", "2", "3"]))),
        (
            "mdtrt_id",
            Arc::new(LargeStringArray::from(vec!["V1", "V2", "V3"])),
        ),
        ("fee_ocur_time", Arc::new(StringArray::from(times.to_vec()))),
        (
            "med_list_codg",
            Arc::new(LargeStringArray::from(vec!["F1"; 3])),
        ),
        ("cnt", Arc::new(StringArray::from(vec!["1"; 3]))),
        (
            "det_item_fee_sumamt",
            Arc::new(StringArray::from(vec!["30.00"; 3])),
        ),
        ("inscp_amt", Arc::new(StringArray::from(vec!["30"; 3]))),
    ]);
    let yuan = |units: i128| {
        let column = Decimal128Array::from(vec![units; 3]);
        Arc::new(column.with_precision_and_scale(16, 4).unwrap())
    };
    // 2025-03-03 is day 20,150 since 1970.
    let typed = as_parquet([
        ("bkkp_sn", Arc::new(Int64Array::from(vec![1, 2, 3]))),
        (
            "mdtrt_id",
            Arc::new(StringArray::from(vec!["V1", "V2", "V3"])),
        ),
        (
            "fee_ocur_time",
            Arc::new(Date32Array::from(vec![20_150; 3])),
        ),
        ("med_list_codg", Arc::new(StringArray::from(vec!["F1"; 3]))),
        ("cnt", Arc::new(Int64Array::from(vec![1; 3]))),
        ("det_item_fee_sumamt", yuan(300_000)),
        ("inscp_amt", yuan(300_000)),
    ]);
    for folder in [text, typed] {
        let outcome = audited(folder.path());
        assert_eq!(found(&outcome), ["C001 1"]);
        assert_eq!(outcome.findings[0].amount, money::Fen::new(3000));
    }
}

#[test]
fn a_parquet_without_a_needed_column_is_refused_by_name() {
    let folder = folder();
    fs::remove_file(folder.path().join("lines.csv")).unwrap();
    let column: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let batch = RecordBatch::try_from_iter([("bkkp_sn", column)]).unwrap();
    let file = fs::File::create(folder.path().join("lines.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let job = Job {
        data: folder.path().to_owned(),
        threads: 1,
        ..Job::default()
    };
    let fault = run_job(&job, &|_, _| ()).unwrap_err().to_string();
    assert!(
        fault.contains("visit") && fault.contains("lines.parquet"),
        "{fault}"
    );
}
