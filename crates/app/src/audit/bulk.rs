use ::store::{Answer, AuditCommit, DoubtBatchRow, DoubtFilter, DoubtNoticeRow, DoubtRow};
use workflow::doubt::Verb;

use super::list::within;
use super::notice::Published;
use super::officer::Officer;
use super::record::count;
use super::step::Move;
use crate::{App, Error};

/// What was done to many doubts at once (批量办理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// What is kept of it: which filter, how many moved, which were refused.
    pub batch: DoubtBatchRow,
    /// Notices that went out.
    pub notices: Vec<DoubtNoticeRow>,
    /// Doubts that stayed, with the reason in 中文.
    pub refused: Vec<(String, String)>,
}

/// Doubts moved in one go at most.
const LARGEST: usize = 5_000;
/// Doubts read in one step.
const STEP: usize = 500;

impl App {
    /// Makes the same move with every doubt that passes the filter (批量办理).
    ///
    /// `expected` is how many the reviewer saw; another number is refused. With a sample, its
    /// doubts must have been decided one by one before.
    ///
    /// # Errors
    /// `nothing_matches`, `bulk_changed`, `bulk_too_many`, `sample_waiting`; what is refused of
    /// single doubts is told with them.
    pub async fn move_doubts(
        &self,
        officer: &Officer,
        filter: &DoubtFilter,
        (verb, text): (&Verb, &str),
        (expected, sample): (Option<usize>, Option<&str>),
    ) -> Result<Bulk, Error> {
        let filter = within(officer, filter);
        let kept = filter_json(&filter);
        if let Some(sample) = sample {
            self.looked_at(officer, sample, &kept).await?;
        }
        let rows = self.matching(officer, &filter).await?;
        if expected.is_some_and(|expected| expected != rows.len()) {
            let message = format!("符合条件的疑点现在是{}条，请刷新后再办", rows.len());
            return Err(Error::refused("bulk_changed", message));
        }
        let done = self.each(officer, &rows, verb, text).await?;
        let batch = DoubtBatchRow {
            batch: self.numbers.named("PL"),
            kind: "bulk".to_owned(),
            verb: verb.zh().to_owned(),
            filter: kept,
            seed: sample.unwrap_or_default().to_owned(),
            wanted: 0,
            matched: count(rows.len()),
            moved: count(done.moved.len()),
            doubts: serde_json::json!(done.moved).to_string(),
            refused: serde_json::json!(done.refused).to_string(),
            text: text.to_owned(),
            made_by: officer.actor.name.clone(),
            made_at: officer.actor.at,
        };
        let mut commit = AuditCommit::new(officer.actor.area);
        commit.batches.push(batch.clone());
        let access = officer
            .actor
            .access(self, "move_doubts", &batch.batch, "done");
        commit.access.push((String::new(), access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(Bulk {
                batch,
                notices: done.notices,
                refused: done.refused,
            }),
            _ => Err(Error::Busy),
        }
    }

    async fn each(
        &self,
        officer: &Officer,
        rows: &[DoubtRow],
        verb: &Verb,
        text: &str,
    ) -> Result<Published, Error> {
        if *verb == Verb::Publish {
            let doubts: Vec<String> = rows.iter().map(|row| row.doubt.clone()).collect();
            return self.publish_doubts(officer, &doubts).await;
        }
        let mut done = Published::default();
        for row in rows {
            let moved = if *verb == Verb::Deduct {
                self.deduct_doubt(officer, &row.doubt).await.map(|_| ())
            } else {
                let asked = Move {
                    verb: verb.clone(),
                    seen: Some(row.version),
                    text: text.to_owned(),
                    attachments: Vec::new(),
                };
                self.move_doubt(officer, &row.doubt, &asked)
                    .await
                    .map(|_| ())
            };
            match moved {
                Ok(()) => done.moved.push(row.doubt.clone()),
                Err(error @ (Error::Fault(_) | Error::Bug(_))) => return Err(error),
                Err(error) => done.refused.push((row.doubt.clone(), error.to_string())),
            }
        }
        Ok(done)
    }

    /// Every doubt that passes the filter.
    pub(super) async fn matching(
        &self,
        officer: &Officer,
        filter: &DoubtFilter,
    ) -> Result<Vec<DoubtRow>, Error> {
        let mut all: Vec<DoubtRow> = Vec::new();
        loop {
            let after = all.last().map_or("", |row| row.doubt.as_str()).to_owned();
            let area = officer.actor.area;
            let rows = self.store.search_doubts(area, filter, &after, STEP).await?;
            let last = rows.len() < STEP;
            all.extend(rows);
            if all.len() > LARGEST {
                let message = format!("符合条件的疑点超过{LARGEST}条，请缩小范围");
                return Err(Error::refused("bulk_too_many", message));
            }
            if last {
                break;
            }
        }
        if all.is_empty() {
            let message = "没有符合条件的疑点".to_owned();
            return Err(Error::refused("nothing_matches", message));
        }
        Ok(all)
    }
}

/// A filter as batches keep it.
pub(super) fn filter_json(filter: &DoubtFilter) -> String {
    let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let fen = |amount: &Option<money::Fen>| amount.map(|amount| amount.to_string());
    serde_json::json!({
        "states": filter.states, "rule": filter.rule, "institution": filter.institution,
        "strength": filter.strength, "person": filter.person_no,
        "settlement": filter.settlement, "notice": filter.notice,
        "at_least": fen(&filter.at_least), "at_most": fen(&filter.at_most),
        "from": day(&filter.from), "to": day(&filter.to), "due_before": day(&filter.due_before),
        "ids": filter.ids, "reviewer": filter.reviewer,
    })
    .to_string()
}
