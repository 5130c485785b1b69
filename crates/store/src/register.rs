use terms::AreaCode;

use crate::cell::Cells;
use crate::rows::{FactRow, IdentifierRow, ReopenedRow};
use crate::table::{Insert, Kind};
use crate::tables::{person, register};
use crate::{Fault, Store};

impl Store {
    /// Every entry of a person's register, by number (登记册).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn facts(&self, area: AreaCode, person_no: &str) -> Result<Vec<FactRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY fact_no";
        self.rows(&register::FACTS, rest, cells, register::take)
            .await
    }

    /// What names a person: documents, cards, credentials.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn identifiers(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<IdentifierRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY kind, value";
        self.rows(&person::IDENTIFIERS, rest, cells, person::take_identifier)
            .await
    }

    /// The people who share an index entry, such as a household or an employer, by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn indexed_persons(
        &self,
        area: AreaCode,
        (kind, value): (&str, &str),
        after: &str,
        limit: usize,
    ) -> Result<Vec<String>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(kind).text(value).text(after);
        let sql = format!(
            "SELECT person_no FROM person_index WHERE area = $1 AND kind = $2 AND value = $3 \
             AND person_no > $4 ORDER BY person_no LIMIT {limit}"
        );
        let failed = |cause| Fault::database("look people up", cause);
        let rows = self.engine.query(sql, &[Kind::Text], cells).await;
        let rows = rows.map_err(failed)?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// Bills re-opened by changes of the past, of one person or of all, in a state or in any,
    /// newest first (追溯差额清单).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn reopened_bills(
        &self,
        area: AreaCode,
        person_no: Option<&str>,
        state: Option<&str>,
        limit: usize,
    ) -> Result<Vec<ReopenedRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no.unwrap_or(""));
        cells.text(state.unwrap_or(""));
        let rest = format!(
            "WHERE area = $1 AND ($2 = '' OR person_no = $2) AND ($3 = '' OR state = $3) \
             ORDER BY found_at DESC, person_no, settlement_id LIMIT {limit}"
        );
        let table = &register::REOPENED;
        self.rows(table, &rest, cells, register::take_reopened)
            .await
    }

    /// Records what was made of a re-opened bill; false where it was no longer open.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn decide_reopened(&self, area: AreaCode, row: &ReopenedRow) -> Result<bool, Fault> {
        const DECIDE: Insert = Insert::or(
            &register::REOPENED,
            "ON CONFLICT (area, person_no, settlement_id, fact_no) DO UPDATE \
             SET state = excluded.state, decided_by = excluded.decided_by, \
             decided_at = excluded.decided_at WHERE reopened_bills.state = 'open'",
        );
        let failed = |cause| Fault::database("decide a re-opened bill", cause);
        let mut cells = Cells::default();
        register::put_reopened(&mut cells, area, row);
        let mut tx = self.engine.begin_admin().await?;
        let touched = tx.insert(DECIDE, cells).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        Ok(touched == 1)
    }
}
