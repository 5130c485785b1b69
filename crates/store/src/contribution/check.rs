use std::fmt;

use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// Where the books of contributions disagree (征缴账核对差异).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BooksDiffer {
    /// Which equation fails; a stable code.
    pub check: &'static str,
    /// Whose, or which file.
    pub place: String,
    /// What follows from one record, in fen.
    pub expected: i64,
    /// What the other shows, in fen.
    pub found: i64,
}

impl fmt::Display for BooksDiffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (check, place) = (self.check, &self.place);
        let (expected, found) = (money::Fen::new(self.expected), money::Fen::new(self.found));
        write!(
            f,
            "征缴账{place}：核对项 {check} 不符，应为{expected}元，实为{found}元"
        )
    }
}

/// How much was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContributionSums {
    /// Assessments of employers.
    pub months: i64,
    /// Lines of receipts.
    pub receipts: i64,
    /// Transfers.
    pub transfers: i64,
}

/// Every equation: its code and a statement that yields place, expected, found where they differ.
const EQUATIONS: [(&str, &str); 6] = [
    (
        "month_equals_lines",
        "SELECT m.employer || ' ' || m.month, CAST(m.employer_fen + m.person_fen AS bigint), \
         CAST(COALESCE(SUM(l.employer_fen + l.person_fen), 0) AS bigint) FROM employer_months m \
         LEFT JOIN employer_month_lines l ON l.area = m.area AND l.employer = m.employer \
         AND l.month = m.month AND l.version = m.version WHERE m.area = $1 \
         GROUP BY m.employer, m.month, m.version, m.employer_fen, m.person_fen \
         HAVING m.employer_fen + m.person_fen <> COALESCE(SUM(l.employer_fen + l.person_fen), 0)",
    ),
    (
        "file_equals_lines",
        "SELECT f.name, f.total_fen, \
         CAST(COALESCE(SUM(l.employer_fen + l.person_fen + l.late_fee_fen), 0) AS bigint) \
         FROM receipt_files f LEFT JOIN receipt_lines l ON l.area = f.area AND l.file = f.file \
         WHERE f.area = $1 AND f.unreadable = 0 GROUP BY f.file, f.name, f.total_fen \
         HAVING f.total_fen <> \
         COALESCE(SUM(l.employer_fen + l.person_fen + l.late_fee_fen), 0)",
    ),
    (
        "receipts_equal_allocations",
        "SELECT x.place, x.used, x.taken FROM (SELECT l.file || ' ' || CAST(l.line_no AS text) \
         AS place, l.employer_fen + l.person_fen + l.late_fee_fen \
         - l.left_employer_fen - l.left_person_fen AS used, \
         (SELECT COALESCE(SUM(a.employer_fen + a.person_fen + a.late_fee_fen), 0) \
          FROM contribution_allocations a WHERE a.area = l.area AND a.owner = l.owner \
          AND a.kind = 'receipt' AND a.file = l.file AND a.line_no = l.line_no) \
         + (SELECT COALESCE(SUM(r.employer_fen + r.person_fen), 0) FROM contribution_refunds r \
          WHERE r.area = l.area AND r.file = l.file AND r.line_no = l.line_no \
          AND r.state = 'paid') AS taken FROM receipt_lines l WHERE l.area = $1 \
         AND l.status IN ('matched', 'over', 'under')) x WHERE x.used <> x.taken",
    ),
    (
        "owed_equals_ledger",
        "SELECT x.owner, x.open, x.posted FROM (SELECT d.owner AS owner, \
         SUM(d.owed_employer_fen + d.owed_person_fen \
         - d.paid_employer_fen - d.paid_person_fen) AS open, \
         (SELECT COALESCE(SUM(CASE WHEN t.debit = 'M1004' THEN t.amount_fen \
          ELSE -t.amount_fen END), 0) FROM contribution_transfers t \
          WHERE t.area = $1 AND t.owner = d.owner AND (t.debit = 'M1004' OR t.credit = 'M1004') \
          AND t.reason NOT LIKE '%late_fee%') AS posted \
         FROM contribution_dues d WHERE d.area = $1 GROUP BY d.owner) x \
         WHERE x.open <> x.posted",
    ),
    (
        "receipts_equal_treasury",
        "SELECT '1005', r.total, t.total FROM (SELECT \
         CAST(COALESCE(SUM(employer_fen + person_fen + late_fee_fen), 0) AS bigint) AS total \
         FROM receipt_lines WHERE area = $1 AND status NOT IN ('unreadable', 'duplicate')) r, \
         (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS bigint) AS total \
         FROM contribution_transfers WHERE area = $1 AND debit = '1005') t \
         WHERE r.total <> t.total",
    ),
    (
        "aid_paid_equals_aid_received",
        "SELECT 'A/R', p.total, r.total FROM \
         (SELECT CAST(COALESCE(SUM(CASE WHEN debit = '500111' THEN amount_fen \
          ELSE -amount_fen END), 0) AS bigint) AS total FROM contribution_transfers \
          WHERE area = $1 AND book = 'A' AND (debit = '500111' OR credit = '500111')) p, \
         (SELECT CAST(COALESCE(SUM(CASE WHEN credit = '400106' THEN amount_fen \
          ELSE -amount_fen END), 0) AS bigint) AS total FROM contribution_transfers \
          WHERE area = $1 AND book = 'R' AND (debit = '400106' OR credit = '400106')) r \
         WHERE p.total <> r.total",
    ),
];

impl Store {
    /// Recomputes the books of contributions from the records underneath; the first difference, or
    /// how much agreed.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn verify_contributions(
        &self,
        area: AreaCode,
    ) -> Result<Result<ContributionSums, BooksDiffer>, Fault> {
        for (check, sql) in EQUATIONS {
            let mut cells = Cells::default();
            cells.area(area);
            let kinds = [Kind::Text, Kind::Int, Kind::Int];
            let sql = format!(
                "WITH q(place, expected, found) AS ({sql}) SELECT place, \
                 CAST(expected AS bigint), CAST(found AS bigint) FROM q LIMIT 1"
            );
            let found = self.engine.query(sql, &kinds, cells).await;
            let found = found.map_err(|cause| Fault::database("verify contributions", cause))?;
            if let Some(mut record) = found.into_iter().next() {
                return Ok(Err(BooksDiffer {
                    check,
                    place: record.text()?,
                    expected: record.int()?,
                    found: record.int()?,
                }));
            }
        }
        let count = async |table: &str| -> Result<i64, Fault> {
            let mut cells = Cells::default();
            cells.area(area);
            let sql = format!("SELECT CAST(COUNT(*) AS bigint) FROM {table} WHERE area = $1");
            let found = self.engine.query(sql, &[Kind::Int], cells).await;
            let found = found.map_err(|cause| Fault::database("count", cause))?;
            found.into_iter().next().map_or(Ok(0), |mut row| row.int())
        };
        Ok(Ok(ContributionSums {
            months: count("employer_months").await?,
            receipts: count("receipt_lines").await?,
            transfers: count("contribution_transfers").await?,
        }))
    }
}
