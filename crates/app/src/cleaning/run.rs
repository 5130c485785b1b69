use std::collections::HashSet;

use enrolment::cleaning::{Check, Limits, doubts};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    CleaningRunRow, FindingCount, FindingDecisionRow, FindingFilter, FindingRow, RunCount,
};

use super::keep::{Kept, Seen};
use super::pairs;
use super::told::Told;
use crate::{App, Error};

/// People read at once, and findings written at once.
const AT_ONCE: usize = 5_000;

/// What a run did (清洗结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The run.
    pub run: CleaningRunRow,
    /// Counts by check.
    pub counts: Vec<RunCount>,
    /// Groups of records with one key too large to be compared pair by pair.
    pub skipped: usize,
}

impl App {
    /// Checks everybody in the register, alone and in pairs, and keeps what is found.
    ///
    /// Reads page by page; of each person some 130 bytes stay in memory for the pairs, and a hash
    /// of each key. `progress` gets the number of people so far.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails; what was found so far stays, under a run that is not
    /// done.
    pub async fn clean(
        &self,
        by: &str,
        limits: &Limits,
        progress: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Cleaned, Error> {
        let mut run = CleaningRunRow {
            run_id: self.numbers.named("C"),
            state: "running".to_owned(),
            people: 0,
            by_name: by.to_owned(),
            started_at: self.clock.now(),
            finished_at: None,
            counts: "{}".to_owned(),
        };
        self.store.put_cleaning_run(self.home, &run).await?;
        let kept = self.look_at_each(&run, limits, progress).await?;
        let limits = limits.clone();
        let (kept, found) = tokio::task::spawn_blocking(move || {
            let found = pairs::find(&kept, &limits);
            (kept, found)
        })
        .await
        .map_err(|cause| Error::Bug(format!("compare pairs: {cause}")))?;
        for some in found.pairs.chunks(AT_ONCE) {
            let rows = some.iter().map(|pair| {
                let (one, two) = (kept.record(pair.one), kept.record(pair.two));
                let numbers = (one.number, two.number);
                let score = i64::from(pair.likeness.score);
                let told = Told::pair((one.clone(), two.clone(), pair.likeness.clone()));
                self.finding(&run, pair.check, numbers, (score, &told))
            });
            let rows = rows.collect::<Result<Vec<_>, Error>>()?;
            self.store.put_findings(self.home, &rows).await?;
        }
        let counts = self
            .store
            .close_findings(self.home, &run.run_id, self.clock.now());
        let counts = counts.await?;
        run.people = i64::try_from(kept.len()).unwrap_or(i64::MAX);
        run.finished_at = Some(self.clock.now());
        "done".clone_into(&mut run.state);
        let shown = counts.iter().map(|count| {
            let value = json!({ "found": count.found, "new": count.new, "gone": count.gone });
            (count.check.clone(), value)
        });
        run.counts = serde_json::Value::from(shown.collect::<serde_json::Map<_, _>>()).to_string();
        self.store.put_cleaning_run(self.home, &run).await?;
        Ok(Cleaned {
            run,
            counts,
            skipped: found.skipped,
        })
    }

    /// Looks at every person alone; those given up in a merge are passed over.
    async fn look_at_each(
        &self,
        run: &CleaningRunRow,
        limits: &Limits,
        progress: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Kept, Error> {
        let merged = self.store.merged_persons(self.home).await?;
        let merged: HashSet<String> = merged.into_iter().map(|(dropped, _)| dropped).collect();
        let today = self.clock.today();
        let (mut kept, mut rows, mut after) = (Kept::default(), Vec::new(), String::new());
        loop {
            let page = self.store.scan_people(self.home, &after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.person.person_no);
            for scanned in page {
                if merged.contains(&scanned.person.person_no) {
                    continue;
                }
                let seen = Seen::of(scanned)?;
                let record = seen.record();
                for doubt in doubts(&record, today, limits) {
                    let told = Told::alone(&record, doubt.evidence);
                    let numbers = (record.number, "");
                    rows.push(self.finding(run, doubt.check, numbers, (0, &told))?);
                }
                kept.add(&record);
            }
            if rows.len() >= AT_ONCE {
                self.store.put_findings(self.home, &rows).await?;
                rows.clear();
            }
            progress(kept.len());
        }
        self.store.put_findings(self.home, &rows).await?;
        Ok(kept)
    }

    fn finding(
        &self,
        run: &CleaningRunRow,
        check: Check,
        (one, two): (&str, &str),
        (score, told): (i64, &Told),
    ) -> Result<FindingRow, Error> {
        Ok(FindingRow {
            finding_id: id(check, one, two),
            check: check.word().to_owned(),
            person_no: one.to_owned(),
            other_no: two.to_owned(),
            state: "open".to_owned(),
            score,
            assigned: String::new(),
            first_run: run.run_id.clone(),
            last_run: run.run_id.clone(),
            changed_at: run.started_at,
            evidence: told.json()?,
        })
    }

    /// Findings for the work list, by id after `after`.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn findings(
        &self,
        filter: &FindingFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<FindingRow>, Error> {
        Ok(self.store.findings(self.home, filter, after, limit).await?)
    }

    /// How many findings stand, by check and state.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn count_findings(&self) -> Result<Vec<FindingCount>, Error> {
        Ok(self.store.count_findings(self.home).await?)
    }

    /// The last runs with their counts, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn cleaning_runs(&self, limit: usize) -> Result<Vec<CleaningRunRow>, Error> {
        Ok(self.store.cleaning_runs(self.home, limit).await?)
    }

    /// What was decided on a finding, oldest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn finding_history(&self, id: &str) -> Result<Vec<FindingDecisionRow>, Error> {
        Ok(self.store.finding_decisions(self.home, id).await?)
    }
}

/// The same check of the same persons has the same id, whenever and in whatever order.
fn id(check: Check, one: &str, two: &str) -> String {
    let (first, second) = if one <= two { (one, two) } else { (two, one) };
    let text = format!("{} {first} {second}", check.word());
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("F{hex}")
}
