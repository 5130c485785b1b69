use ::store::{Answer, AuditCommit, DoubtBatchRow, DoubtFilter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::bulk::filter_json;
use super::list::within;
use super::officer::Officer;
use super::record::count;
use super::sampled::drawn_of;
use crate::{App, Error};

/// Doubts drawn from many, to be looked at one by one before the rest is decided (抽样).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What is kept of it: seed, how many there were and how many were drawn.
    pub batch: DoubtBatchRow,
    /// Those drawn.
    pub drawn: Vec<Drawn>,
}

/// One that was drawn, as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// 疑点编号.
    pub doubt: String,
    /// The version it had: a later one means that somebody has looked at it.
    pub version: i64,
}

/// A sample is of so many at most.
const LARGEST: usize = 200;

impl App {
    /// Draws doubts at random from those that pass the filter (抽样). The seed is kept: the same
    /// seed draws the same from the same doubts.
    ///
    /// # Errors
    /// `sample_size` for none or too many, `nothing_matches` where the filter meets no doubt.
    pub async fn draw_sample(
        &self,
        officer: &Officer,
        filter: &DoubtFilter,
        wanted: usize,
        seed: Option<&str>,
    ) -> Result<Sample, Error> {
        officer.is_agency()?;
        if !(1..=LARGEST).contains(&wanted) {
            let message = format!("抽样{wanted}条不行，应为1至{LARGEST}条");
            return Err(Error::refused("sample_size", message));
        }
        let filter = within(officer, filter);
        let all = self.matching(officer, &filter).await?;
        let seed = seed.map_or_else(|| format!("{:016x}", rand::random::<u64>()), str::to_owned);
        let mut ranked: Vec<_> = all
            .iter()
            .map(|row| {
                let hash = Sha256::digest(format!("{seed}\n{}", row.doubt));
                (hash, row)
            })
            .collect();
        ranked.sort_by_key(|(hash, _)| *hash);
        ranked.truncate(wanted);
        let mut drawn: Vec<Drawn> = ranked
            .into_iter()
            .map(|(_, row)| Drawn {
                doubt: row.doubt.clone(),
                version: row.version,
            })
            .collect();
        drawn.sort_by(|a, b| a.doubt.cmp(&b.doubt));
        let batch = DoubtBatchRow {
            batch: self.numbers.named("CY"),
            kind: "sample".to_owned(),
            verb: String::new(),
            filter: filter_json(&filter),
            seed,
            wanted: count(wanted),
            matched: count(all.len()),
            moved: count(drawn.len()),
            doubts: serde_json::json!(drawn).to_string(),
            refused: "[]".to_owned(),
            text: String::new(),
            made_by: officer.actor.name.clone(),
            made_at: officer.actor.at,
        };
        let mut commit = AuditCommit::new(officer.actor.area);
        commit.batches.push(batch.clone());
        let access = officer
            .actor
            .access(self, "draw_sample", &batch.batch, "done");
        commit.access.push((String::new(), access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(Sample { batch, drawn }),
            _ => Err(Error::Busy),
        }
    }

    /// Refuses while some of a sample have not been looked at.
    pub(super) async fn looked_at(
        &self,
        officer: &Officer,
        sample: &str,
        filter: &str,
    ) -> Result<(), Error> {
        let area = officer.actor.area;
        let batch = self.sample_batch(officer, sample).await?;
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        if parsed(&batch.filter) != parsed(filter) {
            let message = format!("抽样{sample}是按别的条件抽的");
            return Err(Error::refused("other_sample", message));
        }
        let mut waiting = 0;
        for one in drawn_of(&batch)? {
            let row = self.store.doubt(area, &one.doubt).await?;
            waiting += usize::from(row.is_some_and(|row| row.version == one.version));
        }
        if waiting > 0 {
            let message = format!("抽样{sample}还有{waiting}条没有逐条办理");
            return Err(Error::refused("sample_waiting", message));
        }
        Ok(())
    }
}
