use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};
use crate::{Fault, InstitutionRow};

pub(crate) const INSTITUTIONS: Table = Table {
    name: "institutions",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("institution", Kind::Text),
        ("name", Kind::Text),
        ("kind", Kind::Text),
        ("grade", Kind::Text),
        ("county", Kind::Int),
        ("keys", Kind::Json),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, row: &'a InstitutionRow) {
    cells
        .area(row.area)
        .text(&row.institution)
        .text(&row.name)
        .text(&row.kind);
    cells
        .text(&row.grade)
        .area(row.county)
        .text(&row.keys)
        .text(&row.detail);
}

pub(crate) fn take(record: &mut Record) -> Result<InstitutionRow, Fault> {
    Ok(InstitutionRow {
        area: record.area()?,
        institution: record.text()?,
        name: record.text()?,
        kind: record.text()?,
        grade: record.text()?,
        county: record.area()?,
        keys: record.text()?,
        detail: record.text()?,
    })
}
