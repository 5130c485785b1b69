use std::collections::BTreeMap;

use super::{Given, RowStatus, VersionedRow, faults_of};
use crate::knowledge::keys_of;

/// What an import would do to a library (导入差异).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Rows nobody had.
    pub fresh: Vec<VersionedRow>,
    /// New versions of known rows.
    pub changed: Vec<Changed>,
    /// Versions that end known rows.
    pub retired: Vec<VersionedRow>,
    /// Rows that say what is kept already.
    pub unchanged: usize,
    /// Kept rows of the same tables that the import does not name; they stay.
    pub unmentioned: usize,
    /// Rows that say different things of the same day, with their places, Chinese.
    pub contradictions: Vec<String>,
    /// Rows that cannot be taken, with their places, Chinese.
    pub bad: Vec<String>,
}

/// A new version with what it changes (新版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The new version.
    pub row: VersionedRow,
    /// The version it follows.
    pub before: i64,
    /// Column, what it was, what it is.
    pub cells: Vec<(String, String, String)>,
}

impl Difference {
    /// All versions that the import adds.
    pub fn added(&self) -> impl Iterator<Item = &VersionedRow> {
        let changed = self.changed.iter().map(|one| &one.row);
        self.fresh.iter().chain(changed).chain(&self.retired)
    }

    /// Whether the import adds nothing.
    pub fn is_empty(&self) -> bool {
        self.added().next().is_none()
    }
}

/// Columns that are kept beside the cells, or say who wrote them down.
const BESIDE: [&str; 5] = ["kp_id", "version", "status", "created_by", "approved_by"];
/// A column whose change changes nothing.
const SOURCE: &str = "source";

type Name = (String, String);

/// Compares rows that are handed in with what is kept (比对导入).
///
/// A row is known by its `kp_id`, else by the key columns of its table. One that changes without a
/// new version number gets the next; one that begins on another day is a version of its own.
pub fn difference(kept: &[VersionedRow], given: Vec<Given>) -> Difference {
    let mut found = Difference::default();
    let mut history: BTreeMap<Name, Vec<VersionedRow>> = BTreeMap::new();
    for row in kept {
        let name = (row.table.clone(), row.id.clone());
        history.entry(name).or_default().push(row.clone());
    }
    let mut sound = Vec::new();
    for row in given {
        let faults = faults_of(&row);
        match faults.is_empty() {
            true => sound.push(row),
            false => found
                .bad
                .push(format!("{}：{}", row.place, faults.join("；"))),
        }
    }
    let groups = by_name(sound);
    let known = |name: &Name| groups.keys().any(|one| one.0 == name.0);
    let silent = |name: &&Name| known(name) && !groups.contains_key(*name);
    found.unmentioned = history.keys().filter(silent).count();
    for (name, rows) in groups {
        let versions = history.entry(name.clone()).or_default();
        for row in agreed(&name, rows, &mut found.contradictions) {
            take(&name, &row, versions, &mut found);
        }
    }
    found
}

/// Rows by table and identity, in the order given.
fn by_name(rows: Vec<Given>) -> BTreeMap<Name, Vec<Given>> {
    let mut shared: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let short = |row: &Given| {
        let begin = row.text("from").to_owned();
        (row.table.clone(), plain_identity(row), begin)
    };
    for row in &rows {
        *shared.entry(short(row)).or_default() += 1;
    }
    let mut groups: BTreeMap<Name, Vec<Given>> = BTreeMap::new();
    for row in rows {
        let plain = row.text("kp_id").is_empty() && keys_of(&row.table).is_none();
        let id = match plain && shared[&short(&row)] > 1 {
            true => whole_identity(&row),
            false => plain_identity(&row),
        };
        groups.entry((row.table.clone(), id)).or_default().push(row);
    }
    groups
}

/// The identity a row gives itself, else its key columns, else its first cells.
fn plain_identity(row: &Given) -> String {
    let table = &row.table;
    if !row.text("kp_id").is_empty() {
        return row.text("kp_id").to_owned();
    }
    let Some(keys) = keys_of(table) else {
        return format!("{table}:{}", row.head);
    };
    let region = Some(row.text("region")).filter(|text| !text.is_empty());
    let cells: Vec<&str> = keys.iter().map(|key| row.key(key)).chain(region).collect();
    format!("{table}:{}", cells.join("/"))
}

/// Of rows of a table without key whose first cells are alike: all that they say.
fn whole_identity(row: &Given) -> String {
    let cells: Vec<&str> = contents(&row.cells).map(|(_, cell)| cell).collect();
    format!("{}:{}", row.table, cells.join("/"))
}

/// What cells say: without the source, and without empty ones.
fn contents(cells: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let says = |(column, cell): &(&String, &String)| {
        !BESIDE.contains(&column.as_str()) && *column != SOURCE && !cell.is_empty()
    };
    cells
        .iter()
        .filter(says)
        .map(|(a, b)| (a.as_str(), b.as_str()))
}

/// One row per first day and version, oldest first; of two that differ the later in the file.
fn agreed(name: &Name, mut rows: Vec<Given>, contradictions: &mut Vec<String>) -> Vec<Given> {
    let number = |row: &Given| row.text("version").parse::<i64>().unwrap_or(0);
    rows.sort_by_key(|row| (number(row), row.text("from").to_owned()));
    let mut kept: Vec<Given> = Vec::new();
    for row in rows {
        let twin =
            |one: &Given| number(one) == number(&row) && one.text("from") == row.text("from");
        let Some(before) = kept.last_mut().filter(|one| twin(one)) else {
            kept.push(row);
            continue;
        };
        if !contents(&before.cells).eq(contents(&row.cells)) {
            let (a, b) = (&before.place, &row.place);
            contradictions.push(format!("{} {}：{a}与{b}不一致，取后者", name.0, name.1));
        }
        *before = row;
    }
    kept
}

/// Places one row after the versions there are.
fn take(name: &Name, given: &Given, versions: &mut Vec<VersionedRow>, found: &mut Difference) {
    let last = versions.iter().map(|row| row.version).max();
    let said: Option<i64> = given.text("version").parse().ok();
    let of_version = versions.iter().find(|row| Some(row.version) == said);
    let from = given.text("from");
    let same_day = versions.iter().rev().find(|row| row.text("from") == from);
    let status = RowStatus::parse(given.text("status")).unwrap_or_default();
    let base = match of_version {
        Some(row) => Some(row),
        None => same_day.or(versions.last()),
    };
    let Some((base, last)) = base.zip(last) else {
        let version = said.unwrap_or(1);
        if status == RowStatus::Retired {
            found.unchanged += 1;
            return;
        }
        let row = versioned(name, given, version, status);
        found.fresh.push(row.clone());
        versions.push(row);
        return;
    };
    let cells = changed_cells(base, given, status);
    if cells.is_empty() {
        found.unchanged += 1;
        return;
    }
    if of_version.is_none() && said.is_some_and(|said| said < last) {
        let said = given.text("version");
        let complaint = format!("{}：版本{said}早于已有的第{last}版", given.place);
        found.bad.push(complaint);
        return;
    }
    let version = said.filter(|said| *said > last).unwrap_or(last + 1);
    let row = versioned(name, given, version, status);
    let before = base.version;
    versions.push(row.clone());
    match status {
        RowStatus::Retired => found.retired.push(row),
        _ => found.changed.push(Changed { row, before, cells }),
    }
}

fn versioned(name: &Name, given: &Given, version: i64, status: RowStatus) -> VersionedRow {
    let own = given
        .cells
        .iter()
        .filter(|(column, cell)| !BESIDE.contains(&column.as_str()) && !cell.is_empty());
    VersionedRow {
        table: name.0.clone(),
        id: name.1.clone(),
        version,
        status,
        cells: own.map(|(a, b)| (a.clone(), b.clone())).collect(),
    }
}

/// Columns in which a row differs from a version that is kept.
fn changed_cells(
    base: &VersionedRow,
    given: &Given,
    status: RowStatus,
) -> Vec<(String, String, String)> {
    let (before, now): (BTreeMap<&str, &str>, BTreeMap<&str, &str>) = (
        contents(&base.cells).collect(),
        contents(&given.cells).collect(),
    );
    let mut columns: Vec<&str> = before.keys().chain(now.keys()).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    let differs = |column: &&str| before.get(column) != now.get(column);
    let told = |column: &str| {
        let [was, is] = [&before, &now].map(|cells| cells.get(column).copied().unwrap_or_default());
        (column.to_owned(), was.to_owned(), is.to_owned())
    };
    let mut cells: Vec<_> = columns.into_iter().filter(differs).map(told).collect();
    if status != base.status {
        let (was, is) = (base.status.word(), status.word());
        cells.push(("status".to_owned(), was.to_owned(), is.to_owned()));
    }
    cells
}
