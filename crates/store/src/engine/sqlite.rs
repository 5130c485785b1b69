use std::borrow::Cow;
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Arguments, AssertSqlSafe, Row, Sqlite, SqlitePool, Transaction};

use super::Engine;
use crate::Fault;
use crate::cell::{Cell, Cells, Record};
use crate::table::{Insert, Kind, sqlite_insert};

/// Rows per statement: powers of two, so that a handful of prepared statements serves every batch.
const LARGEST_CHUNK: usize = 512;

/// Opens the file, creating it when absent; durable in full: a commit returns after the disk.
pub(crate) async fn open(url: &str) -> Result<Engine, Fault> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|cause| Fault::database("understand the database address", cause))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(false)
        .busy_timeout(Duration::from_secs(30))
        .statement_cache_capacity(512)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "0")
        .pragma("temp_store", "memory");
    let pool = |connections: u32, options: SqliteConnectOptions| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options)
    };
    let connect = |cause| Fault::database("open the database file", cause);
    let write = pool(1, options.clone()).await.map_err(connect)?;
    // Imports fill indexes in no order of theirs, so the pages in use must fit; memory is taken as
    // it is used.
    let bulk = options.clone().pragma("cache_size", "-786432");
    let admin = pool(1, bulk).await.map_err(connect)?;
    // Every commit empties the readers' caches; mapped pages cost them no copy to fetch again.
    let reading = options
        .pragma("query_only", "on")
        .pragma("mmap_size", "268435456");
    let read = pool(8, reading).await.map_err(connect)?;
    Ok(Engine::Sqlite { read, write, admin })
}

/// Moves the write-ahead log into the file, so that a closed store is one file.
pub(crate) async fn checkpoint(pool: &SqlitePool) -> Result<(), Fault> {
    let done = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(pool)
        .await;
    done.map(|_| ())
        .map_err(|cause| Fault::database("checkpoint the database", cause))
}

/// Pages the write-ahead log may hold before writers are made to wait for its end (64 MiB).
const LONG_LOG: i64 = 16_384;
/// How often the log is moved into the file.
const TENDED_EVERY: Duration = Duration::from_secs(1);

/// Moves the log into the file beside the writer, who would otherwise stop for it in the middle of
/// a commit. Ends with the value returned.
pub(crate) fn tend(pool: SqlitePool) -> Tending {
    Tending(tokio::spawn(async move {
        let mut clock = tokio::time::interval(TENDED_EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            if let Err(cause) = tend_once(&pool).await {
                tracing::warn!(%cause, "the write-ahead log could not be moved");
            }
        }
    }))
}

/// A passive pass moves what is there while others write. Only when the log is long does a last
/// pass make writers wait; a second passive pass before it leaves it next to nothing to move.
async fn tend_once(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
    let (_, pages, _): (i64, i64, i64) = sqlx::query_as(PASSIVE).fetch_one(pool).await?;
    if pages > LONG_LOG {
        sqlx::query(PASSIVE).execute(pool).await?;
        sqlx::query("PRAGMA wal_checkpoint(RESTART)")
            .execute(pool)
            .await?;
    }
    Ok(())
}

/// The task that tends the log; ends when dropped.
#[derive(Debug)]
pub(crate) struct Tending(tokio::task::JoinHandle<()>);

impl Drop for Tending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(crate) fn bound(cells: Vec<Cell<'_>>) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = SqliteArguments::default();
    for cell in cells {
        let added = match cell {
            Cell::Null => arguments.add(Option::<i64>::None),
            Cell::Int(value) => arguments.add(value),
            Cell::Bool(value) => arguments.add(value),
            Cell::Text(value) => arguments.add(value.into_owned()),
            Cell::Bytes(value) => arguments.add(value.into_owned()),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

pub(crate) fn record(row: &SqliteRow, kinds: &[Kind]) -> Result<Record, sqlx::Error> {
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

/// The sizes of the statements that together carry `rows` rows.
fn chunks(mut rows: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if rows == 0 {
            return None;
        }
        let largest = 1 << (usize::BITS - 1 - rows.leading_zeros());
        let size = LARGEST_CHUNK.min(largest);
        rows -= size;
        Some(size)
    })
}

pub(crate) async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    insert: Insert,
    cells: Cells<'_>,
) -> Result<u64, sqlx::Error> {
    let width = insert.table.columns.len();
    let rows = cells.0.len() / width;
    let mut cells = cells.0.into_iter();
    let mut written = 0;
    for size in chunks(rows) {
        let arguments = bound(cells.by_ref().take(size * width).collect())?;
        let sql = AssertSqlSafe(sqlite_insert(&insert, size));
        written += sqlx::query_with(sql, arguments)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    }
    Ok(written)
}

pub(crate) async fn insert_returning(
    tx: &mut Transaction<'static, Sqlite>,
    insert: Insert,
    cells: Cells<'_>,
    kinds: &[Kind],
) -> Result<Vec<Record>, sqlx::Error> {
    let width = insert.table.columns.len();
    let rows = cells.0.len() / width;
    let mut cells = cells.0.into_iter();
    let mut records = Vec::with_capacity(rows);
    for size in chunks(rows) {
        let arguments = bound(cells.by_ref().take(size * width).collect())?;
        let sql = AssertSqlSafe(sqlite_insert(&insert, size));
        for row in &sqlx::query_with(sql, arguments)
            .fetch_all(&mut **tx)
            .await?
        {
            records.push(record(row, kinds)?);
        }
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_long_log_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.db");
        let engine = open(&format!("sqlite:{}", path.display())).await.unwrap();
        let Engine::Sqlite { write, admin, .. } = engine else {
            panic!("a file address opens a file");
        };
        let run = async |sql: &'static str| sqlx::query(sql).execute(&write).await.unwrap();
        run("CREATE TABLE t (a BLOB)").await;
        // One transaction past the limit, in pages of 4096 bytes.
        run(
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 700) \
             INSERT INTO t SELECT zeroblob(100000) FROM n",
        )
        .await;
        let log = path.with_extension("db-wal");
        let long = log.metadata().unwrap().len();
        assert!(long > LONG_LOG as u64 * 4096);
        tend_once(&admin).await.unwrap();
        run("INSERT INTO t VALUES (zeroblob(1))").await;
        // Begun anew, not lengthened.
        assert_eq!(log.metadata().unwrap().len(), long);
        let (_, pages, moved): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)")
            .fetch_one(&admin)
            .await
            .unwrap();
        assert!(pages < 10 && pages == moved, "{pages} {moved}");
    }

    #[test]
    fn chunks_add_up_and_are_powers_of_two() {
        for rows in 0..1_300 {
            let sizes: Vec<_> = chunks(rows).collect();
            assert_eq!(sizes.iter().sum::<usize>(), rows);
            assert!(
                sizes
                    .iter()
                    .all(|size| size.is_power_of_two() && *size <= LARGEST_CHUNK)
            );
        }
    }
}
