//! Filings: of one person, and the agency's inbox.

use terms::AreaCode;

use crate::cell::Cells;
use crate::rows::{FilingFilter, FilingRow};
use crate::table::Insert;
use crate::tables::filing;
use crate::{Fault, Store};

const FILING: Insert = Insert::or(
    &filing::FILINGS,
    "ON CONFLICT (area, person_no, filing_id) DO NOTHING",
);

impl Store {
    /// Enters filings; one already known stays as it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_filings(&self, area: AreaCode, rows: &[FilingRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| filing::put(&mut cells, area, row));
        self.put("enter filings", FILING, cells).await
    }

    /// All filings of a person, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn person_filings(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<FilingRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY filed_at, filing_id";
        self.rows(&filing::FILINGS, rest, parameters, filing::take)
            .await
    }

    /// The filing with a number, whoever it is for.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn filing(
        &self,
        area: AreaCode,
        filing_id: &str,
    ) -> Result<Option<FilingRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(filing_id);
        let rest = "WHERE area = $1 AND filing_id = $2";
        let mut found = self
            .rows(&filing::FILINGS, rest, parameters, filing::take)
            .await?;
        Ok(found.pop())
    }

    /// Filings by number after `after`, which rises with the time of filing (备案收件箱).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_filings(
        &self,
        area: AreaCode,
        filter: &FilingFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(after);
        let mut rest = "WHERE area = $1 AND filing_id > $2".to_owned();
        let mut place = 2;
        for (column, wanted) in [
            ("state", &filter.state),
            ("class", &filter.class),
            ("institution", &filter.institution),
            ("person_no", &filter.person_no),
        ] {
            if let Some(value) = wanted {
                place += 1;
                parameters.text(value);
                rest.push_str(&format!(" AND {column} = ${place}"));
            }
        }
        if let Some(reviewed) = filter.reviewed {
            parameters.bool(reviewed);
            rest.push_str(&format!(" AND reviewed = ${}", place + 1));
        }
        rest.push_str(&format!(" ORDER BY filing_id LIMIT {limit}"));
        self.rows(&filing::FILINGS, &rest, parameters, filing::take)
            .await
    }

    /// How many filings stand in a state, by class.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_filings(
        &self,
        area: AreaCode,
        state: &str,
    ) -> Result<Vec<(String, i64)>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(state);
        let sql = "SELECT class, CAST(COUNT(*) AS bigint) FROM filings \
                   WHERE area = $1 AND state = $2 GROUP BY class ORDER BY class";
        let kinds = [crate::table::Kind::Text, crate::table::Kind::Int];
        let failed = |cause| Fault::database("count filings", cause);
        let found = self.engine.query(sql.to_owned(), &kinds, parameters).await;
        let count = |mut record: crate::cell::Record| Ok((record.text()?, record.int()?));
        found.map_err(failed)?.into_iter().map(count).collect()
    }
}
