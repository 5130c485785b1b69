//! How many discharges one core groups per second, reasons included.
//!
//! `cargo bench -p grouping --bench group`: a whole national scheme with its sample when
//! `../shared/reference/drg` lies beside the tree, and the made-up scheme of `catalogues/drg`.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};

use divan::counter::ItemsCount;
use grouping::{Discharge, DrgScheme, group};

fn main() {
    divan::main();
}

/// A scheme and its cases as text, cells by column.
struct Sample {
    scheme: DrgScheme,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sample {
    fn load(scheme: &Path, cases: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(cases).ok()?;
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
        let mut lines = text.lines();
        Some(Self {
            scheme: lawbook::load_drg(scheme, None).unwrap().scheme,
            header: cells(lines.next()?),
            rows: lines.map(cells).collect(),
        })
    }

    fn discharges(&self) -> Vec<Discharge<'_>> {
        self.rows.iter().map(|row| self.discharge(row)).collect()
    }

    fn discharge<'s>(&'s self, row: &'s [String]) -> Discharge<'s> {
        let at = |name: &str| self.header.iter().position(|column| column == name);
        Discharge::from_cells(|name| at(name).and_then(|at| row.get(at)).map(String::as_str))
            .unwrap()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn measure(bencher: divan::Bencher<'_, '_>, sample: Option<Sample>) {
    let Some(sample) = sample else {
        eprintln!("SKIPPED: the scheme or its sample is not there");
        return;
    };
    let discharges = sample.discharges();
    bencher
        .counter(ItemsCount::new(discharges.len()))
        .bench_local(|| {
            for discharge in &discharges {
                divan::black_box(group(&sample.scheme, divan::black_box(discharge)));
            }
        });
}

/// The national scheme 1.1 and its sample.
#[divan::bench]
fn national_1_1(bencher: divan::Bencher<'_, '_>) {
    let drg = root().join("../shared/reference/drg");
    let sample = Sample::load(
        &drg.join("scheme-chs-drg-1.1"),
        &drg.join("sample-1.1-cases.csv"),
    );
    measure(bencher, sample);
}

/// The made-up scheme of the tree, and cases put together from its codes.
#[divan::bench]
fn made_up(bencher: divan::Bencher<'_, '_>) {
    let diagnoses = [
        "I63.900", "J18.900", "K35.800", "C50.900", "S72.000", "E11.900", "N18.900",
    ];
    let others = [
        "A41.900|E11.900",
        "",
        "J96.000|I48.900|D64.900",
        "I10.x00",
        "K74.600",
    ];
    let procedures = ["", "47.0100", "36.0600|88.5500", "", "85.4300|85.8500"];
    let row = |number: usize| {
        let cells = [
            if number.is_multiple_of(2) { "1" } else { "2" },
            "61",
            diagnoses[number % diagnoses.len()],
            others[number % others.len()],
            procedures[number / 3 % procedures.len()],
        ];
        cells.map(str::to_owned).into()
    };
    let header = [
        "sex",
        "age_years",
        "principal_dx",
        "secondary_dx",
        "procedures",
    ];
    let scheme = lawbook::load_drg(&root().join("catalogues/drg/example"), None);
    let sample = Sample {
        scheme: scheme.unwrap().scheme,
        header: header.map(str::to_owned).into(),
        rows: (0..3000).map(row).collect(),
    };
    measure(bencher, Some(sample));
}
