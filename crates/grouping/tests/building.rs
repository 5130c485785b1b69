//! A directory made from history: thresholds, year weights, and that it groups its own history.
#![allow(clippy::unwrap_used)]

use grouping::dip::{BuildSettings, BuiltDirectory, Tally, build};
use grouping::tables::{ClassRow, DipSettings};
use grouping::{Discharge, Place};
use money::{Fen, Ratio};

fn classes() -> Vec<ClassRow> {
    let class = |(procedure, class): (&str, &str)| ClassRow {
        place: Place {
            file: "procedure_class.csv".into(),
            row: 0,
        },
        procedure: procedure.to_owned(),
        class: class.to_owned(),
    };
    [
        ("47.0", "operation"),
        ("33.2", "diagnostic"),
        ("99.2", "therapeutic"),
    ]
    .map(class)
    .into()
}

fn settings(threshold: u64) -> BuildSettings {
    BuildSettings {
        threshold,
        base: 1000,
        year_weights: vec![1, 2, 7],
        directory: DipSettings::default(),
    }
}

/// Year, diagnosis, procedures, yuan, how many such cases.
type History = [(i16, &'static str, &'static [&'static str], i64, usize)];

fn tally(history: &History) -> Tally {
    let mut tally = Tally::default();
    for (year, principal, procedures, yuan, count) in history {
        let discharge = Discharge {
            principal: Some(principal),
            procedures: procedures.to_vec(),
            total_cost: Some(Fen::yuan(*yuan)),
            ..Discharge::default()
        };
        for _ in 0..*count {
            assert!(tally.add(*year, &discharge));
        }
    }
    tally
}

fn made(history: &History, threshold: u64) -> BuiltDirectory {
    build(&tally(history), &classes(), &[], &settings(threshold)).unwrap()
}

#[test]
fn combinations_with_enough_cases_become_core_groups() {
    let made = made(
        &[
            (2021, "J18.900", &[], 1000, 10),
            (2022, "J18.901", &[], 2000, 10),
            (2023, "J18.902", &[], 3000, 10),
            (2023, "J18.900", &["33.2400"], 5000, 4),
            (2023, "J20.900", &[], 500, 2),
        ],
        15,
    );
    let core: Vec<&str> = made.core.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(core, ["J18.9:×"]);
    assert_eq!(made.core[0].cases, 30);
    // (1 × 1000 + 2 × 2000 + 7 × 3000) / 10
    assert_eq!(made.core[0].mean_cost, Fen::yuan(2600));
    let rest: Vec<(&str, u64)> = made
        .comprehensive
        .iter()
        .map(|row| (row.code.as_str(), row.cases))
        .collect();
    assert_eq!(rest, [("J:conservative", 2), ("J:diagnostic", 4)]);
    // 2023: (10 × 3000 + 4 × 5000 + 2 × 500) / 16 = 3187.50; (1000 + 2 × 2000 + 7 × 3187.5) / 10
    assert_eq!(made.mean_cost.to_string(), "2731.25");
    // 2600 / 2731.25 × 1000 = 951.94508…
    assert_eq!(made.core[0].score, Ratio::new(9_519_451, 10_000));
}

#[test]
fn what_a_core_group_would_take_counts_for_it() {
    // The combination with one more procedure is too rare for itself, and fits the wider one.
    let history: &History = &[
        (2021, "K35.800", &["47.0100"], 1000, 5),
        (2022, "K35.800", &["47.0100"], 1000, 5),
        (2023, "K35.800", &["47.0100"], 1000, 6),
        (2023, "K35.800", &["47.0100", "99.2500"], 1600, 6),
    ];
    let made = made(history, 15);
    assert_eq!(made.core.len(), 1);
    assert_eq!(made.core[0].cases, 22);
    assert_eq!(made.comprehensive, []);
    // 2023: (6 × 1000 + 6 × 1600) / 12 = 1300; (1000 + 2 × 1000 + 7 × 1300) / 10
    assert_eq!(made.core[0].mean_cost, Fen::yuan(1210));
    assert_eq!(made.core[0].score, Ratio::new(1000, 1));
}

#[test]
fn procedures_that_do_not_count_make_no_combination() {
    let history: &History = &[
        (2021, "J18.900", &["89.1000"], 1000, 5),
        (2022, "J18.900", &[], 1000, 5),
        (2023, "j18.900 ", &["89.2000"], 1000, 5),
    ];
    let made = made(history, 15);
    assert_eq!(made.core[0].code, "J18.9:×");
    assert_eq!(made.core[0].cases, 15);
}

#[test]
fn years_and_weights_must_match() {
    let tally = tally(&[
        (2022, "J18.900", &[], 1000, 20),
        (2023, "J18.900", &[], 1000, 20),
    ]);
    let said = build(&tally, &classes(), &[], &settings(15)).unwrap_err();
    assert_eq!(said, "历史数据有2个年度（2022、2023），年度权重却有3个");
    let said = build(&Tally::default(), &classes(), &[], &settings(15)).unwrap_err();
    assert_eq!(said, "历史数据没有可用的病例");
}

#[test]
fn a_case_without_cost_or_diagnosis_is_not_counted() {
    let mut tally = Tally::default();
    assert!(!tally.add(2023, &Discharge::default()));
    let costless = Discharge {
        principal: Some("J18.900"),
        total_cost: Some(Fen::ZERO),
        ..Discharge::default()
    };
    assert!(!tally.add(2023, &costless));
    assert_eq!(tally.years(), []);
}
