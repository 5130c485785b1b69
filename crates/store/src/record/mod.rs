//! One batch of commits recorded in one transaction.
//!
//! The order is fixed: message numbers are claimed, persons are locked by raising their version,
//! then everything else is written table by table for the whole batch. Whoever lost a claim or a
//! version is answered and left out before anything of theirs is written. A surprise after that
//! (a stale visit, counter or account) breaks the batch; the writer then tries its members singly.

mod claims;
mod filings;
mod money;
mod parts;
mod register;

use std::collections::HashSet;

use crate::cell::Cells;
use crate::engine::{Engine, Tx};
use crate::stock::write::{Half, codes, goods};
use crate::table::{Insert, Kind};
use crate::tables::person::HEADS;
use crate::{Answer, Commit, Fault};

/// Why a batch could not be recorded.
#[derive(Debug)]
pub(crate) enum Broken {
    /// Something had changed since it was read.
    Conflict(&'static str),
    /// The database failed.
    Fault(Fault),
    /// The database failed while committing: nobody knows whether the batch is recorded.
    Unknown(Fault),
}

impl Broken {
    pub(crate) fn database(table: &'static str, cause: sqlx::Error) -> Self {
        let twice = cause
            .as_database_error()
            .is_some_and(|error| error.is_unique_violation());
        if twice {
            return Self::Conflict(table);
        }
        Self::Fault(Fault::database(format!("write {table}"), cause))
    }
}

/// A commit of the batch, with its answer once that is known before writing.
pub(crate) struct Place<'a> {
    pub(crate) commit: &'a Commit,
    pub(crate) answer: Option<Answer>,
}

/// Records the commits and answers each, in order.
///
/// No two of them may touch the same person or message number.
pub(crate) async fn record(
    engine: &Engine,
    distributed: bool,
    commits: &[&Commit],
) -> Result<Vec<Answer>, Broken> {
    let mut places: Vec<_> = commits
        .iter()
        .map(|commit| Place {
            commit,
            answer: None,
        })
        .collect();
    let mut tx = engine.begin().await.map_err(Broken::Fault)?;
    match write(&mut tx, engine, distributed, &mut places).await {
        Ok(()) => {
            let unknown = |cause| Broken::Unknown(Fault::database("commit", cause));
            tx.commit().await.map_err(unknown)?;
            if distributed {
                free_codes(engine, &places).await;
            }
        }
        Err(broken) => {
            if let Err(cause) = tx.rollback().await {
                tracing::warn!(%cause, "rollback failed");
            }
            return Err(broken);
        }
    }
    Ok(places
        .into_iter()
        .map(|place| place.answer.unwrap_or(Answer::Done))
        .collect())
}

async fn write(
    tx: &mut Tx,
    engine: &Engine,
    distributed: bool,
    places: &mut [Place<'_>],
) -> Result<(), Broken> {
    let mut claimed = claims::claim(tx, places).await?;
    // On a cluster boxes lie apart from persons, like message numbers: they are sold in the first
    // transaction. Should the second one fail, the box is held by a settlement that is not there,
    // which whoever asks next finds out.
    if distributed {
        let asking = asking(places);
        claimed |= codes(tx, &asking, Half::Sold).await?;
    }
    if distributed && claimed {
        let fresh = engine.begin().await.map_err(Broken::Fault)?;
        let first = std::mem::replace(tx, fresh);
        let unknown = |cause| Broken::Unknown(Fault::database("commit claims", cause));
        first.commit().await.map_err(unknown)?;
    }
    raise_versions(tx, places).await?;
    let live = asking(places);
    if !distributed {
        codes(tx, &live, Half::Sold).await?;
        codes(tx, &live, Half::Freed).await?;
    }
    register::changes(tx, &live).await?;
    parts::visits(tx, &live).await?;
    parts::lines(tx, &live).await?;
    parts::line_moves(tx, &live).await?;
    parts::line_amounts(tx, &live).await?;
    parts::settlements(tx, &live).await?;
    parts::requests(tx, &live).await?;
    money::counters(tx, &live).await?;
    money::accounts(tx, &live).await?;
    money::transfers(tx, &live).await?;
    crate::account::record::changes(tx, &live).await?;
    filings::filings(tx, &live).await?;
    filings::tokens(tx, &live).await?;
    filings::uses(tx, &live).await?;
    crate::discharge::record::changes(tx, &live).await?;
    goods(tx, &live).await?;
    crate::audit::prompts(tx, &live).await?;
    parts::access_log(tx, places).await
}

/// The commits still to be written.
fn asking<'a>(places: &[Place<'a>]) -> Vec<&'a Commit> {
    let asking = places.iter().filter(|place| place.answer.is_none());
    asking.map(|place| place.commit).collect()
}

/// Frees boxes on a cluster once what frees them is durable; should it fail, whoever asks next
/// finds that the sale does not stand any more.
async fn free_codes(engine: &Engine, places: &[Place<'_>]) {
    let done = asking(places);
    let frees = |commit: &&Commit| commit.codes.as_ref().is_some_and(|c| !c.freed.is_empty());
    if !done.iter().any(frees) {
        return;
    }
    let freed = async {
        let mut tx = engine.begin().await.map_err(Broken::Fault)?;
        codes(&mut tx, &done, Half::Freed).await?;
        tx.commit()
            .await
            .map_err(|cause| Broken::database("trace_codes", cause))
    };
    if let Err(broken) = freed.await {
        tracing::warn!(?broken, "boxes were not freed at once");
    }
}

/// Raises the version of every person decided on; who is late gets a conflict.
async fn raise_versions(tx: &mut Tx, places: &mut [Place<'_>]) -> Result<(), Broken> {
    const RAISE: Insert = Insert {
        table: &HEADS,
        meeting: "ON CONFLICT (area, person_no) DO UPDATE SET version = excluded.version \
                  WHERE person_heads.version = excluded.version - 1",
        returning: "RETURNING CAST(area AS bigint), person_no",
    };
    let mut waiting: Vec<_> = places
        .iter_mut()
        .filter(|place| place.answer.is_none())
        .filter_map(|place| {
            place
                .commit
                .expected_version
                .map(|version| (place, version))
        })
        .collect();
    waiting.sort_by_key(|(place, _)| (place.commit.area, &place.commit.person_no));
    let mut cells = Cells::default();
    for (place, version) in &waiting {
        cells
            .area(place.commit.area)
            .text(&place.commit.person_no)
            .int(version + 1);
    }
    let raised = tx
        .insert_returning(RAISE, cells, &[Kind::Int, Kind::Text])
        .await
        .map_err(|cause| Broken::database("person_heads", cause))?;
    let mut done = HashSet::with_capacity(raised.len());
    for mut record in raised {
        done.insert((
            record.int().map_err(Broken::Fault)?,
            record.text().map_err(Broken::Fault)?,
        ));
    }
    for (place, _) in waiting {
        let key = (
            i64::from(place.commit.area.get()),
            place.commit.person_no.clone(),
        );
        if !done.contains(&key) {
            place.answer = Some(Answer::Conflict { over: HEADS.name });
        }
    }
    Ok(())
}

/// Inserts rows of which every one must be written.
pub(crate) async fn insert_all(
    tx: &mut Tx,
    insert: Insert,
    cells: Cells<'_>,
) -> Result<(), Broken> {
    let name = insert.table.name;
    let rows = (cells.0.len() / insert.table.columns.len()) as u64;
    let written = tx
        .insert(insert, cells)
        .await
        .map_err(|cause| Broken::database(name, cause))?;
    if written == rows {
        Ok(())
    } else {
        Err(Broken::Conflict(name))
    }
}

/// Runs an update that must touch exactly so many rows.
pub(crate) async fn update_all(
    tx: &mut Tx,
    table: &'static str,
    sql: String,
    cells: Cells<'_>,
    expected: u64,
) -> Result<(), Broken> {
    let touched = tx
        .run(sql, cells)
        .await
        .map_err(|cause| Broken::database(table, cause))?;
    if touched == expected {
        Ok(())
    } else {
        Err(Broken::Conflict(table))
    }
}
