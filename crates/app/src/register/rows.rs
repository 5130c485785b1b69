use enrolment::register::{Entry, Fact, Register};
use store::FactRow;

use crate::Error;

/// A register out of its rows.
///
/// # Errors
/// [`Error::Bug`] where a row was not written by this version.
pub(crate) fn register_of(rows: Vec<FactRow>) -> Result<Register, Error> {
    let entries = rows.into_iter().map(entry_of);
    Ok(Register::new(entries.collect::<Result<_, _>>()?))
}

fn entry_of(row: FactRow) -> Result<Entry, Error> {
    let fact: Fact = serde_json::from_str(&row.fact)
        .map_err(|cause| Error::Bug(format!("fact {}: {cause}", row.number)))?;
    Ok(Entry {
        number: row.number,
        from: row.starts_on,
        to: row.ends_on,
        fact,
        recorded: row.recorded_at,
        by: row.recorded_by,
        source: row.source,
        replaces: Some(row.replaces).filter(|entry| *entry > 0),
        withdrawn: row.withdrawn,
    })
}

/// The rows of entries.
///
/// # Errors
/// [`Error::Bug`] where a fact cannot be written as JSON.
pub(super) fn rows_of(entries: &[Entry]) -> Result<Vec<FactRow>, Error> {
    entries.iter().map(row_of).collect()
}

fn row_of(entry: &Entry) -> Result<FactRow, Error> {
    let fact = serde_json::to_string(&entry.fact)
        .map_err(|cause| Error::Bug(format!("fact {}: {cause}", entry.number)))?;
    Ok(FactRow {
        number: entry.number,
        kind: entry.fact.word().to_owned(),
        starts_on: entry.from,
        ends_on: entry.to,
        fact,
        recorded_at: entry.recorded,
        recorded_by: entry.by.clone(),
        source: entry.source.clone(),
        replaces: entry.replaces.unwrap_or(0),
        withdrawn: entry.withdrawn,
    })
}
