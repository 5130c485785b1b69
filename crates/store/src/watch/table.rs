use terms::AreaCode;

use super::{WatchAnswerRow, WatchLineRow, WatchRunRow};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const RUNS: Table = Table {
    name: "watch_runs",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("month", Kind::Text),
        ("run_no", Kind::Int),
        ("ran_at", Kind::Time),
        ("ran_by", Kind::Text),
        ("edition", Kind::Text),
        ("people", Kind::Int),
    ],
};

pub(crate) const LINES: Table = Table {
    name: "watch_lines",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("month", Kind::Text),
        ("run_no", Kind::Int),
        ("name", Kind::Text),
        ("line", Kind::Text),
        ("threshold_fen", Kind::Int),
        ("own_fen", Kind::Int),
        ("detail", Kind::Json),
    ],
};

pub(crate) const ANSWERS: Table = Table {
    name: "watch_answers",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("month", Kind::Text),
        ("answer_no", Kind::Int),
        ("bureau", Kind::Text),
        ("recognised", Kind::Bool),
        ("identity", Kind::Text),
        ("answered_on", Kind::Date),
        ("recorded_at", Kind::Time),
        ("recorded_by", Kind::Text),
        ("note", Kind::Text),
    ],
};
pub(crate) fn put_run<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a WatchRunRow) {
    cells.area(area).text(&row.month).int(row.run_no);
    cells.time(row.ran_at).text(&row.ran_by).text(&row.edition);
    cells.int(row.people);
}

pub(crate) fn take_run(record: &mut Record) -> Result<WatchRunRow, Fault> {
    record.skip(1);
    Ok(WatchRunRow {
        month: record.text()?,
        run_no: record.int()?,
        ran_at: record.time()?,
        ran_by: record.text()?,
        edition: record.text()?,
        people: record.int()?,
    })
}

pub(crate) fn put_line<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a WatchLineRow) {
    cells.area(area).text(&row.person_no).text(&row.month);
    cells.int(row.run_no).text(&row.name).text(&row.line);
    cells.fen(row.threshold).fen(row.own).text(&row.detail);
}

pub(crate) fn take_line(record: &mut Record) -> Result<WatchLineRow, Fault> {
    record.skip(1);
    Ok(WatchLineRow {
        person_no: record.text()?,
        month: record.text()?,
        run_no: record.int()?,
        name: record.text()?,
        line: record.text()?,
        threshold: record.fen()?,
        own: record.fen()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_answer<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a WatchAnswerRow) {
    cells.area(area).text(&row.person_no).text(&row.month);
    cells.int(row.answer_no).text(&row.bureau);
    cells.bool(row.recognised).text(&row.identity);
    cells.date(row.answered_on).time(row.recorded_at);
    cells.text(&row.recorded_by).text(&row.note);
}

pub(crate) fn take_answer(record: &mut Record) -> Result<WatchAnswerRow, Fault> {
    record.skip(1);
    Ok(WatchAnswerRow {
        person_no: record.text()?,
        month: record.text()?,
        answer_no: record.int()?,
        bureau: record.text()?,
        recognised: record.bool()?,
        identity: record.text()?,
        answered_on: record.date()?,
        recorded_at: record.time()?,
        recorded_by: record.text()?,
        note: record.text()?,
    })
}
