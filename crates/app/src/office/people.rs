use store::{Context, ContextQuery, PersonRow, SettlementFilter, SettlementRow};

use super::Clerk;
use crate::facts::{PersonDetail, person_detail};
use crate::{App, Error};

/// How many of a person's settlements the record shows.
const RECENT: usize = 20;

/// A person in a list, with cover.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The person.
    pub person: PersonRow,
    /// Cover and the rest.
    pub context: Context,
    /// The details kept beside the columns.
    pub detail: PersonDetail,
}

/// Everything known of a person (参保档案).
#[derive(Debug, Clone)]
pub struct PersonFile {
    /// Cover, accounts, family, recognitions, registrations, counters.
    pub context: Context,
    /// The details kept beside the columns.
    pub detail: PersonDetail,
    /// Names of the relatives whose accounts may be used, by number.
    pub relatives: Vec<(String, String)>,
    /// The last settlements, newest first.
    pub recent: Vec<SettlementRow>,
}

impl App {
    /// People found by name or by a whole number, in order of number after `after`.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn search_people(
        &self,
        clerk: &Clerk,
        text: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<PersonLine>, Error> {
        let found = self
            .store
            .search_persons(clerk.area, text, after, limit)
            .await?;
        let mut lines = Vec::with_capacity(found.len());
        for person in found {
            let detail = person_detail(&person.marks)?;
            if let Some(context) = self.whole(clerk, &person.person_no).await? {
                lines.push(PersonLine {
                    person,
                    context,
                    detail,
                });
            }
        }
        Ok(lines)
    }

    /// Reads a person's record for the console and notes that it was read.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number.
    pub async fn read_file(&self, clerk: &Clerk, person_no: &str) -> Result<PersonFile, Error> {
        let context = self.whole(clerk, person_no).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", person_no))?;
        self.note(clerk, person_no, "read_person", "").await?;
        let detail = person_detail(&context.person.marks)?;
        let recent = self.recent_settlements(clerk, person_no).await?;
        let mut relatives = Vec::with_capacity(context.family.len());
        for grant in &context.family {
            relatives.push((
                grant.sponsor.clone(),
                self.name_of(clerk, &grant.sponsor).await?,
            ));
        }
        Ok(PersonFile {
            context,
            detail,
            relatives,
            recent,
        })
    }

    /// The last settlements of a person, under the number kept and those given up for it.
    async fn recent_settlements(
        &self,
        clerk: &Clerk,
        person_no: &str,
    ) -> Result<Vec<SettlementRow>, Error> {
        let mut recent = Vec::new();
        for number in self.numbers_of(clerk.area, person_no).await? {
            let filter = SettlementFilter {
                person_no: Some(number),
                ..SettlementFilter::default()
            };
            let page = self
                .store
                .search_settlements(clerk.area, &filter, None, RECENT)
                .await?;
            recent.extend(page.rows);
        }
        let newest = |row: &SettlementRow| (row.settled_at, row.settlement_id.clone());
        recent.sort_by_key(|row| std::cmp::Reverse(newest(row)));
        recent.truncate(RECENT);
        Ok(recent)
    }

    /// The names of people, as far as they are known here.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn name_of(&self, clerk: &Clerk, person_no: &str) -> Result<String, Error> {
        let known = self.whole(clerk, person_no).await?;
        Ok(known.map_or_else(|| person_no.to_owned(), |context| context.person.name))
    }

    /// The person whom a document or card number names, if it names one.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn named_by(&self, clerk: &Clerk, text: &str) -> Result<Option<String>, Error> {
        for kind in ["document", "card"] {
            let found = self.store.find_person_no(clerk.area, kind, text).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The number of a person's document, or nothing.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn document_of(&self, clerk: &Clerk, person_no: &str) -> Result<String, Error> {
        let Some(context) = self.whole(clerk, person_no).await? else {
            return Ok(String::new());
        };
        Ok(person_detail(&context.person.marks)?.document)
    }

    pub(crate) async fn whole(
        &self,
        clerk: &Clerk,
        person_no: &str,
    ) -> Result<Option<Context>, Error> {
        let query = ContextQuery {
            area: clerk.area,
            person_no,
            counters_from: i32::from(self.clock.today().year()),
            visit_id: None,
        };
        Ok(self.store.load_context(&query).await?)
    }
}
