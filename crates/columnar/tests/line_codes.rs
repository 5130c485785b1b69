//! Trace codes on the lines themselves, where no file of scans is there.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use columnar::{Job, run_job};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

const PEOPLE: &str = "psn_no,gend,brdy\nP1,1,1980-05-01\nP2,2,1990-01-01\n";
const VISITS: &str = "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime\n\
                      V1,P1,H1,41,2026-03-03 09:00:00,2026-03-03 10:00:00\n\
                      V2,P2,H2,41,2026-03-05 09:00:00,2026-03-05 10:00:00\n";
const HEAD: &str = "bkkp_sn,mdtrt_id,fee_ocur_time,list_type,med_list_codg,cnt,\
                    det_item_fee_sumamt,inscp_amt,drug_trac_codg";
/// One code is sold at two pharmacies; two codes go with two packs, one code with two; a drug has
/// no code; a code is sold, taken back and sold again; a line is there twice.
const LINES: [&str; 9] = [
    "1,V1,2026-03-03 09:10:00,101,X1,1,10,10,A",
    "2,V2,2026-03-05 09:10:00,101,X1,1,10,10,A",
    "3,V1,2026-03-03 09:10:00,101,X2,2,20,20,B|C",
    "4,V1,2026-03-03 09:10:00,101,X3,2,20,20,D",
    "5,V1,2026-03-03 09:10:00,101,X4,1,10,10,",
    "6,V1,2026-03-03 09:10:00,101,X5,1,10,10,E",
    "7,V1,2026-03-03 09:40:00,101,X5,-1,-10,-10,E",
    "8,V2,2026-03-05 09:10:00,101,X5,1,10,10,E",
    "8,V2,2026-03-05 09:10:00,101,X5,1,10,10,E",
];
/// The second sale, the drug without a code, the packs without one.
const FOUND: [&str; 3] = ["T001 2", "T003 5", "T004 4"];

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("persons.csv"), PEOPLE).unwrap();
    fs::write(folder.path().join("visits.csv"), VISITS).unwrap();
    folder
}

fn write_csv(folder: &TempDir) {
    let text = format!("{HEAD}\n{}\n", LINES.join("\n"));
    fs::write(folder.path().join("lines.csv"), text).unwrap();
}

fn cells(line: &str) -> Vec<&str> {
    line.split(',').collect()
}

/// Line ids as numbers, or as texts.
fn write_parquet(folder: &TempDir, as_numbers: bool) {
    let texts = |at: usize| -> ArrayRef {
        let cell = |line: &&'static str| Some(cells(line)[at]).filter(|cell| !cell.is_empty());
        Arc::new(LINES.iter().map(cell).collect::<StringArray>())
    };
    let numbers = LINES
        .iter()
        .map(|line| cells(line)[0].parse::<i64>().unwrap());
    let column = |(at, name)| match (at, as_numbers) {
        (0, true) => (
            name,
            Arc::new(Int64Array::from_iter_values(numbers.clone())) as ArrayRef,
        ),
        _ => (name, texts(at)),
    };
    let columns = cells(HEAD).into_iter().enumerate().map(column);
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = fs::File::create(folder.path().join("lines.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn found(folder: &Path) -> Vec<String> {
    let job = Job {
        data: folder.to_owned(),
        rules: ["T001", "T003", "T004"].map(str::to_owned).to_vec(),
        threads: 2,
        ..Job::default()
    };
    let outcome = run_job(&job, &|_, _| ()).unwrap();
    let name = |finding: &audit::Finding| {
        let (_, id) = outcome.plan.target(&outcome.data, &finding.target);
        format!("{} {id}", outcome.plan.rule(finding.rule).id)
    };
    outcome.findings.iter().map(name).collect()
}

#[test]
fn codes_on_lines_are_scans() {
    let folder = folder();
    write_csv(&folder);
    assert_eq!(found(folder.path()), FOUND);
}

#[test]
fn parquet_says_the_same() {
    for as_numbers in [true, false] {
        let folder = folder();
        write_parquet(&folder, as_numbers);
        assert_eq!(found(folder.path()), FOUND, "numbers: {as_numbers}");
    }
}

/// Then the codes on lines only say that there is one.
#[test]
fn a_file_of_scans_is_believed_alone() {
    let scans = "event_id,bkkp_sn,drug_trac_codg,event\nE1,6,E,sale\n";
    for parquet in [false, true] {
        let folder = folder();
        match parquet {
            true => write_parquet(&folder, true),
            false => write_csv(&folder),
        }
        fs::write(folder.path().join("trac_events.csv"), scans).unwrap();
        assert_eq!(found(folder.path()), ["T003 5"], "parquet: {parquet}");
    }
}
