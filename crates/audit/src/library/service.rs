use std::collections::BTreeMap;

use lines::{Day, Quality, Table};

use super::{RowStatus, VersionedRow};
use crate::Knowledge;

/// The rows in service: of every fee date at most one version in use speaks, and one on trial
/// (在用知识).
///
/// A version speaks from its own first day on and ends what the versions before it said from then
/// on; a later version that begins no later replaces them wholly. One on trial ends only others on
/// trial: what is in use stays until the new version is released. A retired version ends them with
/// its last day, or altogether where it names none. Drafts say nothing. The answer is ordered by
/// table, identity and version; `from` and `until` are cut so that versions do not overlap.
pub fn in_service(kept: &[VersionedRow]) -> Vec<VersionedRow> {
    let mut order: Vec<&VersionedRow> = kept.iter().collect();
    order.sort_by_key(|row| (&row.table, &row.id, row.version));
    let mut speaking = Vec::new();
    for same in order.chunk_by(|a, b| (&a.table, &a.id) == (&b.table, &b.id)) {
        for (at, row) in same.iter().enumerate() {
            let speaks = matches!(row.status, RowStatus::Trial | RowStatus::Active);
            let until = same[at + 1..].iter().try_fold(end_of(row), |until, later| {
                let until = until.min(last_day_before(row.status, later)?);
                (begin_of(row) <= until).then_some(until)
            });
            if let Some(until) = until.filter(|_| speaks) {
                speaking.push(cut(row, until));
            }
        }
    }
    speaking
}

/// The tables that rules read, made of rows in service.
pub fn knowledge_of(rows: &[VersionedRow]) -> Knowledge {
    let mut knowledge = Knowledge::default();
    for same in rows.chunk_by(|a, b| a.table == b.table) {
        let mut columns = vec!["kp_id", "version", "status"];
        for name in same.iter().flat_map(|row| row.cells.keys()) {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        let mut table = Table::new(&columns);
        for row in same {
            let version = row.version.to_string();
            table.push(columns.iter().map(|column| match *column {
                "kp_id" => row.id.as_str(),
                "version" => version.as_str(),
                "status" => row.status.word(),
                other => row.text(other),
            }));
        }
        knowledge.add(&same[0].table, &table, &mut Quality::default());
    }
    knowledge
}

fn begin_of(row: &VersionedRow) -> Day {
    Day::parse(row.text("from")).unwrap_or(Day(i32::MIN))
}

fn end_of(row: &VersionedRow) -> Day {
    Day::parse(row.text("until")).unwrap_or(Day(i32::MAX))
}

/// The last day on which a version of a status may speak before this later one; `None` for never.
fn last_day_before(status: RowStatus, later: &VersionedRow) -> Option<Day> {
    match (status, later.status) {
        (_, RowStatus::Draft) | (RowStatus::Active, RowStatus::Trial) => Some(Day(i32::MAX)),
        (_, RowStatus::Retired) => Day::parse(later.text("until")),
        (_, RowStatus::Trial | RowStatus::Active) => {
            let begin = begin_of(later);
            (begin > Day(i32::MIN)).then(|| Day(begin.0 - 1))
        }
    }
}

fn cut(row: &VersionedRow, until: Day) -> VersionedRow {
    let mut cells: BTreeMap<String, String> = row.cells.clone();
    if until < Day(i32::MAX) {
        cells.insert("until".to_owned(), until.to_string());
    }
    VersionedRow {
        cells,
        ..row.clone()
    }
}
