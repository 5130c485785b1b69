//! Records of one person joined, with what moved, so that they can be parted again.

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::table::{Home, Insert, Kind, Table};
use crate::{Fault, Store};

pub(crate) const MERGES: Table = Table {
    name: "person_merges",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("merge_id", Kind::Text),
        ("kept_no", Kind::Text),
        ("state", Kind::Text),
        ("by_name", Kind::Text),
        ("merged_at", Kind::Time),
        ("split_at", Kind::Time),
        ("reason", Kind::Text),
        ("moved", Kind::Json),
    ],
};

/// Two records joined (归并); owned by the record given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// The record given up.
    pub person_no: String,
    /// Its number.
    pub merge_id: String,
    /// The record kept.
    pub kept_no: String,
    /// `merged`, or `split` once they are parted again; `begun` and `parting` while under way.
    pub state: String,
    /// Who joined them.
    pub by_name: String,
    /// When.
    pub merged_at: DateTime,
    /// When they were parted again.
    pub split_at: Option<DateTime>,
    /// Why they were joined.
    pub reason: String,
    /// What moved, JSON.
    pub moved: String,
}

impl Store {
    /// Notes a merge, or that it has come further.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_merge(&self, area: AreaCode, row: &MergeRow) -> Result<(), Fault> {
        const MERGE: Insert = Insert::or(
            &MERGES,
            "ON CONFLICT (area, person_no, merge_id) DO UPDATE SET state = excluded.state, \
             split_at = excluded.split_at, moved = excluded.moved",
        );
        let mut cells = Cells::default();
        put(&mut cells, area, row);
        self.put("note a merge", MERGE, cells).await
    }

    /// The records that were given up, each with the record kept in its place.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn merged_persons(&self, area: AreaCode) -> Result<Vec<(String, String)>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = "SELECT person_no, value FROM person_index \
                   WHERE area = $1 AND kind = 'merged_into' ORDER BY person_no";
        let kinds = [Kind::Text, Kind::Text];
        let found = self.engine.query(sql.into(), &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("list merged persons", cause))?;
        rows.into_iter()
            .map(|mut row| Ok((row.text()?, row.text()?)))
            .collect()
    }

    /// The record kept in the place of one given up, if it was.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn merged_into(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Option<String>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let sql = "SELECT value FROM person_index \
                   WHERE area = $1 AND person_no = $2 AND kind = 'merged_into'";
        let found = self.engine.query(sql.into(), &[Kind::Text], cells).await;
        let rows = found.map_err(|cause| Fault::database("look up a merge", cause))?;
        rows.into_iter()
            .next()
            .map(|mut row| row.text())
            .transpose()
    }

    /// The merges a record takes part in, given up or kept, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn merges_of(&self, area: AreaCode, person_no: &str) -> Result<Vec<MergeRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND (person_no = $2 OR kept_no = $2) ORDER BY merge_id";
        self.rows(&MERGES, rest, cells, take).await
    }
}

fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a MergeRow) {
    cells.area(area).text(&row.person_no).text(&row.merge_id);
    cells.text(&row.kept_no).text(&row.state).text(&row.by_name);
    cells.time(row.merged_at).time_or_null(row.split_at);
    cells.text(&row.reason).text(&row.moved);
}

fn take(record: &mut Record) -> Result<MergeRow, Fault> {
    record.skip(1);
    Ok(MergeRow {
        person_no: record.text()?,
        merge_id: record.text()?,
        kept_no: record.text()?,
        state: record.text()?,
        by_name: record.text()?,
        merged_at: record.time()?,
        split_at: record.time_or_null()?,
        reason: record.text()?,
        moved: record.text()?,
    })
}
