//! What the checks of the register found: findings, the runs that found them, what was decided.

mod row;
mod run;
mod scan;
mod table;

pub use row::RunCount;
pub use row::{CleaningRunRow, FindingCount, FindingDecisionRow, FindingFilter, FindingRow};
pub use scan::ScannedPerson;
pub(crate) use table::{DECISIONS, FINDINGS, RUNS};

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::cell::Cells;
use crate::table::{Insert, Kind};
use crate::{Fault, Store};

impl Store {
    /// Findings in the order of their ids after `after`.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn findings(
        &self,
        area: AreaCode,
        filter: &FindingFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<FindingRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(after);
        let mut rest = "WHERE area = $1 AND finding_id > $2".to_owned();
        let mut narrow = |condition: &str, value: &Option<String>| -> Option<String> {
            let value = value.clone()?;
            let place = format!("${}", rest.matches(" AND ").count() + 2);
            rest.push_str(&format!(" AND {}", condition.replace('?', &place)));
            Some(value)
        };
        let values = [
            narrow("state = ?", &filter.state),
            narrow("check_kind = ?", &filter.check),
            narrow("? IN (person_no, other_no)", &filter.person_no),
            narrow("assigned = ?", &filter.assigned),
        ];
        for value in values.iter().flatten() {
            cells.text(value);
        }
        rest.push_str(&format!(" ORDER BY finding_id LIMIT {limit}"));
        self.rows(&FINDINGS, &rest, cells, table::take_finding)
            .await
    }

    /// A finding by its id.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn finding(&self, area: AreaCode, id: &str) -> Result<Option<FindingRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(id);
        let rest = "WHERE area = $1 AND finding_id = $2";
        let found = self.rows(&FINDINGS, rest, cells, table::take_finding);
        Ok(found.await?.pop())
    }

    /// How many findings stand, by check and state.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_findings(&self, area: AreaCode) -> Result<Vec<FindingCount>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = "SELECT check_kind, state, COUNT(*) FROM findings WHERE area = $1 \
                   GROUP BY check_kind, state ORDER BY check_kind, state";
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let found = self.engine.query(sql.into(), &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("count findings", cause))?;
        rows.into_iter()
            .map(|mut row| {
                Ok(FindingCount {
                    check: row.text()?,
                    state: row.text()?,
                    count: row.int()?,
                })
            })
            .collect()
    }

    /// What was decided on a finding, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn finding_decisions(
        &self,
        area: AreaCode,
        id: &str,
    ) -> Result<Vec<FindingDecisionRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(id);
        let rest = "WHERE area = $1 AND finding_id = $2 ORDER BY sequence";
        self.rows(&DECISIONS, rest, cells, table::take_decision)
            .await
    }

    /// Records a decision on a finding and the state it leads to; false where the finding does not
    /// stand as `read` says, or somebody decided in between.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn decide_finding(
        &self,
        area: AreaCode,
        read: &FindingRow,
        (state, assigned): (&str, &str),
        decision: &FindingDecisionRow,
    ) -> Result<bool, Fault> {
        const ONCE: Insert = Insert::or(
            &DECISIONS,
            "ON CONFLICT (area, finding_id, sequence) DO NOTHING",
        );
        let failed = |cause| Fault::database("decide a finding", cause);
        let mut tx = self.engine.begin_admin().await?;
        let mut cells = Cells::default();
        table::put_decision(&mut cells, area, &read.finding_id, decision);
        let written = tx.insert(ONCE, cells).await.map_err(failed)?;
        let moved = move_to(&mut tx, area, read, (state, assigned), decision.decided_at);
        let moved = moved.await.map_err(failed)?;
        if written == 0 || moved == 0 {
            tx.rollback().await.map_err(failed)?;
            return Ok(false);
        }
        tx.commit().await.map_err(failed)?;
        Ok(true)
    }
}

async fn move_to(
    tx: &mut crate::engine::Tx,
    area: AreaCode,
    read: &FindingRow,
    (state, assigned): (&str, &str),
    at: DateTime,
) -> Result<u64, sqlx::Error> {
    let time = tx.dialect().parameter(3, Kind::Time);
    let sql = format!(
        "UPDATE findings SET state = $1, assigned = $2, changed_at = {time} \
         WHERE area = $4 AND finding_id = $5 AND state = $6"
    );
    let mut cells = Cells::default();
    cells.text(state).text(assigned).time(at).area(area);
    cells.text(&read.finding_id).text(&read.state);
    tx.run(sql, cells).await
}
