use terms::AreaCode;

use super::{ListChangeRow, ListLineRow, ListResultRow, ListRow, ListStepRow};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const LISTS: Table = Table {
    name: "difficulty_lists",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("list_no", Kind::Text),
        ("bureau", Kind::Text),
        ("kind", Kind::Text),
        ("covers", Kind::Json),
        ("list_day", Kind::Date),
        ("file_name", Kind::Text),
        ("file_hash", Kind::Text),
        ("totals", Kind::Json),
        ("row_count", Kind::Int),
        ("received_at", Kind::Time),
        ("received_by", Kind::Text),
    ],
};

pub(crate) const STEPS: Table = Table {
    name: "difficulty_list_steps",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("list_no", Kind::Text),
        ("step_no", Kind::Int),
        ("state", Kind::Text),
        ("at", Kind::Time),
        ("by_name", Kind::Text),
        ("summary", Kind::Json),
    ],
};

pub(crate) const ROWS: Table = Table {
    name: "difficulty_rows",
    home: Home::Column("list_no"),
    columns: &[
        ("area", Kind::Int),
        ("list_no", Kind::Text),
        ("row_no", Kind::Int),
        ("raw", Kind::Json),
    ],
};

pub(crate) const RESULTS: Table = Table {
    name: "difficulty_results",
    home: Home::Column("list_no"),
    columns: &[
        ("area", Kind::Int),
        ("list_no", Kind::Text),
        ("step_no", Kind::Int),
        ("row_no", Kind::Int),
        ("person_no", Kind::Text),
        ("result", Kind::Text),
        ("reason_code", Kind::Text),
        ("reason", Kind::Text),
    ],
};

pub(crate) const CHANGES: Table = Table {
    name: "difficulty_changes",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("list_no", Kind::Text),
        ("change_no", Kind::Int),
        ("identity", Kind::Text),
        ("kind", Kind::Text),
        ("was_from", Kind::Date),
        ("was_to", Kind::Date),
        ("now_from", Kind::Date),
        ("now_to", Kind::Date),
        ("enrolled_on", Kind::Date),
        ("reopened", Kind::Int),
        ("reason", Kind::Text),
        ("changed_at", Kind::Time),
    ],
};
pub(crate) fn put_list<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ListRow) {
    cells.area(area).text(&row.list_no).text(&row.bureau);
    cells.text(&row.kind).text(&row.covers).date(row.list_day);
    cells.text(&row.file_name).text(&row.file_hash);
    cells.text(&row.totals).int(row.row_count);
    cells.time(row.received_at).text(&row.received_by);
}

pub(crate) fn take_list(record: &mut Record) -> Result<ListRow, Fault> {
    record.skip(1);
    Ok(ListRow {
        list_no: record.text()?,
        bureau: record.text()?,
        kind: record.text()?,
        covers: record.text()?,
        list_day: record.date()?,
        file_name: record.text()?,
        file_hash: record.text()?,
        totals: record.text()?,
        row_count: record.int()?,
        received_at: record.time()?,
        received_by: record.text()?,
    })
}

pub(crate) fn put_step<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ListStepRow) {
    cells.area(area).text(&row.list_no).int(row.step_no);
    cells.text(&row.state).time(row.at).text(&row.by_name);
    cells.text(&row.summary);
}

pub(crate) fn take_step(record: &mut Record) -> Result<ListStepRow, Fault> {
    record.skip(1);
    Ok(ListStepRow {
        list_no: record.text()?,
        step_no: record.int()?,
        state: record.text()?,
        at: record.time()?,
        by_name: record.text()?,
        summary: record.text()?,
    })
}

pub(crate) fn put_line<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    list_no: &'a str,
    row: &'a ListLineRow,
) {
    cells.area(area).text(list_no).int(row.row_no);
    cells.text(&row.raw);
}

pub(crate) fn take_line(record: &mut Record) -> Result<ListLineRow, Fault> {
    record.skip(2);
    Ok(ListLineRow {
        row_no: record.int()?,
        raw: record.text()?,
    })
}

pub(crate) fn put_result<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    list_no: &'a str,
    row: &'a ListResultRow,
) {
    cells.area(area).text(list_no).int(row.step_no);
    cells.int(row.row_no).text(&row.person_no).text(&row.result);
    cells.text(&row.reason_code).text(&row.reason);
}

pub(crate) fn take_result(record: &mut Record) -> Result<ListResultRow, Fault> {
    record.skip(2);
    Ok(ListResultRow {
        step_no: record.int()?,
        row_no: record.int()?,
        person_no: record.text()?,
        result: record.text()?,
        reason_code: record.text()?,
        reason: record.text()?,
    })
}

pub(crate) fn put_change<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ListChangeRow) {
    cells.area(area).text(&row.person_no).text(&row.list_no);
    cells.int(row.change_no).text(&row.identity).text(&row.kind);
    for day in [
        row.was_from,
        row.was_to,
        row.now_from,
        row.now_to,
        row.enrolled_on,
    ] {
        cells.date_or_null(day);
    }
    cells
        .int(row.reopened)
        .text(&row.reason)
        .time(row.changed_at);
}

pub(crate) fn take_change(record: &mut Record) -> Result<ListChangeRow, Fault> {
    record.skip(1);
    Ok(ListChangeRow {
        person_no: record.text()?,
        list_no: record.text()?,
        change_no: record.int()?,
        identity: record.text()?,
        kind: record.text()?,
        was_from: record.date_or_null()?,
        was_to: record.date_or_null()?,
        now_from: record.date_or_null()?,
        now_to: record.date_or_null()?,
        enrolled_on: record.date_or_null()?,
        reopened: record.int()?,
        reason: record.text()?,
        changed_at: record.time()?,
    })
}
