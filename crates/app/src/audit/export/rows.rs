//! Columns back into texts, as files of the audit have them.

use std::collections::BTreeMap;

use lines::{Data, Lines, Moment, NONE, Table, Visits};

use crate::audit::intake::{SCANS, kind_code};

const VISITS: [&str; 21] = [
    "visit",
    "settlement",
    "person",
    "provider",
    "care",
    "begin",
    "end",
    "settled",
    "diagnoses",
    "diagnosis_names",
    "department",
    "disease",
    "insurance",
    "level",
    "mode",
    "critical",
    "no_third_party",
    "died_or_moved",
    "unfunded",
    "terminal",
    "invoice",
];

const LINES: [&str; 18] = [
    "line",
    "visit",
    "item",
    "item_name",
    "kind",
    "time",
    "count",
    "price",
    "amount",
    "in_scope",
    "charge_level",
    "department",
    "doctor",
    "prescription",
    "split",
    "take_home",
    "supply_days",
    "dose",
];

/// Visits and their lines, by the month of settlement: `month=202511/lines`.
pub(super) fn by_month(data: &Data) -> Vec<(String, Table)> {
    let empty = || (Table::new(VISITS), Table::new(LINES));
    let mut months: BTreeMap<String, (Table, Table)> = BTreeMap::new();
    for visit in 0..u32::try_from(data.visits.len()).unwrap_or(u32::MAX) {
        let settled = data.visits.settled[visit as usize].day().date();
        let month = format!("month={:04}{:02}", settled.year(), settled.month());
        let (visits, lines) = months.entry(month).or_insert_with(empty);
        visits.push(visit_cells(data, visit));
        for row in data.lines_of(visit) {
            lines.push(line_cells(data, row));
        }
    }
    let parts = months.into_iter().flat_map(|(month, (visits, lines))| {
        [
            (format!("{month}/visits"), visits),
            (format!("{month}/lines"), lines),
        ]
    });
    parts.collect()
}

fn visit_cells(data: &Data, visit: u32) -> [String; 21] {
    let visits = &data.visits;
    let at = visit as usize;
    let mark = |mark: u8| u8::from(visits.has(visit, mark)).to_string();
    let text = |number: u32, texts: &lines::Dictionary| match number {
        NONE => String::new(),
        known => texts.text(known).to_owned(),
    };
    let known = |number: u32| match number {
        0 => String::new(),
        code => code.to_string(),
    };
    let (codes, names): (Vec<&str>, Vec<&str>) = visits
        .diagnoses_of(visit)
        .map(|one| (one.code, one.name))
        .unzip();
    let mode = match visits.has(visit, Visits::INTERNET) {
        true => "internet".to_owned(),
        false => String::new(),
    };
    [
        visits.ids.text(visit).to_owned(),
        text(visits.settlement[at], &visits.settlements),
        data.people.ids.text(visits.person[at]).to_owned(),
        data.providers.ids.text(visits.provider[at]).to_owned(),
        known(u32::from(visits.care[at].0)),
        time(visits.begin[at]),
        time(visits.end[at]),
        time(visits.settled[at]),
        codes.join("|"),
        names.join("|"),
        text(visits.department[at], &data.departments),
        text(visits.disease[at], &data.keys),
        known(u32::from(visits.insurance[at])),
        known(u32::from(visits.level[at].0)),
        mode,
        mark(Visits::CRITICAL),
        mark(Visits::NO_THIRD_PARTY),
        mark(Visits::DIED_OR_MOVED),
        mark(Visits::UNFUNDED),
        text(visits.terminal[at], &visits.terminals),
        text(visits.invoice[at], &visits.invoices),
    ]
}

fn line_cells(data: &Data, row: u32) -> [String; 18] {
    let (lines, at) = (&data.lines, row as usize);
    let item = lines.item[at];
    let text = |number: u32, texts: &lines::Dictionary| match number {
        NONE => String::new(),
        known => texts.text(known).to_owned(),
    };
    let kind = kind_code(data.items.kind(item));
    let outside = lines.has(row, Lines::OUTSIDE_CATALOGUE);
    let department = lines.department(row).map_or(NONE, u32::from);
    [
        data.line_id(row),
        data.visits.ids.text(lines.visit[at]).to_owned(),
        data.items.code(item).to_owned(),
        data.items.name(item).to_owned(),
        kind.to_owned(),
        time(lines.time[at]),
        decimal(i64::from(lines.count[at]), 3),
        decimal(lines.price(row).unwrap_or(0), 4),
        lines.amount[at].to_string(),
        lines.in_scope(row).to_string(),
        if outside { "03" } else { "" }.to_owned(),
        text(department, &data.departments),
        text(lines.doctor(row), &data.doctors),
        text(lines.prescription(row), &data.prescriptions),
        u8::from(lines.has(row, Lines::SPLIT)).to_string(),
        u8::from(lines.has(row, Lines::TAKE_HOME)).to_string(),
        given(lines.supply_days(row).map(|days| days.to_string())),
        given(lines.dose(row).map(|dose| decimal(dose, 3))),
    ]
}

fn given(text: Option<String>) -> String {
    text.unwrap_or_default()
}

/// Scans of trace codes.
pub(super) fn scans(data: &Data) -> Table {
    let mut table = Table::new(SCANS);
    for event in data.trace.iter().flat_map(|trace| &trace.events) {
        let line = match event.line {
            NONE => String::new(),
            row => data.line_id(row),
        };
        let place = |number: u32, texts: &lines::Dictionary| match number {
            NONE => String::new(),
            known => texts.text(known).to_owned(),
        };
        table.push([
            event.code.to_string(),
            line,
            "sale".to_owned(),
            time(event.time),
            place(event.provider, &data.providers.ids),
            place(event.item, &data.items.codes),
            decimal(i64::from(event.quantity), 3),
        ]);
    }
    table
}

/// A moment as files write it; empty where there is none.
fn time(moment: Moment) -> String {
    match moment == Moment::default() {
        true => String::new(),
        false => moment.to_string(),
    }
}

/// A count of 10^-`places` as a decimal.
fn decimal(value: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{whole}.{part:0width$}", width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_sign_and_places() {
        assert_eq!(decimal(-1_050, 3), "-1.050");
        assert_eq!(decimal(8_000_000, 4), "800.0000");
    }
}
