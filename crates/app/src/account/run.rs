use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use jiff::civil::DateTime;
use money::Fen;
use serde::{Deserialize, Serialize};
use store::AccountRunRow;
use terms::AreaCode;

use crate::{App, Error};

/// People decided on together; their commits share waits for the disk.
pub(super) const CHUNK: usize = 256;

/// A reason why somebody's account did not move, with how often and one example (未办原因).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How many people.
    pub people: i64,
    /// One of them.
    pub example: String,
}

/// What a run over all accounts did (批量结果).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RunDone {
    /// People looked at, in this call or before it was broken off.
    pub persons: i64,
    /// Accounts that moved.
    pub moved: i64,
    /// What was added to them.
    pub amount: Fen,
    /// People to whom it had happened before, or to whom the law gives nothing.
    pub skipped: i64,
    /// Why others were left out.
    pub problems: BTreeMap<String, Problem>,
}

impl RunDone {
    pub(super) fn problem(&mut self, reason: String, person_no: &str) {
        let problem = self.problems.entry(reason).or_insert_with(|| Problem {
            people: 0,
            example: person_no.to_owned(),
        });
        problem.people += 1;
    }
}

/// A run under way: what it is, how far it came, and what it did.
pub(super) struct Run {
    pub kind: &'static str,
    pub period: String,
    pub after: String,
    pub done: RunDone,
    started_at: DateTime,
    by: String,
}

impl Run {
    /// Begins a run, or goes on where one was broken off; one that ended is begun anew, and finds
    /// most people done.
    pub async fn begin(
        app: &App,
        area: AreaCode,
        kind: &'static str,
        period: &str,
        by: &str,
    ) -> Result<Self, Error> {
        let known = app.store.account_run(area, kind, period).await?;
        let fresh = || Self {
            kind,
            period: period.to_owned(),
            after: String::new(),
            done: RunDone::default(),
            started_at: app.clock.now(),
            by: by.to_owned(),
        };
        let Some(row) = known.filter(|row| row.ended_at.is_none()) else {
            return Ok(fresh());
        };
        let problems = serde_json::from_str(&row.problems)
            .map_err(|cause| Error::Bug(format!("problems of a run: {cause}")))?;
        Ok(Self {
            after: row.after_person,
            done: RunDone {
                persons: row.persons,
                moved: row.moved,
                amount: row.amount,
                skipped: row.skipped,
                problems,
            },
            started_at: row.started_at,
            ..fresh()
        })
    }

    /// Notes how far the run came.
    pub async fn note(&self, app: &App, area: AreaCode, ended: bool) -> Result<(), Error> {
        let problems = serde_json::to_string(&self.done.problems)
            .map_err(|cause| Error::Bug(format!("problems of a run: {cause}")))?;
        let row = AccountRunRow {
            kind: self.kind.to_owned(),
            period: self.period.clone(),
            after_person: self.after.clone(),
            persons: self.done.persons,
            moved: self.done.moved,
            amount: self.done.amount,
            skipped: self.done.skipped,
            problems,
            started_at: self.started_at,
            ended_at: ended.then(|| app.clock.now()),
            started_by: self.by.clone(),
        };
        Ok(app.store.put_account_run(area, &row).await?)
    }
}

/// Waits for all of them at once, so that the writer can put them into one transaction.
pub(super) async fn together<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let mut outputs: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut ready = true;
        for (future, output) in waiting.iter_mut().zip(&mut outputs) {
            if output.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(value) => *output = Some(value),
                    Poll::Pending => ready = false,
                }
            }
        }
        if ready {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
