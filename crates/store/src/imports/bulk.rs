use jiff::civil::DateTime;
use terms::AreaCode;

use super::ImportStep;
use crate::cell::{Cell, Cells};
use crate::engine::Tx;
use crate::enter;
use crate::rows::PersonFile;
use crate::table::{Dialect, Insert, Kind, Table};
use crate::tables::person;

/// Moves an import on; no row where it does not stand at the step's beginning.
pub(super) async fn advance(
    tx: &mut Tx,
    dialect: Dialect,
    area: AreaCode,
    (import_id, accepted): (&str, i64),
    step: ImportStep,
) -> Result<u64, sqlx::Error> {
    let time = dialect.parameter(5, Kind::Time);
    let sql = format!(
        "UPDATE imports SET position = $1, accepted = accepted + $2, \
         rejected = rejected + $3, known = known + $4, moved_at = {time}, \
         state = CASE WHEN total_rows = $1 THEN 'done' ELSE state END \
         WHERE area = $6 AND import_id = $7 AND position = $8 AND state = 'running'"
    );
    let mut cells = Cells::default();
    cells.int(step.to).int(accepted).int(step.rejected);
    cells.int(step.known).time(step.at).area(area);
    cells.text(import_id).int(step.from);
    tx.run(sql, cells).await
}

/// Writes people nobody knows yet: plain inserts, each table in the order of its key, so that
/// neighbouring rows meet on the same page.
pub(super) async fn write(
    tx: &mut Tx,
    area: AreaCode,
    people: &[PersonFile],
    at: DateTime,
) -> Result<(), sqlx::Error> {
    let mut heads = Cells::default();
    let mut persons = Cells::default();
    let mut sorted: Vec<&PersonFile> = people.iter().collect();
    sorted.sort_unstable_by_key(|file| file.person.person_no.as_str());
    for file in &sorted {
        heads.area(area).text(&file.person.person_no).int(0);
        person::put(&mut persons, area, &file.person);
    }
    tx.insert(Insert::into(&person::HEADS), heads).await?;
    tx.insert(Insert::into(&person::PERSONS), persons).await?;
    for (table, cells) in enter::belongings(sorted.into_iter().map(|file| (area, file))) {
        let cells = match table.name {
            // Its key does not begin with the person.
            "person_identifiers" => in_order(cells, table),
            _ => cells,
        };
        tx.insert(Insert::into(table), cells).await?;
    }
    enter::open_accounts(tx, area, people, at).await
}

fn in_order<'a>(cells: Cells<'a>, table: &Table) -> Cells<'a> {
    let mut rows: Vec<&[Cell<'a>]> = cells.0.chunks(table.columns.len()).collect();
    rows.sort_unstable_by(|one, other| texts(one).cmp(texts(other)));
    Cells(rows.concat())
}

fn texts<'c>(row: &'c [Cell<'_>]) -> impl Iterator<Item = &'c str> {
    row.iter().map(|cell| match cell {
        Cell::Text(text) => text.as_ref(),
        _ => "",
    })
}
