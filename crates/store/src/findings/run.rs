use jiff::civil::DateTime;
use terms::AreaCode;

use super::table::{self, FINDINGS, RUNS};
use super::{CleaningRunRow, FindingRow, RunCount};
use crate::cell::Cells;
use crate::table::{Insert, Kind};
use crate::{Fault, Store};

/// A finding met again keeps its id, its first run and what was decided on it; one that was gone or
/// thought mended is open again.
const FOUND: Insert = Insert::or(
    &FINDINGS,
    "ON CONFLICT (area, finding_id) DO UPDATE SET score = excluded.score, \
     evidence = excluded.evidence, last_run = excluded.last_run, \
     changed_at = CASE WHEN findings.state IN ('gone', 'fixed') \
     THEN excluded.changed_at ELSE findings.changed_at END, \
     state = CASE WHEN findings.state IN ('gone', 'fixed') THEN 'open' ELSE findings.state END",
);
const RUN: Insert = Insert::or(
    &RUNS,
    "ON CONFLICT (area, run_id) DO UPDATE SET state = excluded.state, people = excluded.people, \
     finished_at = excluded.finished_at, counts = excluded.counts",
);

impl Store {
    /// Begins, moves on or ends a cleaning run.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_cleaning_run(
        &self,
        area: AreaCode,
        row: &CleaningRunRow,
    ) -> Result<(), Fault> {
        let mut cells = Cells::default();
        table::put_run(&mut cells, area, row);
        self.put("note a cleaning run", RUN, cells).await
    }

    /// The last cleaning runs, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn cleaning_runs(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> Result<Vec<CleaningRunRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = format!("WHERE area = $1 ORDER BY run_id DESC LIMIT {limit}");
        self.rows(&RUNS, &rest, cells, table::take_run).await
    }

    /// Notes what a run found; each finding once in a call.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_findings(&self, area: AreaCode, rows: &[FindingRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        for row in rows {
            table::put_finding(&mut cells, area, row);
        }
        self.put("note findings", FOUND, cells).await
    }

    /// Closes as gone what a finished run no longer found, and counts by check.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn close_findings(
        &self,
        area: AreaCode,
        run_id: &str,
        at: DateTime,
    ) -> Result<Vec<RunCount>, Fault> {
        let failed = |cause| Fault::database("close findings", cause);
        let mut tx = self.engine.begin_admin().await?;
        let sql = "SELECT check_kind, \
             CAST(SUM(CASE WHEN last_run = $2 THEN 1 ELSE 0 END) AS bigint), \
             CAST(SUM(CASE WHEN first_run = $2 THEN 1 ELSE 0 END) AS bigint), \
             CAST(SUM(CASE WHEN last_run <> $2 AND state IN ('open', 'confirmed') \
             THEN 1 ELSE 0 END) AS bigint) \
             FROM findings WHERE area = $1 GROUP BY check_kind ORDER BY check_kind";
        let kinds = [Kind::Text, Kind::Int, Kind::Int, Kind::Int];
        let mut cells = Cells::default();
        cells.area(area).text(run_id);
        let rows = tx.query(sql.into(), &kinds, cells).await.map_err(failed)?;
        let time = tx.dialect().parameter(1, Kind::Time);
        let sql = format!(
            "UPDATE findings SET state = 'gone', changed_at = {time} \
             WHERE area = $2 AND last_run <> $3 AND state IN ('open', 'confirmed')"
        );
        let mut cells = Cells::default();
        cells.time(at).area(area).text(run_id);
        tx.run(sql, cells).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        rows.into_iter()
            .map(|mut row| {
                Ok(RunCount {
                    check: row.text()?,
                    found: row.int()?,
                    new: row.int()?,
                    gone: row.int()?,
                })
            })
            .collect()
    }
}
