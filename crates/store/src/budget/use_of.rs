use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::{InterviewRow, TargetRow, rows};
use crate::cell::{Cells, Record};
use crate::clearing::finish;
use crate::engine::Tx;
use crate::procurement::asked;
use crate::record::{Broken, insert_all, update_all};
use crate::table::{Dialect, Insert, Kind};
use crate::tables::access;
use crate::{AccessRow, Answer, Fault, Store};

/// What the funds owe an institution for the bills of a month (当月发生额).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentRow {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// Such as `2024-05`.
    pub month: String,
    /// 金额.
    pub amount: Fen,
}

impl Store {
    /// What the funds owe institutions for bills, by book and month, personal accounts left out.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn provider_spending(
        &self,
        area: AreaCode,
        (from, before): (Date, Date),
    ) -> Result<Vec<SpentRow>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).date(from).date(before);
        let month = match dialect {
            Dialect::Sqlite => "substr(posted_on, 1, 7)",
            Dialect::Postgres => "to_char(posted_on, 'YYYY-MM')",
        };
        let span = format!(
            "posted_on >= {} AND posted_on < {}",
            dialect.parameter(2, Kind::Date),
            dialect.parameter(3, Kind::Date)
        );
        let sql = format!(
            "SELECT x.institution, x.book, x.month, CAST(SUM(x.fen) AS bigint) FROM ( \
             SELECT credit_holder AS institution, book, {month} AS month, amount_fen AS fen \
             FROM ledger_transfers WHERE area = $1 AND credit = 'M2001' AND debit <> 'M2007' \
             AND {span} UNION ALL SELECT debit_holder, book, {month}, -amount_fen \
             FROM ledger_transfers WHERE area = $1 AND debit = 'M2001' AND credit <> 'M2007' \
             AND {span}) x GROUP BY x.institution, x.book, x.month \
             ORDER BY x.institution, x.book, x.month"
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read spending", cause))?;
        let take = |mut row: Record| {
            Ok(SpentRow {
                institution: row.text()?,
                book: row.text()?,
                month: row.text()?,
                amount: row.fen()?,
            })
        };
        found.into_iter().map(take).collect()
    }

    /// Every round about the targets of a year, by institution, book and version.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn budget_targets(
        &self,
        area: AreaCode,
        year: i16,
        institution: &str,
    ) -> Result<Vec<TargetRow>, Fault> {
        let (sql, mut cells) = asked(area, &[("institution", institution)]);
        cells.int(i64::from(year));
        let place = cells.0.len();
        let rest = format!("{sql} AND year = ${place} ORDER BY institution, book, version");
        self.rows(&rows::TARGETS, &rest, cells, TargetRow::take)
            .await
    }

    /// Talks, of one institution or number, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn budget_interviews(
        &self,
        area: AreaCode,
        (institution, interview): (&str, &str),
    ) -> Result<Vec<InterviewRow>, Fault> {
        let pairs = [("institution", institution), ("interview", interview)];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY interview DESC");
        self.rows(&rows::INTERVIEWS, &rest, cells, InterviewRow::take)
            .await
    }

    /// Records rounds about targets.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_targets(
        &self,
        area: AreaCode,
        targets: &[TargetRow],
        access: &AccessRow,
    ) -> Result<Answer, Fault> {
        let mut cells = Cells::default();
        targets.iter().for_each(|row| row.put(&mut cells, area));
        self.insert_logged(Insert::into(&rows::TARGETS), cells, (area, access))
            .await
    }

    /// Records a talk.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_interview(
        &self,
        area: AreaCode,
        interview: &InterviewRow,
        access: &AccessRow,
    ) -> Result<Answer, Fault> {
        let mut cells = Cells::default();
        interview.put(&mut cells, area);
        self.insert_logged(Insert::into(&rows::INTERVIEWS), cells, (area, access))
            .await
    }

    /// Decides a round about a target; a conflict where it was decided already.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn decide_target(
        &self,
        area: AreaCode,
        to: &TargetRow,
        access: &AccessRow,
    ) -> Result<Answer, Fault> {
        let at = self.engine.dialect().parameter(3, Kind::Time);
        let sql = format!(
            "UPDATE budget_targets SET state = $1, checked_by = $2, checked_at = {at} \
             WHERE area = $4 AND institution = $5 AND book = $6 AND year = $7 \
             AND version = $8 AND state = 'proposed'"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.checked_by);
        cells.time_or_null(to.checked_at).area(area);
        cells.text(&to.institution).text(&to.book);
        cells.int(to.year).int(to.version);
        self.update_logged((rows::TARGETS.name, sql), cells, (area, access))
            .await
    }

    /// Closes a talk; a conflict where it was closed already.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn close_interview(
        &self,
        area: AreaCode,
        to: &InterviewRow,
        access: &AccessRow,
    ) -> Result<Answer, Fault> {
        let at = self.engine.dialect().parameter(5, Kind::Time);
        let sql = format!(
            "UPDATE budget_interviews SET state = $1, result = $2, progress_after = $3, \
             closed_by = $4, closed_at = {at} WHERE area = $6 AND interview = $7 \
             AND state = 'held'"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.result);
        cells.text(&to.progress_after).text(&to.closed_by);
        cells.time_or_null(to.closed_at).area(area);
        cells.text(&to.interview);
        self.update_logged((rows::INTERVIEWS.name, sql), cells, (area, access))
            .await
    }

    async fn insert_logged(
        &self,
        insert: Insert,
        cells: Cells<'_>,
        (area, row): (AreaCode, &AccessRow),
    ) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        let written = async {
            insert_all(&mut tx, insert, cells).await?;
            log(&mut tx, area, row).await
        }
        .await;
        finish(tx, written).await.map(|(answer, _)| answer)
    }

    async fn update_logged(
        &self,
        (table, sql): (&'static str, String),
        cells: Cells<'_>,
        (area, row): (AreaCode, &AccessRow),
    ) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        let written = async {
            update_all(&mut tx, table, sql, cells, 1).await?;
            log(&mut tx, area, row).await
        }
        .await;
        finish(tx, written).await.map(|(answer, _)| answer)
    }
}

async fn log(tx: &mut Tx, area: AreaCode, row: &AccessRow) -> Result<(), Broken> {
    let mut cells = Cells::default();
    access::put(&mut cells, area, "", &row.result, row);
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}
