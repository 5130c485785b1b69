use jiff::civil::DateTime;
use store::{FilingFilter, FilingRow};

use super::{FilingClass, FilingDetail, FilingState, filing_detail};
use crate::office::Clerk;
use crate::{App, Call, Error};

/// A filing read apart (备案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Its columns.
    pub row: FilingRow,
    /// What is applied for.
    pub class: FilingClass,
    /// Where it stands.
    pub state: FilingState,
    /// Everything else.
    pub detail: FilingDetail,
}

impl Filing {
    /// The filing a row keeps.
    ///
    /// # Errors
    /// [`Error::Bug`] where the row was not written by this version.
    pub fn of(row: FilingRow) -> Result<Self, Error> {
        let broken = |error: Error| Error::Bug(format!("filing {}: {error}", row.filing_id));
        Ok(Self {
            class: FilingClass::of(&row.class).map_err(broken)?,
            state: FilingState::of(&row.state).map_err(broken)?,
            detail: filing_detail(&row.detail)?,
            row,
        })
    }
}

/// A page of the inbox (备案收件箱).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingPage {
    /// The filings, the oldest first.
    pub filings: Vec<Filing>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// How many filings wait, by class (待审核数).
pub type FilingCounts = Vec<(FilingClass, i64)>;

impl App {
    /// Filings for the agency to look at, the oldest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_filings(
        &self,
        clerk: &Clerk,
        filter: &FilingFilter,
        after: &str,
        limit: usize,
    ) -> Result<FilingPage, Error> {
        let found = self
            .store
            .search_filings(clerk.area, filter, after, limit + 1);
        let mut rows = found.await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| row.filing_id.clone());
        self.note(clerk, "", "list_filings", "").await?;
        let filings = rows.into_iter().map(Filing::of).collect::<Result<_, _>>()?;
        Ok(FilingPage { filings, next })
    }

    /// How many filings wait for the agency, by class.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn waiting_filings(&self, clerk: &Clerk) -> Result<FilingCounts, Error> {
        let pending = FilingState::Pending.word();
        let counted = self.store.count_filings(clerk.area, pending).await?;
        let read = |(class, count): (String, i64)| Ok((FilingClass::of(&class)?, count));
        counted.into_iter().map(read).collect()
    }

    /// Every filing for a person, oldest first; the reading is noted.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number.
    pub async fn filings_of(&self, clerk: &Clerk, person_no: &str) -> Result<Vec<Filing>, Error> {
        let known = self.whole(clerk, person_no).await?;
        known.ok_or_else(|| Error::missing("参保人", person_no))?;
        self.note(clerk, person_no, "read_filings", "").await?;
        let rows = self.store.person_filings(clerk.area, person_no).await?;
        rows.into_iter().map(Filing::of).collect()
    }

    /// A person's filings of a class that an institution may see, filed in a period.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn filings_shown(
        &self,
        call: &Call,
        person_no: &str,
        class: FilingClass,
        period: (DateTime, DateTime),
    ) -> Result<Vec<Filing>, Error> {
        let rows = self.store.person_filings(call.area, person_no).await?;
        let within = |row: &FilingRow| {
            row.class == class.word() && (period.0..=period.1).contains(&row.filed_at)
        };
        let rows = rows.into_iter().filter(within);
        rows.map(Filing::of).collect()
    }
}
