use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::rows::{self, LINES};
use super::{
    AllocationRow, EmployerMonthRow, EmployerRow, LateFeeRow, MonthLineRow, PaidPeriodRow,
    PremiumRow, ReceiptFileRow, ReceiptLineRow, RefundRow, StaffRow, WageRow,
};
use crate::cell::{Cells, Record};
use crate::table::Kind;
use crate::{Fault, Store};

/// What an owner owes for a period and what has come in for it (应缴与到账).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// 单位或人员编号.
    pub owner: String,
    /// `employer` or `person`.
    pub owner_kind: String,
    /// 费款所属期.
    pub period: String,
    /// The version of the assessment.
    pub version: i64,
    /// The last day without late fee.
    pub due_on: Option<Date>,
    /// 单位应缴.
    pub owed_employer: Fen,
    /// 个人应缴.
    pub owed_person: Fen,
    /// 单位已缴.
    pub paid_employer: Fen,
    /// 个人已缴.
    pub paid_person: Fen,
}

/// Which of them.
#[derive(Debug, Clone, Default)]
pub struct DueFilter {
    /// Of these owners; of every owner where empty.
    pub owners: Vec<String>,
    /// Of this period.
    pub period: Option<String>,
    /// Due before this day.
    pub due_before: Option<Date>,
    /// Only where something is unpaid.
    pub unpaid: bool,
}

/// Owners per statement.
const OWNERS: usize = 500;

/// A list of parameters from the second on, with the area as the first.
pub(super) fn list_of(area: AreaCode, owners: &[String]) -> (String, Cells<'_>) {
    let mut cells = Cells::default();
    cells.area(area);
    for owner in owners {
        cells.text(owner);
    }
    let places: Vec<String> = (2..owners.len() + 2).map(|n| format!("${n}")).collect();
    (places.join(","), cells)
}

impl Store {
    /// What owners owe and have paid, by owner and period.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn contribution_dues(
        &self,
        area: AreaCode,
        filter: &DueFilter,
    ) -> Result<Vec<DueRow>, Fault> {
        if filter.owners.is_empty() {
            return self.dues_of(area, &[], filter).await;
        }
        let mut found = Vec::new();
        for some in filter.owners.chunks(OWNERS) {
            found.extend(self.dues_of(area, some, filter).await?);
        }
        Ok(found)
    }

    async fn dues_of(
        &self,
        area: AreaCode,
        owners: &[String],
        filter: &DueFilter,
    ) -> Result<Vec<DueRow>, Fault> {
        let dialect = self.engine.dialect();
        let (list, mut cells) = list_of(area, owners);
        let mut sql = format!(
            "SELECT owner, owner_kind, period, CAST(version AS bigint), {}, owed_employer_fen, \
             owed_person_fen, paid_employer_fen, paid_person_fen FROM contribution_dues \
             WHERE area = $1",
            dialect.column("due_on", Kind::Date)
        );
        if !owners.is_empty() {
            sql.push_str(&format!(" AND owner IN ({list})"));
        }
        if let Some(period) = &filter.period {
            cells.text(period);
            sql.push_str(&format!(" AND period = ${}", cells.0.len()));
        }
        if let Some(day) = filter.due_before {
            cells.date(day);
            let day = dialect.parameter(cells.0.len(), Kind::Date);
            sql.push_str(&format!(" AND due_on < {day}"));
        }
        if filter.unpaid {
            sql.push_str(
                " AND (owed_employer_fen > paid_employer_fen OR owed_person_fen > paid_person_fen)",
            );
        }
        sql.push_str(" ORDER BY owner, period");
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, text, int, Kind::Date, int, int, int, int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read dues", cause))?;
        found
            .into_iter()
            .map(|mut row| take_due(&mut row))
            .collect()
    }

    /// Employers by number after `after`; those whose name contains the text or whose number it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_employers(
        &self,
        area: AreaCode,
        text: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<EmployerRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(after);
        let mut rest = "WHERE area = $1 AND employer > $2".to_owned();
        if !text.is_empty() {
            cells.text(text);
            let inside = match self.engine.dialect() {
                crate::table::Dialect::Sqlite => "instr(name, $3) > 0",
                crate::table::Dialect::Postgres => "strpos(name, $3) > 0",
            };
            rest.push_str(&format!(" AND ({inside} OR employer = $3)"));
        }
        rest.push_str(&format!(" ORDER BY employer LIMIT {limit}"));
        self.rows(&rows::EMPLOYERS, &rest, cells, EmployerRow::take)
            .await
    }

    /// An employer by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn employer(
        &self,
        area: AreaCode,
        employer: &str,
    ) -> Result<Option<EmployerRow>, Fault> {
        let cells = keyed(area, employer);
        let rest = "WHERE area = $1 AND employer = $2";
        let found = self
            .rows(&rows::EMPLOYERS, rest, cells, EmployerRow::take)
            .await;
        Ok(found?.pop())
    }

    /// An employer's list of staff, by person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn staff(&self, area: AreaCode, employer: &str) -> Result<Vec<StaffRow>, Fault> {
        let rest = "WHERE area = $1 AND employer = $2 ORDER BY person_no, starts_on";
        self.rows(&rows::STAFF, rest, keyed(area, employer), StaffRow::take)
            .await
    }

    /// Every wage an employer declared, oldest first by person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn wages(&self, area: AreaCode, employer: &str) -> Result<Vec<WageRow>, Fault> {
        let rest = "WHERE area = $1 AND employer = $2 ORDER BY person_no, from_month, declared_at";
        self.rows(&rows::WAGES, rest, keyed(area, employer), WageRow::take)
            .await
    }

    /// Every assessment of an employer, oldest month and version first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn employer_months(
        &self,
        area: AreaCode,
        employer: &str,
    ) -> Result<Vec<EmployerMonthRow>, Fault> {
        let rest = "WHERE area = $1 AND employer = $2 ORDER BY month, version";
        let cells = keyed(area, employer);
        self.rows(&rows::MONTHS, rest, cells, EmployerMonthRow::take)
            .await
    }

    /// The assessments of a month, every version, by employer.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn months_of_all(
        &self,
        area: AreaCode,
        month: &str,
    ) -> Result<Vec<EmployerMonthRow>, Fault> {
        let rest = "WHERE area = $1 AND month = $2 ORDER BY employer, version";
        let cells = keyed(area, month);
        self.rows(&rows::MONTHS, rest, cells, EmployerMonthRow::take)
            .await
    }

    /// The lines of an assessment, by person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn month_lines(
        &self,
        area: AreaCode,
        employer: &str,
        (month, version): (&str, i64),
    ) -> Result<Vec<MonthLineRow>, Fault> {
        let mut cells = keyed(area, employer);
        cells.text(month).int(version);
        let rest = "WHERE area = $1 AND employer = $2 AND month = $3 AND version = $4 \
                    ORDER BY person_no";
        self.rows(&rows::MONTH_LINES, rest, cells, MonthLineRow::take)
            .await
    }

    /// A resident's premiums, oldest year and version first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn premiums(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<PremiumRow>, Fault> {
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY year, version";
        let cells = keyed(area, person_no);
        self.rows(&rows::PREMIUMS, rest, cells, PremiumRow::take)
            .await
    }

    /// A file of receipts by its hash.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn receipt_file(
        &self,
        area: AreaCode,
        file: &str,
    ) -> Result<Option<ReceiptFileRow>, Fault> {
        let rest = "WHERE area = $1 AND file = $2";
        let cells = keyed(area, file);
        let found = self
            .rows(&rows::FILES, rest, cells, ReceiptFileRow::take)
            .await;
        Ok(found?.pop())
    }

    /// The files of receipts, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn receipt_files(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> Result<Vec<ReceiptFileRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = format!("WHERE area = $1 ORDER BY imported_at DESC, file LIMIT {limit}");
        self.rows(&rows::FILES, &rest, cells, ReceiptFileRow::take)
            .await
    }

    /// A line of a file.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn receipt_line(
        &self,
        area: AreaCode,
        file: &str,
        line_no: i64,
    ) -> Result<Option<ReceiptLineRow>, Fault> {
        let mut cells = keyed(area, file);
        cells.int(line_no);
        let rest = "WHERE area = $1 AND file = $2 AND line_no = $3";
        let found = self.rows(&LINES, rest, cells, ReceiptLineRow::take).await;
        Ok(found?.pop())
    }

    /// Lines that somebody has to look at: all but the matched and the short ones.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn problem_lines(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> Result<Vec<ReceiptLineRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = format!(
            "WHERE area = $1 AND status IN ('unmatched', 'duplicate', 'over', 'unreadable') \
             ORDER BY file, line_no LIMIT {limit}"
        );
        self.rows(&LINES, &rest, cells, ReceiptLineRow::take).await
    }

    /// The vouchers among these that an earlier file brought.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn known_vouchers(
        &self,
        area: AreaCode,
        vouchers: &[String],
    ) -> Result<Vec<String>, Fault> {
        let mut known = Vec::new();
        for some in vouchers.chunks(OWNERS) {
            let (list, cells) = list_of(area, some);
            let sql = format!(
                "SELECT DISTINCT voucher FROM receipt_lines \
                 WHERE area = $1 AND voucher IN ({list}) AND status <> 'unreadable'"
            );
            let found = self.engine.query(sql, &[Kind::Text], cells).await;
            let found = found.map_err(|cause| Fault::database("look for vouchers", cause))?;
            for mut record in found {
                known.push(record.text()?);
            }
        }
        Ok(known)
    }

    /// What was counted towards an owner's periods, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn allocations(
        &self,
        area: AreaCode,
        owner: &str,
    ) -> Result<Vec<AllocationRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 ORDER BY period, made_at, allocation";
        let cells = keyed(area, owner);
        self.rows(&rows::ALLOCATIONS, rest, cells, AllocationRow::take)
            .await
    }

    /// An owner's late fees, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn late_fees(&self, area: AreaCode, owner: &str) -> Result<Vec<LateFeeRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 ORDER BY period, item";
        self.rows(&rows::LATE_FEES, rest, keyed(area, owner), LateFeeRow::take)
            .await
    }

    /// A refund by its number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn refund(&self, area: AreaCode, refund: &str) -> Result<Option<RefundRow>, Fault> {
        let rest = "WHERE area = $1 AND refund = $2";
        let cells = keyed(area, refund);
        let found = self
            .rows(&rows::REFUNDS, rest, cells, RefundRow::take)
            .await;
        Ok(found?.pop())
    }

    /// Refunds of an owner, or of everybody where it is empty; newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn refunds(
        &self,
        area: AreaCode,
        owner: &str,
        limit: usize,
    ) -> Result<Vec<RefundRow>, Fault> {
        let cells = keyed(area, owner);
        let rest = format!(
            "WHERE area = $1 AND ($2 = '' OR owner = $2) \
             ORDER BY proposed_at DESC, refund LIMIT {limit}"
        );
        self.rows(&rows::REFUNDS, &rest, cells, RefundRow::take)
            .await
    }

    /// Paid periods that the registers of their people do not have yet, by person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn unregistered_periods(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> Result<Vec<PaidPeriodRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).bool(false);
        let rest = format!(
            "WHERE area = $1 AND registered = $2 ORDER BY person_no, scheme, period LIMIT {limit}"
        );
        self.rows(&rows::PAID, &rest, cells, PaidPeriodRow::take)
            .await
    }

    /// Notes that the register of their person has these periods.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn mark_registered(
        &self,
        area: AreaCode,
        periods: &[PaidPeriodRow],
    ) -> Result<(), Fault> {
        let failed = |cause| Fault::database("mark paid periods", cause);
        let mut tx = self.engine.begin_admin().await?;
        for row in periods {
            let sql = "UPDATE paid_periods SET registered = $1 WHERE area = $2 AND person_no = $3 \
                       AND scheme = $4 AND period = $5 AND owner = $6";
            let mut cells = Cells::default();
            cells.bool(true).area(area).text(&row.person_no);
            cells.text(&row.scheme).text(&row.period).text(&row.owner);
            tx.run(sql.to_owned(), cells).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }

    /// The periods a person's contribution is paid for.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn paid_periods(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<PaidPeriodRow>, Fault> {
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY scheme, period, owner";
        let cells = keyed(area, person_no);
        self.rows(&rows::PAID, rest, cells, PaidPeriodRow::take)
            .await
    }
}

fn keyed<'a>(area: AreaCode, key: &'a str) -> Cells<'a> {
    let mut cells = Cells::default();
    cells.area(area).text(key);
    cells
}

fn take_due(record: &mut Record) -> Result<DueRow, Fault> {
    Ok(DueRow {
        owner: record.text()?,
        owner_kind: record.text()?,
        period: record.text()?,
        version: record.int()?,
        due_on: record.date_or_null()?,
        owed_employer: record.fen()?,
        owed_person: record.fen()?,
        paid_employer: record.fen()?,
        paid_person: record.fen()?,
    })
}
