//! The poverty-risk watch: months, who was put forward, what bureaus answered.

mod row;
pub(crate) mod table;

pub use row::{OwnMoneyRow, WatchAnswerRow, WatchLineRow, WatchRunRow};

use jiff::civil::DateTime;
use money::Fen;
use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::table::{Insert, Kind};
use crate::{Fault, Store};

/// What a watch reads of a settlement.
const OWN: [(&str, Kind); 7] = [
    ("s.person_no", Kind::Text),
    ("s.settlement_id", Kind::Text),
    ("s.scheme", Kind::Text),
    ("s.benefit_year", Kind::Int),
    ("s.settled_at", Kind::Time),
    ("r.settled_at", Kind::Time),
    ("s.outcome", Kind::Text),
];

impl Store {
    /// Settlements of a benefit year made before a moment, of people whose own money until then
    /// reaches an amount (年度个人负担).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn own_money(
        &self,
        area: AreaCode,
        year: i16,
        before: DateTime,
        at_least: Fen,
    ) -> Result<Vec<OwnMoneyRow>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).int(i64::from(year));
        cells.time(before).fen(at_least);
        let time = dialect.parameter(3, Kind::Time);
        let own = match dialect {
            crate::table::Dialect::Sqlite => "json_extract(s.outcome, '$.own')",
            crate::table::Dialect::Postgres => "CAST(s.outcome->'own' AS text)",
        };
        let columns = OWN.map(|(name, kind)| match name {
            "s.outcome" => own.to_owned(),
            _ => dialect.column(name, kind),
        });
        let sql = format!(
            "SELECT {} FROM settlements s LEFT JOIN settlements r ON r.area = s.area \
             AND r.person_no = s.person_no AND r.settlement_id = s.reversed_by \
             WHERE s.area = $1 AND s.benefit_year = $2 AND s.settled_at < {time} \
             AND s.original_id = '' AND s.person_no IN (SELECT person_no FROM settlements \
             WHERE area = $1 AND benefit_year = $2 AND settled_at < {time} GROUP BY person_no \
             HAVING SUM(account_fen + family_fen + cash_fen) >= $4) \
             ORDER BY s.person_no, s.settled_at, s.settlement_id",
            columns.join(", ")
        );
        let kinds = OWN.map(|(_, kind)| kind);
        let rows = self.engine.query(sql, &kinds, cells).await;
        let rows = rows.map_err(|cause| Fault::database("read own money", cause))?;
        rows.into_iter().map(|mut row| take_own(&mut row)).collect()
    }

    /// Records a run of a month with everybody it put forward, all or nothing.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or another run took the same number.
    pub async fn record_watch(
        &self,
        area: AreaCode,
        run: &WatchRunRow,
        lines: &[WatchLineRow],
    ) -> Result<(), Fault> {
        let failed = |cause| Fault::database("record a watch", cause);
        let (mut runs, mut people) = (Cells::default(), Cells::default());
        table::put_run(&mut runs, area, run);
        for line in lines {
            table::put_line(&mut people, area, line);
        }
        let mut tx = self.engine.begin_admin().await?;
        tx.insert(Insert::into(&table::RUNS), runs)
            .await
            .map_err(failed)?;
        tx.insert(Insert::into(&table::LINES), people)
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    /// The last run of each month between two, newest month first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn watch_runs(
        &self,
        area: AreaCode,
        (from, to): (&str, &str),
    ) -> Result<Vec<WatchRunRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(from).text(to);
        let rest = "WHERE area = $1 AND month >= $2 AND month <= $3 AND run_no = (SELECT \
                    MAX(run_no) FROM watch_runs o WHERE o.area = watch_runs.area \
                    AND o.month = watch_runs.month) ORDER BY month DESC";
        self.rows(&table::RUNS, rest, cells, table::take_run).await
    }

    /// Everybody a run put forward, by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn watch_lines(
        &self,
        area: AreaCode,
        month: &str,
        run_no: i64,
    ) -> Result<Vec<WatchLineRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(month).int(run_no);
        let rest = "WHERE area = $1 AND month = $2 AND run_no = $3 ORDER BY person_no";
        self.rows(&table::LINES, rest, cells, table::take_line)
            .await
    }

    /// Records what a bureau answered.
    ///
    /// # Errors
    /// [`Fault`] if the database fails, or an answer took the same number.
    pub async fn answer_watch(&self, area: AreaCode, rows: &[WatchAnswerRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| table::put_answer(&mut cells, area, row));
        self.put("answer a watch", Insert::into(&table::ANSWERS), cells)
            .await
    }

    /// What was answered about a month, by person, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn watch_answers(
        &self,
        area: AreaCode,
        month: &str,
    ) -> Result<Vec<WatchAnswerRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(month);
        let rest = "WHERE area = $1 AND month = $2 ORDER BY person_no, answer_no";
        self.rows(&table::ANSWERS, rest, cells, table::take_answer)
            .await
    }
}

fn take_own(record: &mut Record) -> Result<OwnMoneyRow, Fault> {
    Ok(OwnMoneyRow {
        person_no: record.text()?,
        settlement_id: record.text()?,
        scheme: record.text()?,
        benefit_year: record.int32()?,
        settled_at: record.time()?,
        reversed_at: record.time_or_null()?,
        own: record.text()?,
    })
}
