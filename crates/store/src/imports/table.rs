use terms::AreaCode;

use super::ImportRow;
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const IMPORTS: Table = Table {
    name: "imports",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("import_id", Kind::Text),
        ("file_hash", Kind::Text),
        ("file_name", Kind::Text),
        ("kind", Kind::Text),
        ("state", Kind::Text),
        ("total_rows", Kind::Int),
        ("position", Kind::Int),
        ("accepted", Kind::Int),
        ("rejected", Kind::Int),
        ("known", Kind::Int),
        ("first_number", Kind::Int),
        ("by_name", Kind::Text),
        ("started_at", Kind::Time),
        ("moved_at", Kind::Time),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ImportRow) {
    cells
        .area(area)
        .text(&row.import_id)
        .text(&row.file_hash)
        .text(&row.file_name)
        .text(&row.kind)
        .text(&row.state);
    cells
        .int(row.total_rows)
        .int(row.position)
        .int(row.accepted)
        .int(row.rejected)
        .int(row.known)
        .int(row.first_number);
    cells
        .text(&row.by_name)
        .time(row.started_at)
        .time(row.moved_at)
        .text(&row.detail);
}

pub(crate) fn take(record: &mut Record) -> Result<ImportRow, Fault> {
    record.skip(1);
    Ok(ImportRow {
        import_id: record.text()?,
        file_hash: record.text()?,
        file_name: record.text()?,
        kind: record.text()?,
        state: record.text()?,
        total_rows: record.int()?,
        position: record.int()?,
        accepted: record.int()?,
        rejected: record.int()?,
        known: record.int()?,
        first_number: record.int()?,
        by_name: record.text()?,
        started_at: record.time()?,
        moved_at: record.time()?,
        detail: record.text()?,
    })
}
