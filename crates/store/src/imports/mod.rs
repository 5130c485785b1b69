//! Files taken into the register: runs that can be interrupted, and the fast way in for their rows.

mod bulk;
mod row;
mod table;

pub use row::{HolderRow, ImportRow, ImportStep};
pub(crate) use table::IMPORTS;

use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::rows::PersonFile;
use crate::table::{Dialect, Insert, Kind};
use crate::{Fault, Store};

impl Store {
    /// Begins an import; its file must not have been imported before.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or a file of the same hash is known.
    pub async fn open_import(&self, area: AreaCode, row: &ImportRow) -> Result<(), Fault> {
        let mut cells = Cells::default();
        table::put(&mut cells, area, row);
        self.put("begin an import", Insert::into(&IMPORTS), cells)
            .await
    }

    /// The import of a file, by the file's hash.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_import(
        &self,
        area: AreaCode,
        file_hash: &str,
    ) -> Result<Option<ImportRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(file_hash);
        let rest = "WHERE area = $1 AND file_hash = $2";
        Ok(self.rows(&IMPORTS, rest, cells, table::take).await?.pop())
    }

    /// The last imports, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn imports(&self, area: AreaCode, limit: usize) -> Result<Vec<ImportRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest =
            format!("WHERE area = $1 ORDER BY started_at DESC, import_id DESC LIMIT {limit}");
        self.rows(&IMPORTS, &rest, cells, table::take).await
    }

    /// Enters new people and moves their import on, both or neither.
    ///
    /// Nobody of them may be in the register yet. True if recorded; false if the import does not
    /// stand where the step begins, because another run of it has moved on: then nothing was
    /// written.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or a number is taken; then nothing was written.
    pub async fn import_people(
        &self,
        area: AreaCode,
        import_id: &str,
        people: &[PersonFile],
        step: ImportStep,
    ) -> Result<bool, Fault> {
        let failed = |cause| Fault::database("import people", cause);
        let mut tx = self.engine.begin_admin().await?;
        let accepted = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let dialect = self.engine.dialect();
        if bulk::advance(&mut tx, dialect, area, (import_id, accepted), step)
            .await
            .map_err(failed)?
            == 0
        {
            tx.rollback().await.map_err(failed)?;
            return Ok(false);
        }
        bulk::write(&mut tx, area, people, step.at)
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        Ok(true)
    }

    /// Whom identifiers of a kind name: one row for each number that somebody holds.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn holders(
        &self,
        area: AreaCode,
        kind: &str,
        values: &[&str],
    ) -> Result<Vec<HolderRow>, Fault> {
        let list = serde_json::json!(values).to_string();
        let mut cells = Cells::default();
        cells.area(area).text(&list).text(kind);
        let join = self.joining();
        let join = format!(
            "{join} person_identifiers i \
             ON i.area = $1 AND i.kind = $3 AND i.value = w.value \
             {join} persons p ON p.area = $1 AND p.person_no = i.person_no"
        );
        self.held(&join, cells).await
    }

    /// Who has which of these person numbers.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn numbered(
        &self,
        area: AreaCode,
        numbers: &[&str],
    ) -> Result<Vec<HolderRow>, Fault> {
        let list = serde_json::json!(numbers).to_string();
        let mut cells = Cells::default();
        cells.area(area).text(&list);
        let join = self.joining();
        let join = format!("{join} persons p ON p.area = $1 AND p.person_no = w.value");
        self.held(&join, cells).await
    }

    /// SQLite would read the whole table and look each row up in the list, unless told the order.
    fn joining(&self) -> &'static str {
        match self.engine.dialect() {
            Dialect::Sqlite => "CROSS JOIN",
            Dialect::Postgres => "JOIN",
        }
    }

    async fn held(&self, join: &str, cells: Cells<'_>) -> Result<Vec<HolderRow>, Fault> {
        let dialect = self.engine.dialect();
        let wanted = match dialect {
            Dialect::Sqlite => "json_each($2) w",
            Dialect::Postgres => "json_array_elements_text(CAST($2 AS json)) w(value)",
        };
        let sql = format!(
            "SELECT w.value, p.person_no, p.name, p.sex, {}, {} FROM {wanted} {join}",
            dialect.column("p.birth", Kind::Date),
            dialect.column("p.death", Kind::Date),
        );
        let kinds = [
            Kind::Text,
            Kind::Text,
            Kind::Text,
            Kind::Text,
            Kind::Date,
            Kind::Date,
        ];
        let found = self.engine.query(sql, &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("find numbers", cause))?;
        rows.into_iter().map(holder).collect()
    }

    /// The highest number behind the area among person numbers of the usual form, the area and
    /// ten digits; 0 where there is none.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn last_person_sequence(&self, area: AreaCode) -> Result<i64, Fault> {
        let (low, high) = (format!("{area}0000000000"), format!("{area}9999999999"));
        let mut cells = Cells::default();
        cells.area(area).text(&low).text(&high);
        let sql = "SELECT MAX(person_no) FROM persons \
                   WHERE area = $1 AND person_no >= $2 AND person_no <= $3 \
                   AND LENGTH(person_no) = 16";
        let found = self.engine.query(sql.into(), &[Kind::Text], cells).await;
        let rows = found.map_err(|cause| Fault::database("find the last number", cause))?;
        let last = rows.into_iter().next().and_then(|mut row| row.text().ok());
        let digits = last.as_deref().and_then(|number| number.get(6..));
        Ok(digits.and_then(|digits| digits.parse().ok()).unwrap_or(0))
    }
}

fn holder(mut row: Record) -> Result<HolderRow, Fault> {
    Ok(HolderRow {
        value: row.text()?,
        person_no: row.text()?,
        name: row.text()?,
        sex: row.text()?,
        birth: row.date()?,
        death: row.date_or_null()?,
    })
}
