use crate::cell::Cells;
use crate::context::{Context, ContextQuery};
use crate::engine::{Engine, Select, postgres, sqlite};
use crate::tables::request;
use crate::writer::Writers;
use crate::{Answer, Commit, Fault, RequestKey, StoredRequest};
use terms::AreaCode;

/// The database of the house: an embedded SQLite file or a PostgreSQL server.
#[derive(Debug)]
pub struct Store {
    pub(crate) engine: Engine,
    writers: Writers,
    tending: Option<sqlite::Tending>,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`; creates the file, not the tables.
    ///
    /// # Errors
    /// [`Fault`] if the address is of neither kind or the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Fault> {
        let (engine, distributed) = if url.starts_with("sqlite:") {
            (sqlite::open(url).await?, false)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let engine = postgres::open(url).await?;
            let distributed = match &engine {
                Engine::Postgres { pool } => postgres::is_distributed(pool).await?,
                Engine::Sqlite { .. } => false,
            };
            (engine, distributed)
        } else {
            return Err(Fault::found(
                "a database address begins with sqlite: or postgres:",
            ));
        };
        let writers = Writers::start(&engine, distributed)?;
        let tending = match &engine {
            Engine::Sqlite { admin, .. } => Some(sqlite::tend(admin.clone())),
            Engine::Postgres { .. } => None,
        };
        Ok(Self {
            engine,
            writers,
            tending,
        })
    }

    /// Brings the tables up to this version.
    ///
    /// # Errors
    /// [`Fault`] if a migration fails or the database is newer than this program.
    pub async fn migrate(&self) -> Result<(), Fault> {
        let done = match &self.engine {
            Engine::Sqlite { write, .. } => sqlx::migrate!("migrations/sqlite").run(write).await,
            Engine::Postgres { pool } => sqlx::migrate!("migrations/postgres").run(pool).await,
        };
        done.map_err(|cause| Fault::caused("migrate the database", cause))
    }

    /// Records a decision; returns when it is durable, or says why nothing was recorded.
    ///
    /// # Errors
    /// [`Fault`] if the database fails. After a fault the commit may or may not be recorded;
    /// sending the same message again finds out.
    pub async fn commit(&self, commit: Commit) -> Result<Answer, Fault> {
        self.writers.submit(commit).await
    }

    /// Everything a decision about one person needs; nothing if the person is unknown.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn load_context(&self, query: &ContextQuery<'_>) -> Result<Option<Context>, Fault> {
        crate::context::load(&self.engine, query).await
    }

    /// What is known of a message number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_request(
        &self,
        area: AreaCode,
        key: &RequestKey,
    ) -> Result<Option<StoredRequest>, Fault> {
        let mut parameters = Cells::default();
        parameters
            .area(area)
            .text(&key.institution)
            .text(&key.msgid);
        let rest = "WHERE area = $1 AND institution = $2 AND msgid = $3";
        let table = &request::CLAIMS;
        let claims = self
            .engine
            .select(Select {
                table,
                rest,
                parameters,
            })
            .await?;
        let Some(mut record) = claims.into_iter().next() else {
            return Ok(None);
        };
        let claim = request::take_claim(&mut record)?;
        let mut parameters = Cells::default();
        parameters
            .area(area)
            .text(&claim.person_no)
            .text(&key.institution)
            .text(&key.msgid);
        let rest = "WHERE area = $1 AND person_no = $2 AND institution = $3 AND msgid = $4";
        let table = &request::REQUESTS;
        let decided = self
            .engine
            .select(Select {
                table,
                rest,
                parameters,
            })
            .await?;
        if let Some(mut record) = decided.into_iter().next() {
            return request::take(&mut record).map(Some);
        }
        Ok(Some(if claim.blocked {
            StoredRequest::Blocked
        } else {
            let (person_no, body_hash) = (claim.person_no, claim.body_hash);
            StoredRequest::Undecided {
                person_no,
                body_hash,
            }
        }))
    }

    /// Finishes what is being written and closes the database.
    ///
    /// # Errors
    /// [`Fault`] if the last writing to the file fails.
    pub async fn close(self) -> Result<(), Fault> {
        drop(self.tending);
        self.writers.close().await;
        match self.engine {
            Engine::Sqlite { read, write, admin } => {
                read.close().await;
                admin.close().await;
                let done = sqlite::checkpoint(&write).await;
                write.close().await;
                done
            }
            Engine::Postgres { pool } => {
                pool.close().await;
                Ok(())
            }
        }
    }
}
