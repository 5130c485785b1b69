use terms::AreaCode;

use crate::cell::Cells;
use crate::engine::Select;
use crate::rows::{CoverageRow, PersonRow};
use crate::tables::person;
use crate::{Fault, Store};

/// A person as a pass over the register sees one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedPerson {
    /// The person.
    pub person: PersonRow,
    /// Cover, by scheme and first day.
    pub coverage: Vec<CoverageRow>,
}

impl Store {
    /// The next people by number after `after`, with their cover.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn scan_people(
        &self,
        area: AreaCode,
        after: &str,
        limit: usize,
    ) -> Result<Vec<ScannedPerson>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(after);
        let rest = format!("WHERE area = $1 AND person_no > $2 ORDER BY person_no LIMIT {limit}");
        let persons = self.rows(&person::PERSONS, &rest, cells, person::take);
        let mut scanned: Vec<ScannedPerson> = persons
            .await?
            .into_iter()
            .map(|person| ScannedPerson {
                person,
                coverage: Vec::new(),
            })
            .collect();
        let Some(last) = scanned.last().map(|one| one.person.person_no.clone()) else {
            return Ok(scanned);
        };
        let mut parameters = Cells::default();
        parameters.area(area).text(after).text(&last);
        let select = Select {
            table: &person::COVERAGE,
            rest: "WHERE area = $1 AND person_no > $2 AND person_no <= $3 \
                   ORDER BY person_no, scheme, starts_on",
            parameters,
        };
        let mut of = 0;
        for mut record in self.engine.select(select).await? {
            let no = record.text_at(1)?;
            while of < scanned.len() && scanned[of].person.person_no < no {
                of += 1;
            }
            if let Some(one) = scanned.get_mut(of).filter(|one| one.person.person_no == no) {
                one.coverage.push(person::take_coverage(&mut record)?);
            }
        }
        Ok(scanned)
    }
}
