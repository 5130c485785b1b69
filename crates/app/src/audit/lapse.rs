use ::store::{Answer, AuditCommit, DoubtFilter, DoubtRow};
use workflow::doubt::{State, Verb};

use super::officer::Officer;
use super::step::Said;
use crate::register::Actor;
use crate::{App, Error};

/// Doubts looked at in one step.
const STEP: usize = 500;

impl App {
    /// Confirms what institutions let pass (逾期确认): doubts whose appeal ran out before today.
    /// Run again on the same day it finds nothing more.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails; what was confirmed before stays so.
    pub async fn lapse_doubts(&self, actor: &Actor) -> Result<Vec<DoubtRow>, Error> {
        let officer = Officer::system(actor.clone());
        let filter = DoubtFilter {
            states: vec![State::Published.word().to_owned()],
            due_before: Some(actor.at.date()),
            ..DoubtFilter::default()
        };
        let (mut after, mut lapsed) = (String::new(), Vec::new());
        loop {
            let rows = self
                .store
                .search_doubts(actor.area, &filter, &after, STEP)
                .await?;
            let Some(last) = rows.last() else {
                return Ok(lapsed);
            };
            after.clone_from(&last.doubt);
            for row in &rows {
                lapsed.extend(self.lapse(&officer, row).await?);
            }
        }
    }

    /// Confirms one; nothing where somebody was faster.
    async fn lapse(&self, officer: &Officer, row: &DoubtRow) -> Result<Option<DoubtRow>, Error> {
        let mut commit = AuditCommit::new(officer.actor.area);
        let said = Said {
            text: "申诉期满未申诉",
            detail: &serde_json::json!({}),
        };
        let to = self
            .step(&mut commit, officer, row, &Verb::Lapse, said)
            .await?;
        let access = officer
            .actor
            .access(self, "lapse_doubt", &row.doubt, "done");
        commit.access.push((row.person_no.clone(), access));
        let done = self.store.record_audit(&commit).await? == Answer::Done;
        Ok(done.then_some(to))
    }
}
