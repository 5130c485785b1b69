use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{LineRow, LineStatus, LineTotals, VisitRow};
use crate::table::{Home, Kind, Table};

pub(crate) const VISITS: Table = Table {
    name: "visits",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("visit_id", Kind::Text),
        ("version", Kind::Int),
        ("institution", Kind::Text),
        ("kind", Kind::Text),
        ("care_type", Kind::Text),
        ("scheme", Kind::Text),
        ("status", Kind::Text),
        ("started_at", Kind::Time),
        ("ended_at", Kind::Time),
        ("diagnoses", Kind::Json),
        ("detail", Kind::Json),
    ],
};

pub(crate) const LINES: Table = Table {
    name: "fee_lines",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("visit_id", Kind::Text),
        ("line_no", Kind::Text),
        ("withdrawn", Kind::Text),
        ("upload", Kind::Text),
        ("charge_batch", Kind::Text),
        ("status", Kind::Text),
        ("settlement_id", Kind::Text),
        ("item_code", Kind::Text),
        ("local_code", Kind::Text),
        ("price_micro", Kind::Int),
        ("quantity_micro", Kind::Int),
        ("total_fen", Kind::Int),
        ("self_paid_fen", Kind::Int),
        ("over_limit_fen", Kind::Int),
        ("prior_fen", Kind::Int),
        ("in_scope_fen", Kind::Int),
        ("charged_at", Kind::Time),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, person: &'a str, row: &'a VisitRow) {
    cells
        .area(area)
        .text(person)
        .text(&row.visit_id)
        .int(row.version);
    cells
        .text(&row.institution)
        .text(&row.kind)
        .text(&row.care_type)
        .text(&row.scheme);
    cells
        .text(&row.status)
        .time(row.started_at)
        .time_or_null(row.ended_at);
    cells.text(&row.diagnoses).text(&row.detail);
}

/// The person and the visit.
pub(crate) fn take(record: &mut Record) -> Result<(String, VisitRow), Fault> {
    record.skip(1);
    let person = record.text()?;
    let visit = VisitRow {
        visit_id: record.text()?,
        version: record.int()?,
        institution: record.text()?,
        kind: record.text()?,
        care_type: record.text()?,
        scheme: record.text()?,
        status: record.text()?,
        started_at: record.time()?,
        ended_at: record.time_or_null()?,
        diagnoses: record.text()?,
        detail: record.text()?,
    };
    Ok((person, visit))
}

pub(crate) fn put_line<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a LineRow,
) {
    let withdrawn = match row.status {
        LineStatus::Cancelled => row.upload.as_str(),
        LineStatus::Live | LineStatus::Settled => "",
    };
    cells.area(area).text(person);
    cells.text(&row.visit_id).text(&row.line_no).text(withdrawn);
    cells
        .text(&row.upload)
        .text(&row.charge_batch)
        .text(row.status.word())
        .text(&row.settlement_id);
    cells.text(&row.item_code).text(&row.local_code);
    cells.int(row.price_micro).int(row.quantity_micro);
    put_totals(cells, &row.amounts);
    cells.time(row.charged_at).text(&row.detail);
}

pub(crate) fn take_line(record: &mut Record) -> Result<LineRow, Fault> {
    record.skip(2);
    let (visit_id, line_no) = (record.text()?, record.text()?);
    record.skip(1);
    Ok(LineRow {
        visit_id,
        line_no,
        upload: record.text()?,
        charge_batch: record.text()?,
        status: take_status(record)?,
        settlement_id: record.text()?,
        item_code: record.text()?,
        local_code: record.text()?,
        price_micro: record.int()?,
        quantity_micro: record.int()?,
        amounts: take_totals(record)?,
        charged_at: record.time()?,
        detail: record.text()?,
    })
}

fn take_status(record: &mut Record) -> Result<LineStatus, Fault> {
    let word = record.text()?;
    LineStatus::read(&word).ok_or_else(|| Fault::found(format!("read line status {word}")))
}

pub(crate) fn put_totals(cells: &mut Cells<'_>, amounts: &LineTotals) {
    cells
        .fen(amounts.total)
        .fen(amounts.self_paid)
        .fen(amounts.over_limit);
    cells.fen(amounts.prior).fen(amounts.in_scope);
}

pub(crate) fn take_totals(record: &mut Record) -> Result<LineTotals, Fault> {
    Ok(LineTotals {
        total: record.fen()?,
        self_paid: record.fen()?,
        over_limit: record.fen()?,
        prior: record.fen()?,
        in_scope: record.fen()?,
    })
}
