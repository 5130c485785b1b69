//! The same batch gives the same findings in any order of its rows and cut at any place.

use audit::{Knowledge, Params, Plan, all_rules, scan};
use lines::{Data, Intake, Quality, Table};
use proptest::prelude::*;

/// A small batch in which rules have something to find: few people, items and dates.
#[derive(Debug, Clone)]
struct Rows {
    visits: Vec<(u8, u8, u8, u8)>,
    lines: Vec<(u8, u8, u8, i8)>,
}

fn rows() -> impl Strategy<Value = Rows> {
    let visits = prop::collection::vec((0..4_u8, 0..3_u8, 0..30_u8, 0..6_u8), 1..12);
    let lines = prop::collection::vec((0..12_u8, 0..6_u8, 0..72_u8, -1..3_i8), 0..60);
    (visits, lines).prop_map(|(visits, lines)| Rows { visits, lines })
}

fn visits(rows: &Rows) -> Table {
    let columns = [
        "visit",
        "person",
        "provider",
        "care",
        "begin",
        "end",
        "diagnoses",
    ];
    let mut table = Table::new(columns);
    for (at, &(person, provider, day, nights)) in rows.visits.iter().enumerate() {
        let (begin, end) = (1 + day % 25, 1 + day % 25 + nights);
        table.push([
            format!("V{at}"),
            format!("P{person}"),
            format!("H{provider}"),
            if nights > 0 {
                "21".to_owned()
            } else {
                "11".to_owned()
            },
            format!("2025-01-{begin:02} 08:00:00"),
            format!("2025-01-{end:02} 10:00:00"),
            "J18.9".to_owned(),
        ]);
    }
    table
}

fn line_rows(rows: &Rows) -> Vec<Vec<String>> {
    let row = |(at, &(visit, item, hours, count)): (usize, &(u8, u8, u8, i8))| {
        let begin = 1 + rows.visits[usize::from(visit) % rows.visits.len()].2 % 25;
        let (day, hour) = (begin + hours / 24, hours % 24);
        vec![
            format!("L{at}"),
            format!("V{}", usize::from(visit) % rows.visits.len()),
            format!("2025-01-{day:02} {hour:02}:00:00"),
            format!("I{item}"),
            count.to_string(),
            "10".to_owned(),
            (i32::from(count) * 10).to_string(),
        ]
    };
    rows.lines.iter().enumerate().map(row).collect()
}

fn assemble(visits: &Table, lines: &[Vec<String>]) -> Data {
    let mut table = Table::new(["line", "visit", "time", "item", "count", "price", "amount"]);
    for line in lines {
        table.push(line);
    }
    let mut intake = Intake::default();
    intake.take("lines", &table);
    intake.take("visits", visits);
    intake.assemble()
}

fn knowledge() -> Knowledge {
    let mut knowledge = Knowledge::default();
    let mut quality = Quality::default();
    let mut add = |name: &str, columns: &[&str], row: &[&str]| {
        let mut table = Table::new(columns);
        table.push(row);
        knowledge.add(name, &table, &mut quality);
    };
    add(
        "k_item_daily_cap",
        &["item", "cap", "unit"],
        &["I0", "1", "times_per_day"],
    );
    add(
        "k_item_includes",
        &["main", "part", "window"],
        &["I1", "I2", "day"],
    );
    add(
        "k_item_includes",
        &["main", "part", "window"],
        &["I3", "I4", "visit"],
    );
    add(
        "k_drug_course",
        &["item", "item_name", "max_pay_days"],
        &["I5", "甲", "1"],
    );
    add(
        "k_item_cycle_cap",
        &["item", "max_times", "window_days"],
        &["I0", "1", "3"],
    );
    knowledge
}

fn plan(data: &Data) -> Plan {
    let (knowledge, mut quality) = (knowledge(), Quality::default());
    Plan::compile(
        &all_rules(),
        data,
        &knowledge,
        &Params::default(),
        &mut quality,
    )
}

/// Findings as a file would show them.
fn shown(plan: &Plan, data: &Data, findings: &[audit::Finding]) -> Vec<String> {
    let show = |finding: &audit::Finding| {
        let (kind, id) = plan.target(data, &finding.target);
        let (rule, evidence) = (plan.rule(finding.rule).id, plan.evidence(data, finding));
        format!("{rule} {kind} {id} {} {}", finding.amount, evidence)
    };
    findings.iter().map(show).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in rows(),
        shift in 0..60_usize,
        backwards in any::<bool>(),
    ) {
        let visits = visits(&rows);
        let lines = line_rows(&rows);
        let straight = assemble(&visits, &lines);
        let mut turned = lines;
        let by = shift % turned.len().max(1);
        turned.rotate_left(by);
        if backwards {
            turned.reverse();
        }
        let turned = assemble(&visits, &turned);
        let (a, b) = (plan(&straight), plan(&turned));
        let wanted = shown(&a, &straight, &scan(&a, &straight));
        prop_assert_eq!(wanted, shown(&b, &turned, &scan(&b, &turned)));
        prop_assert_eq!(straight.quality, turned.quality);
    }

    #[test]
    fn the_number_of_threads_does_not_matter(rows in rows(), threads in 2..5_usize) {
        let data = assemble(&visits(&rows), &line_rows(&rows));
        let plan = plan(&data);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| scan(&plan, &data))
        };
        prop_assert_eq!(on(1), on(threads));
    }
}
