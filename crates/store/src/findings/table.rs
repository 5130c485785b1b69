use terms::AreaCode;

use super::{CleaningRunRow, FindingDecisionRow, FindingRow};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const RUNS: Table = Table {
    name: "cleaning_runs",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("run_id", Kind::Text),
        ("state", Kind::Text),
        ("people", Kind::Int),
        ("by_name", Kind::Text),
        ("started_at", Kind::Time),
        ("finished_at", Kind::Time),
        ("counts", Kind::Json),
    ],
};

pub(crate) const FINDINGS: Table = Table {
    name: "findings",
    home: Home::Column("finding_id"),
    columns: &[
        ("area", Kind::Int),
        ("finding_id", Kind::Text),
        ("check_kind", Kind::Text),
        ("person_no", Kind::Text),
        ("other_no", Kind::Text),
        ("state", Kind::Text),
        ("score", Kind::Int),
        ("assigned", Kind::Text),
        ("first_run", Kind::Text),
        ("last_run", Kind::Text),
        ("changed_at", Kind::Time),
        ("evidence", Kind::Json),
    ],
};

pub(crate) const DECISIONS: Table = Table {
    name: "finding_decisions",
    home: Home::Column("finding_id"),
    columns: &[
        ("area", Kind::Int),
        ("finding_id", Kind::Text),
        ("sequence", Kind::Int),
        ("decision", Kind::Text),
        ("note", Kind::Text),
        ("by_name", Kind::Text),
        ("decided_at", Kind::Time),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put_run<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a CleaningRunRow) {
    cells.area(area).text(&row.run_id).text(&row.state);
    cells.int(row.people).text(&row.by_name);
    cells.time(row.started_at).time_or_null(row.finished_at);
    cells.text(&row.counts);
}

pub(crate) fn take_run(record: &mut Record) -> Result<CleaningRunRow, Fault> {
    record.skip(1);
    Ok(CleaningRunRow {
        run_id: record.text()?,
        state: record.text()?,
        people: record.int()?,
        by_name: record.text()?,
        started_at: record.time()?,
        finished_at: record.time_or_null()?,
        counts: record.text()?,
    })
}

pub(crate) fn put_finding<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a FindingRow) {
    cells.area(area).text(&row.finding_id).text(&row.check);
    cells.text(&row.person_no).text(&row.other_no);
    cells.text(&row.state).int(row.score).text(&row.assigned);
    cells.text(&row.first_run).text(&row.last_run);
    cells.time(row.changed_at).text(&row.evidence);
}

pub(crate) fn take_finding(record: &mut Record) -> Result<FindingRow, Fault> {
    record.skip(1);
    Ok(FindingRow {
        finding_id: record.text()?,
        check: record.text()?,
        person_no: record.text()?,
        other_no: record.text()?,
        state: record.text()?,
        score: record.int()?,
        assigned: record.text()?,
        first_run: record.text()?,
        last_run: record.text()?,
        changed_at: record.time()?,
        evidence: record.text()?,
    })
}

pub(crate) fn put_decision<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    finding_id: &'a str,
    row: &'a FindingDecisionRow,
) {
    cells.area(area).text(finding_id).int(row.sequence);
    cells.text(&row.decision).text(&row.note).text(&row.by_name);
    cells.time(row.decided_at).text(&row.detail);
}

pub(crate) fn take_decision(record: &mut Record) -> Result<FindingDecisionRow, Fault> {
    record.skip(2);
    Ok(FindingDecisionRow {
        sequence: record.int()?,
        decision: record.text()?,
        note: record.text()?,
        by_name: record.text()?,
        decided_at: record.time()?,
        detail: record.text()?,
    })
}
