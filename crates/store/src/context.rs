use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde_json::Value;
use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cell, Cells, Record};
use crate::engine::Engine;
use crate::rows::{
    AccountRow, CounterRow, CoverageRow, FamilyRow, LineRow, MovementRow, PersonRow,
    RecognitionRow, RegistrationRow, VisitRow,
};
use crate::table::{Dialect, Kind, Table};
use crate::tables::{accounts, counters, person, visit};

/// What to load about one person.
#[derive(Debug, Clone)]
pub struct ContextQuery<'a> {
    /// The pooling area.
    pub area: AreaCode,
    /// The person.
    pub person_no: &'a str,
    /// Counters of this benefit year and later.
    pub counters_from: i32,
    /// The visit, if the decision is about one; its live lines come along.
    pub visit_id: Option<&'a str>,
}

/// Everything a decision about one person needs, read at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The person's version; a commit on this context carries it.
    pub version: i64,
    /// The person.
    pub person: PersonRow,
    /// Cover, oldest first within a scheme.
    pub coverage: Vec<CoverageRow>,
    /// The person's own accounts.
    pub accounts: Vec<AccountRow>,
    /// Relatives whose accounts may be used.
    pub family: Vec<FamilyRow>,
    /// Those relatives' accounts.
    pub family_accounts: Vec<AccountRow>,
    /// What the person moved on relatives' accounts since the counters' first year, oldest first.
    pub family_draws: Vec<MovementRow>,
    /// Recognised diseases and drugs.
    pub recognitions: Vec<RecognitionRow>,
    /// Registrations.
    pub registrations: Vec<RegistrationRow>,
    /// Counters.
    pub counters: Vec<CounterRow>,
    /// The visit asked for, if it exists.
    pub visit: Option<VisitRow>,
    /// The visit's lines that are neither settled nor withdrawn, by line number.
    pub lines: Vec<LineRow>,
}

/// The tables read, in the order of the statement, with the condition that picks the rows.
const PARTS: &[(&Table, &str)] = &[
    (&person::PERSONS, "area = $1 AND person_no = $2"),
    (&person::HEADS, "area = $1 AND person_no = $2"),
    (&person::COVERAGE, "area = $1 AND person_no = $2"),
    (&accounts::ACCOUNTS, "area = $1 AND person_no = $2"),
    (&person::FAMILY, "area = $1 AND person_no = $2"),
    (&person::RECOGNITIONS, "area = $1 AND person_no = $2"),
    (&person::REGISTRATIONS, "area = $1 AND person_no = $2"),
    (
        &counters::COUNTERS,
        "area = $1 AND person_no = $2 AND year >= $3",
    ),
    (
        &visit::VISITS,
        "area = $1 AND person_no = $2 AND visit_id = $4",
    ),
    (
        &visit::LINES,
        "area = $1 AND person_no = $2 AND visit_id = $4 AND status = 'live'",
    ),
];

/// One statement for everything of the person: one round trip, one moment in time.
fn statement(dialect: Dialect) -> &'static str {
    static SQLITE: OnceLock<String> = OnceLock::new();
    static POSTGRES: OnceLock<String> = OnceLock::new();
    let made = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    made.get_or_init(|| {
        let parts: Vec<_> = PARTS
            .iter()
            .map(|(table, condition)| dialect.rows_as_json(table, condition))
            .collect();
        format!("SELECT {}", parts.join(", "))
    })
}

pub(crate) async fn load(
    engine: &Engine,
    query: &ContextQuery<'_>,
) -> Result<Option<Context>, Fault> {
    let mut cells = Cells::default();
    cells
        .area(query.area)
        .text(query.person_no)
        .int(i64::from(query.counters_from));
    cells.text(query.visit_id.unwrap_or(""));
    let kinds = vec![Kind::Text; PARTS.len()];
    let failed = |cause| Fault::database("load a person's context", cause);
    let sql = statement(engine.dialect());
    let rows = engine
        .query(sql.to_owned(), &kinds, cells)
        .await
        .map_err(failed)?;
    let Some(mut row) = rows.into_iter().next() else {
        return Ok(None);
    };
    let Some(person) = part(&mut row, person::take)?.pop() else {
        return Ok(None);
    };
    let version = |record: &mut Record| {
        record.skip(2);
        record.int()
    };
    let mut context = Context {
        person,
        version: part(&mut row, version)?.pop().unwrap_or(0),
        coverage: part(&mut row, person::take_coverage)?,
        accounts: part(&mut row, accounts::take)?,
        family: part(&mut row, person::take_family)?,
        recognitions: part(&mut row, person::take_recognition)?,
        registrations: part(&mut row, person::take_registration)?,
        counters: part(&mut row, counters::take)?,
        visit: part(&mut row, visit::take)?.pop().map(|(_, visit)| visit),
        lines: part(&mut row, visit::take_line)?,
        family_accounts: Vec::new(),
        family_draws: Vec::new(),
    };
    context.sort();
    if !context.family.is_empty() {
        context.family_accounts = family_accounts(engine, query.area, &context.family).await?;
        context.family_draws = family_draws(engine, query).await?;
    }
    Ok(Some(context))
}

impl Context {
    /// The counter of this key, or one that nobody has written yet.
    pub fn counter(&self, key: &crate::CounterKey, year: i32) -> CounterRow {
        let known = self.counters.iter().find(|row| row.key == *key);
        known
            .cloned()
            .unwrap_or_else(|| CounterRow::unused(key.clone(), year))
    }

    /// Both engines give the same order, whatever theirs is.
    fn sort(&mut self) {
        self.coverage
            .sort_by(|a, b| (&a.scheme, a.starts_on).cmp(&(&b.scheme, b.starts_on)));
        self.accounts.sort_by(|a, b| a.kind.cmp(&b.kind));
        self.family.sort_by(|a, b| a.sponsor.cmp(&b.sponsor));
        self.counters.sort_by(|a, b| a.key.cmp(&b.key));
        self.recognitions
            .sort_by(|a, b| (&a.code, a.starts_on).cmp(&(&b.code, b.starts_on)));
        self.registrations
            .sort_by(|a, b| a.registration_id.cmp(&b.registration_id));
        self.lines.sort_by(|a, b| a.line_no.cmp(&b.line_no));
    }
}

/// Relatives are other persons, so their accounts are a second read.
async fn family_accounts(
    engine: &Engine,
    area: AreaCode,
    family: &[FamilyRow],
) -> Result<Vec<AccountRow>, Fault> {
    let mut parameters = Cells::default();
    parameters.area(area);
    let mut places = HashMap::new();
    for grant in family {
        let next = places.len() + 2;
        if places.insert(&grant.sponsor, next).is_none() {
            parameters.text(&grant.sponsor);
        }
    }
    let list: Vec<_> = (2..places.len() + 2)
        .map(|place| format!("${place}"))
        .collect();
    let rest = format!(
        "WHERE area = $1 AND person_no IN ({}) ORDER BY person_no, kind",
        list.join(",")
    );
    let table = &accounts::ACCOUNTS;
    let rows = engine
        .select(crate::engine::Select {
            table,
            rest: &rest,
            parameters,
        })
        .await?;
    rows.into_iter()
        .map(|mut record| accounts::take(&mut record))
        .collect()
}

/// What the person drew on relatives' accounts, which limits of a year are about.
async fn family_draws(
    engine: &Engine,
    query: &ContextQuery<'_>,
) -> Result<Vec<MovementRow>, Fault> {
    let mut parameters = Cells::default();
    parameters.area(query.area).text(query.person_no);
    // No server keeps dates of the year nought.
    let year = i16::try_from(query.counters_from.clamp(1900, 9000)).unwrap_or(1900);
    let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
    parameters.time(first.at(0, 0, 0, 0));
    let since = engine.dialect().parameter(3, Kind::Time);
    let rest = format!(
        "WHERE area = $1 AND used_by = $2 AND used_by <> person_no AND moved_at >= {since} \
         ORDER BY moved_at, person_no, kind, version"
    );
    let table = &accounts::MOVEMENTS;
    let rows = engine
        .select(crate::engine::Select {
            table,
            rest: &rest,
            parameters,
        })
        .await?;
    let mut rows = rows.into_iter();
    rows.try_fold(Vec::new(), |mut taken, mut record| {
        taken.push(accounts::take_movement(&mut record)?);
        Ok(taken)
    })
}

/// Takes the next part of the statement apart: a JSON array of rows.
pub(crate) fn part<T>(
    row: &mut Record,
    take: fn(&mut Record) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let text = row.text()?;
    let rows: Vec<Vec<Value>> = serde_json::from_str(&text)
        .map_err(|cause| Fault::caused("read a person's context", cause))?;
    rows.into_iter()
        .map(|row| {
            let cells = row.into_iter().map(cell).collect::<Result<_, _>>()?;
            take(&mut Record::new(cells))
        })
        .collect()
}

fn cell(value: Value) -> Result<Cell<'static>, Fault> {
    match value {
        Value::Null => Ok(Cell::Null),
        Value::Bool(value) => Ok(Cell::Bool(value)),
        Value::String(text) => Ok(Cell::Text(Cow::Owned(text))),
        Value::Number(number) => match number.as_i64() {
            Some(value) => Ok(Cell::Int(value)),
            None => Err(Fault::found(format!("read the number {number}"))),
        },
        other => Err(Fault::found(format!("read the value {other}"))),
    }
}
