use enrolment::register::{NewFact, Register};
use jiff::civil::{Date, DateTime};
use store::{Context, ContextQuery, FilingRow, IdentifierRow};
use terms::AreaCode;

use super::opening::opening;
use super::rows::register_of;
use crate::{App, Error};

/// A person with all that was ever recorded (登记档案).
#[derive(Debug, Clone)]
pub struct PersonRecord {
    /// 人员编号.
    pub person_no: String,
    /// Every entry.
    pub register: Register,
    /// The person's rows, counters of every year among them.
    pub context: Context,
    /// What names the person.
    pub identifiers: Vec<IdentifierRow>,
    /// What was filed for the person, oldest first.
    pub filings: Vec<FilingRow>,
    /// How many entries are in the store; the others were made from the rows just now.
    pub(super) stored: usize,
}

/// When rows that never said so were recorded.
const UNKNOWN_TIME: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

impl PersonRecord {
    /// The numbers of the entries that replace or end nothing but state an open fact of a kind.
    pub fn open(&self, word: &str) -> Vec<&enrolment::register::Entry> {
        let current = self.register.current();
        let of_kind =
            |entry: &&enrolment::register::Entry| entry.fact.word() == word && entry.to.is_none();
        current.into_iter().filter(of_kind).collect()
    }

    /// Facts that close every open fact of a kind on the day before another begins.
    pub fn ending(&self, word: &str, before: Date) -> Vec<NewFact> {
        let last = before.yesterday().unwrap_or(before);
        let end = |entry: &&enrolment::register::Entry| {
            if entry.from > last {
                NewFact::withdrawing(entry)
            } else {
                NewFact::ended(entry, last)
            }
        };
        self.open(word).iter().map(end).collect()
    }
}

impl App {
    /// Loads a person with the whole register, or nothing where the number is unknown.
    ///
    /// The person's version is read first, so a change decided on what is read here is refused if
    /// anything was added meanwhile.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn person_record(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Option<PersonRecord>, Error> {
        let query = ContextQuery {
            area,
            person_no,
            counters_from: 0,
            visit_id: None,
        };
        let Some(context) = self.store.load_context(&query).await? else {
            return Ok(None);
        };
        let identifiers = self.store.identifiers(area, person_no).await?;
        let filings = self.store.person_filings(area, person_no).await?;
        let rows = self.store.facts(area, person_no).await?;
        let stored = rows.len();
        let register = if rows.is_empty() {
            let facts = opening(&context, &identifiers)?;
            let at = entered_at(&context).unwrap_or(UNKNOWN_TIME);
            Register::default()
                .with(facts, at, "", "opening")
                .map_err(|issue| Error::Bug(format!("opening of {person_no}: {issue}")))?
        } else {
            register_of(rows)?
        };
        Ok(Some(PersonRecord {
            person_no: person_no.to_owned(),
            register,
            context,
            identifiers,
            filings,
            stored,
        }))
    }
}

/// When an import entered the person, as its row says.
fn entered_at(context: &Context) -> Option<DateTime> {
    let detail: serde_json::Value = serde_json::from_str(&context.person.detail).ok()?;
    detail.get("entered_at")?.as_str()?.parse().ok()
}
