use store::{Context, ContextQuery, IdentifierRow, PersonRow, SettlementFilter, SettlementRow};

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
    /// 证件号码.
    pub document: String,
}

/// Everything known of a person (参保档案).
#[derive(Debug, Clone)]
pub struct PersonFile {
    /// Cover, accounts, family, recognitions, registrations, counters.
    pub context: Context,
    /// The details kept beside the columns.
    pub detail: PersonDetail,
    /// 证件号码.
    pub document: String,
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
        let numbers: Vec<String> = found.iter().map(|row| row.person_no.clone()).collect();
        let named = self.store.identifiers_of(clerk.area, &numbers).await?;
        let mut lines = Vec::with_capacity(found.len());
        for person in found {
            let detail = person_detail(&person.marks)?;
            let document = document(&named, &person.person_no);
            if let Some(context) = self.whole(clerk, &person.person_no).await? {
                lines.push(PersonLine {
                    person,
                    context,
                    detail,
                    document,
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
        let filter = SettlementFilter {
            person_no: Some(person_no.to_owned()),
            ..SettlementFilter::default()
        };
        let page = self
            .store
            .search_settlements(clerk.area, &filter, None, RECENT)
            .await?;
        let mut relatives = Vec::with_capacity(context.family.len());
        for grant in &context.family {
            relatives.push((
                grant.sponsor.clone(),
                self.name_of(clerk, &grant.sponsor).await?,
            ));
        }
        Ok(PersonFile {
            document: self.document_of(clerk, person_no).await?,
            context,
            detail,
            relatives,
            recent: page.rows,
        })
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
        let number = [person_no.to_owned()];
        let named = self.store.identifiers_of(clerk.area, &number).await?;
        Ok(document(&named, person_no))
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

/// The number of a person's document, or nothing.
fn document(named: &[(String, IdentifierRow)], person_no: &str) -> String {
    let own = named.iter().filter(|(number, _)| number == person_no);
    let mut documents = own.filter(|(_, row)| row.kind == "document");
    documents
        .next()
        .map_or_else(String::new, |(_, row)| row.value.clone())
}
