//! Lists of people in difficulty: as received, what came of each row, what they changed.

mod holders;
mod row;
pub(crate) mod table;

pub use row::{ListChangeRow, ListLineRow, ListResultRow, ListRow, ListStepRow};

use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Insert;
use crate::{Fault, Store};

const CHANGE: Insert = Insert::or(
    &table::CHANGES,
    "ON CONFLICT (area, person_no, list_no, change_no) DO NOTHING",
);

impl Store {
    /// Takes a list in with its rows, its first step and what came of each row, all or nothing.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or the bureau sent the same file before.
    pub async fn receive_list(
        &self,
        area: AreaCode,
        list: &ListRow,
        lines: &[ListLineRow],
        (step, results): (&ListStepRow, &[ListResultRow]),
    ) -> Result<(), Fault> {
        let mut lists = Cells::default();
        table::put_list(&mut lists, area, list);
        let mut rows = Cells::default();
        for line in lines {
            table::put_line(&mut rows, area, &list.list_no, line);
        }
        let failed = |cause| Fault::database("receive a list", cause);
        let mut tx = self.engine.begin_admin().await?;
        tx.insert(Insert::into(&table::LISTS), lists)
            .await
            .map_err(failed)?;
        tx.insert(Insert::into(&table::ROWS), rows)
            .await
            .map_err(failed)?;
        let (steps, outcome) = step_cells(area, step, results);
        tx.insert(Insert::into(&table::STEPS), steps)
            .await
            .map_err(failed)?;
        tx.insert(Insert::into(&table::RESULTS), outcome)
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    /// Adds a step to what becomes of a list, with what came of each row where that is new.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or somebody else took the same step first.
    pub async fn step_list(
        &self,
        area: AreaCode,
        step: &ListStepRow,
        results: &[ListResultRow],
    ) -> Result<(), Fault> {
        let failed = |cause| Fault::database("step a list", cause);
        let (steps, outcome) = step_cells(area, step, results);
        let mut tx = self.engine.begin_admin().await?;
        tx.insert(Insert::into(&table::STEPS), steps)
            .await
            .map_err(failed)?;
        tx.insert(Insert::into(&table::RESULTS), outcome)
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    /// Notes what a list changed of people; what is noted already stays as it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn note_list_changes(
        &self,
        area: AreaCode,
        rows: &[ListChangeRow],
    ) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| table::put_change(&mut cells, area, row));
        self.put("note what a list changed", CHANGE, cells).await
    }

    /// The lists received, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn lists(&self, area: AreaCode, limit: usize) -> Result<Vec<ListRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = format!("WHERE area = $1 ORDER BY received_at DESC, list_no DESC LIMIT {limit}");
        self.rows(&table::LISTS, &rest, cells, table::take_list)
            .await
    }

    /// A list by its number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list(&self, area: AreaCode, list_no: &str) -> Result<Option<ListRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_no);
        let rest = "WHERE area = $1 AND list_no = $2";
        let rows = self.rows(&table::LISTS, rest, cells, table::take_list);
        rows.await.map(|mut rows| rows.pop())
    }

    /// The list that a bureau's file became, by the hash of the file.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_list(
        &self,
        area: AreaCode,
        bureau: &str,
        file_hash: &str,
    ) -> Result<Option<ListRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(bureau).text(file_hash);
        let rest = "WHERE area = $1 AND bureau = $2 AND file_hash = $3";
        let rows = self.rows(&table::LISTS, rest, cells, table::take_list);
        rows.await.map(|mut rows| rows.pop())
    }

    /// What became of a list, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list_steps(
        &self,
        area: AreaCode,
        list_no: &str,
    ) -> Result<Vec<ListStepRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_no);
        let rest = "WHERE area = $1 AND list_no = $2 ORDER BY step_no";
        self.rows(&table::STEPS, rest, cells, table::take_step)
            .await
    }

    /// The rows of a list as they were written.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list_lines(
        &self,
        area: AreaCode,
        list_no: &str,
    ) -> Result<Vec<ListLineRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_no);
        let rest = "WHERE area = $1 AND list_no = $2 ORDER BY row_no";
        self.rows(&table::ROWS, rest, cells, table::take_line).await
    }

    /// What came of the rows of a list at its last step that says so.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list_results(
        &self,
        area: AreaCode,
        list_no: &str,
    ) -> Result<Vec<ListResultRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_no);
        let rest = "WHERE area = $1 AND list_no = $2 AND step_no = (SELECT MAX(step_no) FROM \
                    difficulty_results WHERE area = $1 AND list_no = $2) ORDER BY row_no";
        self.rows(&table::RESULTS, rest, cells, table::take_result)
            .await
    }

    /// What a list changed in the register, by person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list_changes(
        &self,
        area: AreaCode,
        list_no: &str,
    ) -> Result<Vec<ListChangeRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_no);
        let rest = "WHERE area = $1 AND list_no = $2 ORDER BY person_no, change_no";
        self.rows(&table::CHANGES, rest, cells, table::take_change)
            .await
    }
}

fn step_cells<'a>(
    area: AreaCode,
    step: &'a ListStepRow,
    results: &'a [ListResultRow],
) -> (Cells<'a>, Cells<'a>) {
    let (mut steps, mut outcome) = (Cells::default(), Cells::default());
    table::put_step(&mut steps, area, step);
    for row in results {
        table::put_result(&mut outcome, area, &step.list_no, row);
    }
    (steps, outcome)
}
