//! The two engines: how each opens, reads rows, and writes many rows in one transaction.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use sqlx::{AssertSqlSafe, PgPool, SqlitePool};

use crate::Fault;
use crate::cell::{Cell, Cells, Record};
use crate::table::{Dialect, Insert, Kind, Table};

/// The database behind a store.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    /// One file: a pool that reads, one connection for the writer, one for administration.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        admin: SqlitePool,
    },
    /// A server.
    Postgres { pool: PgPool },
}

/// A read: which columns, under which condition, with which parameters.
#[derive(Debug)]
pub(crate) struct Select<'a> {
    pub(crate) table: &'static Table,
    /// Everything after the table's name.
    pub(crate) rest: &'a str,
    pub(crate) parameters: Cells<'a>,
}

impl Engine {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Reads whole rows of one table.
    pub(crate) async fn select(&self, select: Select<'_>) -> Result<Vec<Record>, Fault> {
        let columns = self.dialect().columns(select.table);
        let sql = format!(
            "SELECT {columns} FROM {} {}",
            select.table.name, select.rest
        );
        let kinds: Vec<Kind> = select.table.columns.iter().map(|(_, kind)| *kind).collect();
        let name = select.table.name;
        self.query(sql, &kinds, select.parameters)
            .await
            .map_err(|cause| Fault::database(format!("read {name}"), cause))
    }

    /// Reads rows of any shape; integers must come as 64 bits, dates and JSON as text.
    pub(crate) async fn query(
        &self,
        sql: String,
        kinds: &[Kind],
        parameters: Cells<'_>,
    ) -> Result<Vec<Record>, sqlx::Error> {
        match self {
            Self::Sqlite { read, .. } => {
                let query = sqlx::query_with(AssertSqlSafe(sql), sqlite::bound(parameters.0)?);
                let rows = query.fetch_all(read).await?;
                rows.iter().map(|row| sqlite::record(row, kinds)).collect()
            }
            Self::Postgres { pool } => {
                let query = sqlx::query_with(AssertSqlSafe(sql), postgres::bound(parameters.0)?);
                let rows = query.fetch_all(pool).await?;
                rows.iter()
                    .map(|row| postgres::record(row, kinds))
                    .collect()
            }
        }
    }

    /// Begins the writer's transaction.
    pub(crate) async fn begin(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(Tx::Sqlite),
            Self::Postgres { pool } => pool.begin().await.map(Tx::Postgres),
        };
        begun.map_err(|cause| Fault::database("begin a transaction", cause))
    }

    /// Begins a transaction that sees one moment of the database.
    pub(crate) async fn begin_reading(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { read, .. } => read.begin().await.map(Tx::Sqlite),
            Self::Postgres { pool } => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Tx::Postgres),
        };
        begun.map_err(|cause| Fault::database("begin a read", cause))
    }

    /// Begins a transaction beside the writer: seeding, users, sessions.
    pub(crate) async fn begin_admin(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { admin, .. } => admin.begin_with("BEGIN IMMEDIATE").await.map(Tx::Sqlite),
            Self::Postgres { pool } => pool.begin().await.map(Tx::Postgres),
        };
        begun.map_err(|cause| Fault::database("begin a transaction", cause))
    }
}

/// A transaction on either engine.
pub(crate) enum Tx {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Tx {
    /// Inserts rows; the number written is smaller than given if some met a row of their key.
    pub(crate) async fn insert(
        &mut self,
        insert: Insert,
        cells: Cells<'_>,
    ) -> Result<u64, sqlx::Error> {
        if cells.is_empty() {
            return Ok(0);
        }
        match self {
            Self::Sqlite(tx) => sqlite::insert(tx, insert, cells).await,
            Self::Postgres(tx) => postgres::insert(tx, insert, cells).await,
        }
    }

    /// Inserts rows and reads back what the `RETURNING` clause names.
    pub(crate) async fn insert_returning(
        &mut self,
        insert: Insert,
        cells: Cells<'_>,
        kinds: &[Kind],
    ) -> Result<Vec<Record>, sqlx::Error> {
        if cells.is_empty() {
            return Ok(Vec::new());
        }
        match self {
            Self::Sqlite(tx) => sqlite::insert_returning(tx, insert, cells, kinds).await,
            Self::Postgres(tx) => postgres::insert_returning(tx, insert, cells, kinds).await,
        }
    }

    /// Runs one statement; the number of rows it touched.
    pub(crate) async fn run(&mut self, sql: String, cells: Cells<'_>) -> Result<u64, sqlx::Error> {
        match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), sqlite::bound(cells.0)?);
                Ok(query.execute(&mut **tx).await?.rows_affected())
            }
            Self::Postgres(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), postgres::bound(cells.0)?);
                Ok(query.execute(&mut **tx).await?.rows_affected())
            }
        }
    }

    /// Reads rows inside the transaction.
    pub(crate) async fn query(
        &mut self,
        sql: String,
        kinds: &[Kind],
        cells: Cells<'_>,
    ) -> Result<Vec<Record>, sqlx::Error> {
        match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), sqlite::bound(cells.0)?);
                let rows = query.fetch_all(&mut **tx).await?;
                rows.iter().map(|row| sqlite::record(row, kinds)).collect()
            }
            Self::Postgres(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), postgres::bound(cells.0)?);
                let rows = query.fetch_all(&mut **tx).await?;
                rows.iter()
                    .map(|row| postgres::record(row, kinds))
                    .collect()
            }
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await,
            Self::Postgres(tx) => tx.rollback().await,
        }
    }
}

/// Splits flat cells into columns of a table.
pub(crate) fn columns<'a>(cells: Vec<Cell<'a>>, width: usize) -> Vec<Vec<Cell<'a>>> {
    let rows = cells.len() / width;
    let mut columns: Vec<Vec<Cell<'a>>> = (0..width).map(|_| Vec::with_capacity(rows)).collect();
    for (place, cell) in cells.into_iter().enumerate() {
        columns[place % width].push(cell);
    }
    columns
}
