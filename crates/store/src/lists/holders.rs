//! Who holds identities, and who is behind a document: read for many people at once.

use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::rows::{CoverageRow, FactRow, PersonRow};
use crate::table::{Dialect, Kind};
use crate::tables::{person, register};
use crate::{Fault, Store};

/// People asked for in one statement.
const AT_ONCE: usize = 400;

impl Store {
    /// Every person who has or had an identity (有身份记载的人员).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn people_with_identities(&self, area: AreaCode) -> Result<Vec<PersonRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let some = match self.engine.dialect() {
            Dialect::Sqlite => "json_array_length(marks, '$.identities') > 0",
            Dialect::Postgres => "jsonb_array_length(COALESCE(marks->'identities', '[]')) > 0",
        };
        let rest = format!("WHERE area = $1 AND {some} ORDER BY person_no");
        self.rows(&person::PERSONS, &rest, cells, person::take)
            .await
    }

    /// Every entry about an identity, with its person, by person and number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn identity_facts(&self, area: AreaCode) -> Result<Vec<(String, FactRow)>, Fault> {
        fn take(record: &mut Record) -> Result<(String, FactRow), Fault> {
            let person_no = record.text_at(1)?;
            Ok((person_no, register::take(record)?))
        }
        let mut cells = Cells::default();
        cells.area(area);
        let rest = "WHERE area = $1 AND kind = 'identity' ORDER BY person_no, fact_no";
        self.rows(&register::FACTS, rest, cells, take).await
    }

    /// Documents with the person they belong to; unknown ones are left out.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_documents(
        &self,
        area: AreaCode,
        documents: &[String],
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut found = Vec::new();
        for some in documents.chunks(AT_ONCE) {
            let mut cells = Cells::default();
            cells.area(area);
            let places = listed(&mut cells, some);
            let sql = format!(
                "SELECT value, person_no FROM person_identifiers \
                 WHERE area = $1 AND kind = 'document' AND value IN ({places})"
            );
            let rows = self.engine.query(sql, &[Kind::Text; 2], cells).await;
            let rows = rows.map_err(|cause| Fault::database("find documents", cause))?;
            for mut row in rows {
                found.push((row.text()?, row.text()?));
            }
        }
        found.sort();
        Ok(found)
    }

    /// The rows of some people, by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn people(
        &self,
        area: AreaCode,
        numbers: &[String],
    ) -> Result<Vec<PersonRow>, Fault> {
        let mut found = Vec::new();
        for some in numbers.chunks(AT_ONCE) {
            let mut cells = Cells::default();
            cells.area(area);
            let places = listed(&mut cells, some);
            let rest = format!("WHERE area = $1 AND person_no IN ({places})");
            found.extend(
                self.rows(&person::PERSONS, &rest, cells, person::take)
                    .await?,
            );
        }
        found.sort_by(|a, b| a.person_no.cmp(&b.person_no));
        Ok(found)
    }

    /// The periods of cover of some people, with their person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn coverage_of(
        &self,
        area: AreaCode,
        numbers: &[String],
    ) -> Result<Vec<(String, CoverageRow)>, Fault> {
        fn take(record: &mut Record) -> Result<(String, CoverageRow), Fault> {
            let person_no = record.text_at(1)?;
            Ok((person_no, person::take_coverage(record)?))
        }
        let mut found = Vec::new();
        for some in numbers.chunks(AT_ONCE) {
            let mut cells = Cells::default();
            cells.area(area);
            let places = listed(&mut cells, some);
            let rest = format!("WHERE area = $1 AND person_no IN ({places})");
            found.extend(self.rows(&person::COVERAGE, &rest, cells, take).await?);
        }
        Ok(found)
    }
}

/// Adds texts as parameters after the area; their places, listed.
fn listed<'a>(cells: &mut Cells<'a>, texts: &'a [String]) -> String {
    let places = texts.iter().zip(2..).map(|(text, place)| {
        cells.text(text);
        format!("${place}")
    });
    places.collect::<Vec<_>>().join(", ")
}
