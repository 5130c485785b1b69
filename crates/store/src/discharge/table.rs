use terms::AreaCode;

use super::{DischargeRow, GroupRow, QualityRow};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const DISCHARGES: Table = Table {
    name: "discharges",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("list_id", Kind::Text),
        ("settlement_id", Kind::Text),
        ("visit_id", Kind::Text),
        ("version", Kind::Int),
        ("uploads", Kind::Int),
        ("state", Kind::Text),
        ("institution", Kind::Text),
        ("person_name", Kind::Text),
        ("scheme", Kind::Text),
        ("care_type", Kind::Text),
        ("admitted_on", Kind::Date),
        ("discharged_on", Kind::Date),
        ("settled_on", Kind::Date),
        ("principal", Kind::Text),
        ("total_fen", Kind::Int),
        ("fund_fen", Kind::Int),
        ("errors", Kind::Int),
        ("warnings", Kind::Int),
        ("received_at", Kind::Time),
        ("body", Kind::Json),
    ],
};

pub(crate) const FINDINGS: Table = Table {
    name: "discharge_findings",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("list_id", Kind::Text),
        ("upload", Kind::Int),
        ("sequence", Kind::Int),
        ("check_kind", Kind::Text),
        ("severity", Kind::Text),
        ("field", Kind::Text),
        ("value", Kind::Text),
        ("message", Kind::Text),
    ],
};

pub(crate) const GROUPS: Table = Table {
    name: "discharge_groups",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("list_id", Kind::Text),
        ("grouping_id", Kind::Text),
        ("settlement_id", Kind::Text),
        ("institution", Kind::Text),
        ("discharged_on", Kind::Date),
        ("settled_on", Kind::Date),
        ("upload", Kind::Int),
        ("kind", Kind::Text),
        ("scheme", Kind::Text),
        ("scheme_hash", Kind::Text),
        ("grouped_at", Kind::Time),
        ("mdc", Kind::Text),
        ("adrg", Kind::Text),
        ("code", Kind::Text),
        ("name", Kind::Text),
        ("severity", Kind::Text),
        ("weight", Kind::Text),
        ("outcome", Kind::Text),
        ("note", Kind::Text),
        ("reason", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a DischargeRow) {
    cells.area(area).text(&row.person_no).text(&row.list_id);
    cells.text(&row.settlement_id).text(&row.visit_id);
    cells.int(row.version).int(row.uploads).text(&row.state);
    cells.text(&row.institution).text(&row.person_name);
    cells.text(&row.scheme).text(&row.care_type);
    cells.date_or_null(row.admitted_on).date(row.discharged_on);
    cells.date(row.settled_on).text(&row.principal);
    cells.fen(row.total).fen(row.fund);
    cells.int(row.errors).int(row.warnings);
    cells.time(row.received_at).text(&row.body);
}

pub(crate) fn take(record: &mut Record) -> Result<DischargeRow, Fault> {
    record.skip(1);
    Ok(DischargeRow {
        person_no: record.text()?,
        list_id: record.text()?,
        settlement_id: record.text()?,
        visit_id: record.text()?,
        version: record.int()?,
        uploads: record.int()?,
        state: record.text()?,
        institution: record.text()?,
        person_name: record.text()?,
        scheme: record.text()?,
        care_type: record.text()?,
        admitted_on: record.date_or_null()?,
        discharged_on: record.date()?,
        settled_on: record.date()?,
        principal: record.text()?,
        total: record.fen()?,
        fund: record.fen()?,
        errors: record.int()?,
        warnings: record.int()?,
        received_at: record.time()?,
        body: record.text()?,
    })
}

pub(crate) fn put_finding<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    of: &'a DischargeRow,
    row: &'a QualityRow,
) {
    cells.area(area).text(&of.person_no).text(&of.list_id);
    cells.int(row.upload).int(row.sequence).text(&row.check);
    cells.text(&row.severity).text(&row.field);
    cells.text(&row.value).text(&row.message);
}

/// A finding behind the list it belongs to.
pub(crate) fn take_finding(record: &mut Record) -> Result<(String, QualityRow), Fault> {
    record.skip(2);
    let list = record.text()?;
    let row = QualityRow {
        upload: record.int()?,
        sequence: record.int()?,
        check: record.text()?,
        severity: record.text()?,
        field: record.text()?,
        value: record.text()?,
        message: record.text()?,
    };
    Ok((list, row))
}

pub(crate) fn put_group<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a GroupRow) {
    cells.area(area).text(&row.person_no).text(&row.list_id);
    cells.text(&row.grouping_id).text(&row.settlement_id);
    cells.text(&row.institution).date(row.discharged_on);
    cells.date(row.settled_on).int(row.upload).text(&row.kind);
    cells.text(&row.scheme).text(&row.scheme_hash);
    cells.time(row.grouped_at).text(&row.mdc).text(&row.adrg);
    cells.text(&row.code).text(&row.name).text(&row.severity);
    cells.text(&row.weight).text(&row.outcome).text(&row.note);
    cells.text(&row.reason);
}

pub(crate) fn take_group(record: &mut Record) -> Result<GroupRow, Fault> {
    record.skip(1);
    Ok(GroupRow {
        person_no: record.text()?,
        list_id: record.text()?,
        grouping_id: record.text()?,
        settlement_id: record.text()?,
        institution: record.text()?,
        discharged_on: record.date()?,
        settled_on: record.date()?,
        upload: record.int()?,
        kind: record.text()?,
        scheme: record.text()?,
        scheme_hash: record.text()?,
        grouped_at: record.time()?,
        mdc: record.text()?,
        adrg: record.text()?,
        code: record.text()?,
        name: record.text()?,
        severity: record.text()?,
        weight: record.text()?,
        outcome: record.text()?,
        note: record.text()?,
        reason: record.text()?,
    })
}
