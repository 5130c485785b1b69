use ::store::{DoubtBatchRow, DoubtRow};

use super::officer::Officer;
use super::sample::Drawn;
use crate::{App, Error};

/// A sample and how far it was looked at (抽样办理情况).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleState {
    /// What is kept of it.
    pub batch: DoubtBatchRow,
    /// Those drawn as they stand now, and whether somebody has decided them since.
    pub drawn: Vec<(DoubtRow, bool)>,
}

impl App {
    /// A sample with its doubts (抽样办理情况).
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Denied`] to institutions.
    pub async fn doubt_sample(
        &self,
        officer: &Officer,
        sample: &str,
    ) -> Result<SampleState, Error> {
        officer.is_agency()?;
        let batch = self.sample_batch(officer, sample).await?;
        let mut drawn = Vec::new();
        for one in drawn_of(&batch)? {
            let row = self.store.doubt(officer.actor.area, &one.doubt).await?;
            let row = row.ok_or_else(|| Error::missing("审核疑点", &one.doubt))?;
            let done = row.version != one.version;
            drawn.push((row, done));
        }
        Ok(SampleState { batch, drawn })
    }

    /// Samples, newest first.
    ///
    /// # Errors
    /// [`Error::Denied`] to institutions, [`Error::Fault`] if the store fails.
    pub async fn doubt_samples(
        &self,
        officer: &Officer,
        limit: usize,
    ) -> Result<Vec<DoubtBatchRow>, Error> {
        officer.is_agency()?;
        let area = officer.actor.area;
        Ok(self.store.doubt_batches(area, "sample", limit).await?)
    }

    /// The batch of a sample.
    pub(super) async fn sample_batch(
        &self,
        officer: &Officer,
        sample: &str,
    ) -> Result<DoubtBatchRow, Error> {
        let batch = self.store.doubt_batch(officer.actor.area, sample).await?;
        let batch = batch.filter(|batch| batch.kind == "sample");
        batch.ok_or_else(|| Error::missing("抽样", sample))
    }
}

/// Which doubts a sample drew.
pub(super) fn drawn_of(batch: &DoubtBatchRow) -> Result<Vec<Drawn>, Error> {
    let broken = |cause| Error::Bug(format!("sample {}: {cause}", batch.batch));
    serde_json::from_str(&batch.doubts).map_err(broken)
}
