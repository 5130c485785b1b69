use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{FactRow, IndexRow, ReopenedRow};
use crate::table::{Home, Kind, Table};

pub(crate) const FACTS: Table = Table {
    name: "person_facts",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("fact_no", Kind::Int),
        ("kind", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("fact", Kind::Json),
        ("recorded_at", Kind::Time),
        ("recorded_by", Kind::Text),
        ("source", Kind::Text),
        ("replaces", Kind::Int),
        ("withdrawn", Kind::Bool),
    ],
};

pub(crate) const INDEX: Table = Table {
    name: "person_index",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("kind", Kind::Text),
        ("value", Kind::Text),
    ],
};

pub(crate) const REOPENED: Table = Table {
    name: "reopened_bills",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("settlement_id", Kind::Text),
        ("fact_no", Kind::Int),
        ("state", Kind::Text),
        ("found_at", Kind::Time),
        ("reason", Kind::Text),
        ("fund_before_fen", Kind::Int),
        ("fund_after_fen", Kind::Int),
        ("own_before_fen", Kind::Int),
        ("own_after_fen", Kind::Int),
        ("detail", Kind::Json),
        ("decided_by", Kind::Text),
        ("decided_at", Kind::Time),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, person: &'a str, row: &'a FactRow) {
    cells.area(area).text(person).int(row.number);
    cells.text(&row.kind).date(row.starts_on);
    cells.date_or_null(row.ends_on).text(&row.fact);
    cells.time(row.recorded_at).text(&row.recorded_by);
    cells.text(&row.source).int(row.replaces);
    cells.bool(row.withdrawn);
}

pub(crate) fn take(record: &mut Record) -> Result<FactRow, Fault> {
    record.skip(2);
    Ok(FactRow {
        number: record.int()?,
        kind: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        fact: record.text()?,
        recorded_at: record.time()?,
        recorded_by: record.text()?,
        source: record.text()?,
        replaces: record.int()?,
        withdrawn: record.bool()?,
    })
}

pub(crate) fn put_index<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a IndexRow,
) {
    cells.area(area).text(person);
    cells.text(&row.kind).text(&row.value);
}

pub(crate) fn put_reopened<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ReopenedRow) {
    cells.area(area).text(&row.person_no);
    cells.text(&row.settlement_id).int(row.fact_no);
    cells.text(&row.state).time(row.found_at).text(&row.reason);
    cells.fen(row.fund_before).fen(row.fund_after);
    cells.fen(row.own_before).fen(row.own_after);
    cells.text(&row.detail).text(&row.decided_by);
    cells.time_or_null(row.decided_at);
}

pub(crate) fn take_reopened(record: &mut Record) -> Result<ReopenedRow, Fault> {
    record.skip(1);
    Ok(ReopenedRow {
        person_no: record.text()?,
        settlement_id: record.text()?,
        fact_no: record.int()?,
        state: record.text()?,
        found_at: record.time()?,
        reason: record.text()?,
        fund_before: record.fen()?,
        fund_after: record.fen()?,
        own_before: record.fen()?,
        own_after: record.fen()?,
        detail: record.text()?,
        decided_by: record.text()?,
        decided_at: record.time_or_null()?,
    })
}
