use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::FilingRow;
use crate::table::{Home, Kind, Table};

pub(crate) const FILINGS: Table = Table {
    name: "filings",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("filing_id", Kind::Text),
        ("version", Kind::Int),
        ("class", Kind::Text),
        ("state", Kind::Text),
        ("reviewed", Kind::Bool),
        ("person_name", Kind::Text),
        ("institution", Kind::Text),
        ("subject", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("filed_at", Kind::Time),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a FilingRow) {
    cells.area(area).text(&row.person_no).text(&row.filing_id);
    cells.int(row.version).text(&row.class).text(&row.state);
    cells.bool(row.reviewed).text(&row.person_name);
    cells.text(&row.institution).text(&row.subject);
    cells.date(row.starts_on).date_or_null(row.ends_on);
    cells.time(row.filed_at).text(&row.detail);
}

pub(crate) fn take(record: &mut Record) -> Result<FilingRow, Fault> {
    record.skip(1);
    Ok(FilingRow {
        person_no: record.text()?,
        filing_id: record.text()?,
        version: record.int()?,
        class: record.text()?,
        state: record.text()?,
        reviewed: record.bool()?,
        person_name: record.text()?,
        institution: record.text()?,
        subject: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        filed_at: record.time()?,
        detail: record.text()?,
    })
}
