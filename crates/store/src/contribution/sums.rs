use money::Fen;
use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// A period's figures of one kind of employers, or of residents (月度看板).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSums {
    /// 单位类型; `resident` for residents.
    pub kind: String,
    /// Owners assessed.
    pub owners: i64,
    /// People assessed.
    pub persons: i64,
    /// 应缴.
    pub owed: Fen,
    /// 到账, as far as it counts towards the period.
    pub paid: Fen,
    /// Unpaid, of owners that owe (欠缴).
    pub unpaid: Fen,
    /// Paid more than owed (应退).
    pub overpaid: Fen,
}

/// Lines of a file by status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptSums {
    /// The status.
    pub status: String,
    /// How many.
    pub lines: i64,
    /// What they add up to.
    pub total: Fen,
}

impl Store {
    /// The figures of a period, by kind of employer.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn month_sums(&self, area: AreaCode, period: &str) -> Result<Vec<MonthSums>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(period);
        let open = "(d.owed_employer_fen + d.owed_person_fen) \
                    - (d.paid_employer_fen + d.paid_person_fen)";
        let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS bigint)");
        let sql = format!(
            "SELECT COALESCE(e.kind, 'resident'), CAST(COUNT(*) AS bigint), {}, {}, {}, {}, {} \
             FROM contribution_dues d \
             LEFT JOIN employers e ON e.area = d.area AND e.employer = d.owner \
             LEFT JOIN employer_months m ON m.area = d.area AND m.employer = d.owner \
             AND m.month = d.period AND m.version = d.version AND d.owner_kind = 'employer' \
             WHERE d.area = $1 AND d.period = $2 \
             GROUP BY COALESCE(e.kind, 'resident') ORDER BY COALESCE(e.kind, 'resident')",
            sum("COALESCE(m.persons, 1)"),
            sum("d.owed_employer_fen + d.owed_person_fen"),
            sum("d.paid_employer_fen + d.paid_person_fen"),
            sum(&format!("CASE WHEN {open} > 0 THEN {open} ELSE 0 END")),
            sum(&format!("CASE WHEN {open} < 0 THEN -({open}) ELSE 0 END")),
        );
        let int = Kind::Int;
        let kinds = [Kind::Text, int, int, int, int, int, int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("sum a month", cause))?;
        found
            .into_iter()
            .map(|mut row| {
                Ok(MonthSums {
                    kind: row.text()?,
                    owners: row.int()?,
                    persons: row.int()?,
                    owed: row.fen()?,
                    paid: row.fen()?,
                    unpaid: row.fen()?,
                    overpaid: row.fen()?,
                })
            })
            .collect()
    }

    /// The lines of a file by status.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn receipt_sums(
        &self,
        area: AreaCode,
        file: &str,
    ) -> Result<Vec<ReceiptSums>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(file);
        let sql = "SELECT status, CAST(COUNT(*) AS bigint), \
                   CAST(COALESCE(SUM(employer_fen + person_fen + late_fee_fen), 0) AS bigint) \
                   FROM receipt_lines WHERE area = $1 AND file = $2 GROUP BY status \
                   ORDER BY status";
        let kinds = [Kind::Text, Kind::Int, Kind::Int];
        let found = self.engine.query(sql.to_owned(), &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("sum a file", cause))?;
        found
            .into_iter()
            .map(|mut row| {
                Ok(ReceiptSums {
                    status: row.text()?,
                    lines: row.int()?,
                    total: row.fen()?,
                })
            })
            .collect()
    }
}
