use ::store::{DoubtFilter, DoubtRow, DoubtTally};
use workflow::doubt::State;

use super::officer::Officer;
use super::step::SHOWN;
use crate::{App, Error};

/// A page of doubts (疑点清单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtPage {
    /// The doubts, oldest first.
    pub rows: Vec<DoubtRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Doubts counted by state, rule and institution (疑点数量).
pub type DoubtSums = Vec<DoubtTally>;

/// The filter as far as an officer may look: an institution sees its own, from the notice on.
pub(super) fn within(officer: &Officer, filter: &DoubtFilter) -> DoubtFilter {
    let mut filter = filter.clone();
    let Some(own) = &officer.institution else {
        return filter;
    };
    filter.institution = Some(own.clone());
    let shown = |word: &String| State::of_word(word).is_some_and(|state| SHOWN.contains(&state));
    filter.states.retain(shown);
    // No state left must not mean any state: then the institution sees all that is shown to it.
    if filter.states.is_empty() {
        filter.states = SHOWN.iter().map(|state| state.word().to_owned()).collect();
    }
    filter.notified = true;
    filter
}

impl App {
    /// Doubts that pass the filter, oldest first; that the list was read is noted.
    ///
    /// # Errors
    /// [`Error::Denied`] to accounts without a part in it, [`Error::Fault`] if the store fails.
    pub async fn doubts(
        &self,
        officer: &Officer,
        filter: &DoubtFilter,
        after: &str,
        limit: usize,
    ) -> Result<DoubtPage, Error> {
        self.note_reading(officer, "", "list_doubts", "").await?;
        let filter = within(officer, filter);
        let area = officer.actor.area;
        let mut rows = self
            .store
            .search_doubts(area, &filter, after, limit + 1)
            .await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| row.doubt.clone());
        Ok(DoubtPage { rows, next })
    }

    /// Doubts that pass the filter, counted by state, rule and institution.
    ///
    /// # Errors
    /// [`Error::Denied`] to accounts without a part in it, [`Error::Fault`] if the store fails.
    pub async fn doubt_sums(
        &self,
        officer: &Officer,
        filter: &DoubtFilter,
    ) -> Result<DoubtSums, Error> {
        let filter = within(officer, filter);
        Ok(self.store.count_doubts(officer.actor.area, &filter).await?)
    }

    /// Notes a reading in the access log; refused to accounts that have no part in doubts.
    pub(super) async fn note_reading(
        &self,
        officer: &Officer,
        person_no: &str,
        action: &str,
        target: &str,
    ) -> Result<(), Error> {
        if officer.roles.is_empty() {
            return Err(Error::Denied("没有办理审核疑点的岗位".to_owned()));
        }
        let mut commit = store::Commit::new(officer.actor.area, person_no);
        commit.access = Some(officer.actor.access(self, action, target, "read"));
        self.store.commit(commit).await?;
        Ok(())
    }
}
