use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{AccountRow, MovementRow};
use crate::table::{Home, Kind, Table};

pub(crate) const ACCOUNTS: Table = Table {
    name: "accounts",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("kind", Kind::Text),
        ("balance", Kind::Int),
        ("previous", Kind::Int),
        ("version", Kind::Int),
        ("hold", Kind::Text),
    ],
};

pub(crate) const MOVEMENTS: Table = Table {
    name: "account_movements",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("kind", Kind::Text),
        ("version", Kind::Int),
        ("before_fen", Kind::Int),
        ("delta_fen", Kind::Int),
        ("after_fen", Kind::Int),
        ("source", Kind::Text),
        ("settlement_id", Kind::Text),
        ("used_by", Kind::Text),
        ("edition", Kind::Text),
        ("moved_at", Kind::Time),
    ],
};

/// Writes an account as it stands after `movement`, held back or not.
pub(crate) fn put<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    movement: &'a MovementRow,
    hold: &'a str,
) {
    cells.area(area).text(&movement.owner).text(&movement.kind);
    cells
        .fen(movement.after)
        .fen(movement.before)
        .int(movement.version)
        .text(hold);
}

pub(crate) fn take(record: &mut Record) -> Result<AccountRow, Fault> {
    record.skip(1);
    let (owner, kind, balance) = (record.text()?, record.text()?, record.fen()?);
    record.skip(1);
    Ok(AccountRow {
        owner,
        kind,
        balance,
        version: record.int()?,
        hold: record.text()?,
    })
}

pub(crate) fn put_movement<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a MovementRow) {
    cells
        .area(area)
        .text(&row.owner)
        .text(&row.kind)
        .int(row.version);
    cells
        .fen(row.before)
        .fen(row.delta)
        .fen(row.after)
        .text(&row.source);
    cells
        .text(&row.settlement_id)
        .text(&row.used_by)
        .text(&row.edition)
        .time(row.moved_at);
}

pub(crate) fn take_movement(record: &mut Record) -> Result<MovementRow, Fault> {
    record.skip(1);
    Ok(MovementRow {
        owner: record.text()?,
        kind: record.text()?,
        version: record.int()?,
        before: record.fen()?,
        delta: record.fen()?,
        after: record.fen()?,
        source: record.text()?,
        settlement_id: record.text()?,
        used_by: record.text()?,
        edition: record.text()?,
        moved_at: record.time()?,
    })
}
