use std::borrow::Cow;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::{Arguments, AssertSqlSafe, PgPool, Postgres, Row, Transaction};

use super::{Engine, columns};
use crate::Fault;
use crate::cell::{Cell, Cells, Record};
use crate::table::{Insert, Kind, postgres_insert};

/// Connects to a server.
pub(crate) async fn open(url: &str) -> Result<Engine, Fault> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|cause| Fault::database("understand the database address", cause))?
        .application_name("tongchou")
        .statement_cache_capacity(512)
        .options([("synchronous_commit", "on")]);
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options)
        .await
        .map_err(|cause| Fault::database("connect to the database", cause))?;
    Ok(Engine::Postgres { pool })
}

/// Whether the tables are spread over the nodes of a distributed engine.
pub(crate) async fn is_distributed(pool: &PgPool) -> Result<bool, Fault> {
    let read = |cause| Fault::database("ask whether the database is distributed", cause);
    let known: bool = sqlx::query_scalar("SELECT to_regclass('pg_dist_partition') IS NOT NULL")
        .fetch_one(pool)
        .await
        .map_err(read)?;
    if !known {
        return Ok(false);
    }
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM pg_dist_partition \
         WHERE logicalrelid = to_regclass('persons'))",
    )
    .fetch_one(pool)
    .await
    .map_err(read)
}

pub(crate) fn bound(cells: Vec<Cell<'_>>) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    for cell in cells {
        let added = match cell {
            Cell::Null => arguments.add(Option::<String>::None),
            Cell::Int(value) => arguments.add(value),
            Cell::Bool(value) => arguments.add(value),
            Cell::Text(value) => arguments.add(&*value),
            Cell::Bytes(value) => arguments.add(&*value),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// Binds one array per column, so that the text of the statement never changes.
fn arrays(insert: &Insert, cells: Cells<'_>) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    let table = insert.table;
    for (column, (_, kind)) in columns(cells.0, table.columns.len())
        .iter()
        .zip(table.columns)
    {
        let added = match kind {
            Kind::Int => arguments.add(column.iter().map(as_int).collect::<Vec<_>>()),
            Kind::Bool => arguments.add(column.iter().map(as_bool).collect::<Vec<_>>()),
            Kind::Bytes => arguments.add(column.iter().map(as_bytes).collect::<Vec<_>>()),
            Kind::Text | Kind::Date | Kind::Time | Kind::Json => {
                arguments.add(column.iter().map(as_text).collect::<Vec<_>>())
            }
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

fn as_int(cell: &Cell<'_>) -> Option<i64> {
    if let Cell::Int(value) = cell {
        Some(*value)
    } else {
        None
    }
}

fn as_bool(cell: &Cell<'_>) -> Option<bool> {
    if let Cell::Bool(value) = cell {
        Some(*value)
    } else {
        None
    }
}

fn as_text<'a>(cell: &'a Cell<'_>) -> Option<&'a str> {
    if let Cell::Text(value) = cell {
        Some(value)
    } else {
        None
    }
}

fn as_bytes<'a>(cell: &'a Cell<'_>) -> Option<&'a [u8]> {
    if let Cell::Bytes(value) = cell {
        Some(value)
    } else {
        None
    }
}

pub(crate) fn record(row: &PgRow, kinds: &[Kind]) -> Result<Record, sqlx::Error> {
    let mut cells = Vec::with_capacity(kinds.len());
    for (place, kind) in kinds.iter().enumerate() {
        cells.push(match kind {
            Kind::Int => row
                .try_get::<Option<i64>, _>(place)?
                .map_or(Cell::Null, Cell::Int),
            Kind::Bool => row
                .try_get::<Option<bool>, _>(place)?
                .map_or(Cell::Null, Cell::Bool),
            Kind::Text | Kind::Date | Kind::Time | Kind::Json => row
                .try_get::<Option<String>, _>(place)?
                .map_or(Cell::Null, |text| Cell::Text(Cow::Owned(text))),
            Kind::Bytes => row
                .try_get::<Option<Vec<u8>>, _>(place)?
                .map_or(Cell::Null, |bytes| Cell::Bytes(Cow::Owned(bytes))),
        });
    }
    Ok(Record::new(cells))
}

pub(crate) async fn insert(
    tx: &mut Transaction<'static, Postgres>,
    insert: Insert,
    cells: Cells<'_>,
) -> Result<u64, sqlx::Error> {
    let arguments = arrays(&insert, cells)?;
    let query = sqlx::query_with(AssertSqlSafe(postgres_insert(&insert)), arguments);
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

pub(crate) async fn insert_returning(
    tx: &mut Transaction<'static, Postgres>,
    insert: Insert,
    cells: Cells<'_>,
    kinds: &[Kind],
) -> Result<Vec<Record>, sqlx::Error> {
    let arguments = arrays(&insert, cells)?;
    let query = sqlx::query_with(AssertSqlSafe(postgres_insert(&insert)), arguments);
    let rows = query.fetch_all(&mut **tx).await?;
    rows.iter().map(|row| record(row, kinds)).collect()
}
