use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{CounterKey, CounterPostingRow, CounterRow};
use crate::table::{Home, Kind, Table};

pub(crate) const COUNTERS: Table = Table {
    name: "counters",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("scheme", Kind::Text),
        ("counter", Kind::Text),
        ("period", Kind::Text),
        ("subject", Kind::Text),
        ("year", Kind::Int),
        ("value", Kind::Int),
        ("previous", Kind::Int),
        ("version", Kind::Int),
    ],
};

pub(crate) const POSTINGS: Table = Table {
    name: "counter_postings",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("scheme", Kind::Text),
        ("counter", Kind::Text),
        ("period", Kind::Text),
        ("subject", Kind::Text),
        ("version", Kind::Int),
        ("before_value", Kind::Int),
        ("delta", Kind::Int),
        ("after_value", Kind::Int),
        ("source", Kind::Text),
        ("settlement_id", Kind::Text),
        ("edition", Kind::Text),
    ],
};

fn put_key<'a>(cells: &mut Cells<'a>, area: AreaCode, person: &'a str, key: &'a CounterKey) {
    cells
        .area(area)
        .text(person)
        .text(&key.scheme)
        .text(&key.counter);
    cells.text(&key.period).text(&key.subject);
}

fn take_key(record: &mut Record) -> Result<CounterKey, Fault> {
    record.skip(1);
    take_person_and_key(record).map(|(_, key)| key)
}

/// The person and the counter's key.
pub(crate) fn take_person_and_key(record: &mut Record) -> Result<(String, CounterKey), Fault> {
    let person = record.text()?;
    let key = CounterKey {
        scheme: record.text()?,
        counter: record.text()?,
        period: record.text()?,
        subject: record.text()?,
    };
    Ok((person, key))
}

/// Writes a counter as it stands after `posting`.
pub(crate) fn put<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    year: i32,
    posting: &'a CounterPostingRow,
) {
    put_key(cells, area, person, &posting.key);
    cells
        .int(i64::from(year))
        .int(posting.after)
        .int(posting.before)
        .int(posting.version);
}

pub(crate) fn take(record: &mut Record) -> Result<CounterRow, Fault> {
    let (key, year, value) = (take_key(record)?, record.int32()?, record.int()?);
    record.skip(1);
    Ok(CounterRow {
        key,
        year,
        value,
        version: record.int()?,
    })
}

pub(crate) fn put_posting<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a CounterPostingRow,
) {
    put_key(cells, area, person, &row.key);
    cells
        .int(row.version)
        .int(row.before)
        .int(row.delta)
        .int(row.after);
    cells
        .text(&row.source)
        .text(&row.settlement_id)
        .text(&row.edition);
}

pub(crate) fn take_posting(record: &mut Record) -> Result<CounterPostingRow, Fault> {
    Ok(CounterPostingRow {
        key: take_key(record)?,
        version: record.int()?,
        before: record.int()?,
        delta: record.int()?,
        after: record.int()?,
        source: record.text()?,
        settlement_id: record.text()?,
        edition: record.text()?,
    })
}
