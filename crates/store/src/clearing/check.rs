use std::fmt;

use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// Where the books of clearing and payment disagree (清算账核对差异).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearingDiffers {
    /// Which equation fails; a stable code.
    pub check: &'static str,
    /// Which statement, order or file.
    pub place: String,
    /// What follows from one record, in fen.
    pub expected: i64,
    /// What the other shows, in fen.
    pub found: i64,
}

impl fmt::Display for ClearingDiffers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (check, place) = (self.check, &self.place);
        let (expected, found) = (money::Fen::new(self.expected), money::Fen::new(self.found));
        write!(
            f,
            "清算账{place}：核对项 {check} 不符，应为{expected}元，实为{found}元"
        )
    }
}

/// How much was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClearingSums {
    /// Statements.
    pub statements: i64,
    /// Their bills.
    pub bills: i64,
    /// Payment orders.
    pub orders: i64,
    /// Lines of the bank.
    pub bank_lines: i64,
    /// Transfers.
    pub transfers: i64,
}

/// Every equation: its code and a statement that yields place, expected, found where they differ.
const EQUATIONS: [(&str, &str); 12] = [
    (
        "statement_equals_bills",
        "SELECT s.statement_id, s.funds_fen + s.account_fen, \
         COALESCE(SUM(b.funds_fen + b.account_fen), 0) FROM clearing_statements s \
         LEFT JOIN clearing_bills b ON b.area = s.area AND b.statement_id = s.statement_id \
         WHERE s.area = $1 GROUP BY s.statement_id, s.funds_fen, s.account_fen, s.bills \
         HAVING s.funds_fen + s.account_fen <> COALESCE(SUM(b.funds_fen + b.account_fen), 0) \
         OR s.bills <> COUNT(b.settlement_id)",
    ),
    (
        "statement_equals_adjustments",
        "SELECT s.statement_id, s.adjusted_fen, COALESCE(SUM(a.amount_fen), 0) \
         FROM clearing_statements s LEFT JOIN clearing_adjustments a ON a.area = s.area \
         AND a.statement_id = s.statement_id AND a.state = 'taken' WHERE s.area = $1 \
         GROUP BY s.statement_id, s.adjusted_fen \
         HAVING s.adjusted_fen <> COALESCE(SUM(a.amount_fen), 0)",
    ),
    (
        "adjustment_equals_transfer",
        "SELECT a.adjustment_id, ABS(a.amount_fen), COALESCE(MAX(t.amount_fen), 0) \
         FROM clearing_adjustments a JOIN clearing_statements s ON s.area = a.area \
         AND s.statement_id = a.statement_id AND s.approved_by <> '' \
         LEFT JOIN clearing_transfers t ON t.area = a.area AND t.owner = a.institution \
         AND a.transfer = t.batch_id || '#' || CAST(t.sequence AS text) AND t.reason = a.kind \
         WHERE a.area = $1 AND a.state = 'taken' \
         AND a.kind NOT IN ('supplier_netting', 'advance_recovery') \
         GROUP BY a.adjustment_id, a.amount_fen \
         HAVING ABS(a.amount_fen) <> COALESCE(MAX(t.amount_fen), 0)",
    ),
    (
        "due_equals_parts",
        "SELECT statement_id, funds_fen + account_fen + adjusted_fen, due_fen \
         FROM clearing_statements WHERE area = $1 \
         AND (due_fen <> funds_fen + account_fen + adjusted_fen OR due_fen < 0)",
    ),
    (
        "bill_equals_ledger",
        "SELECT x.place, x.billed, x.posted FROM (SELECT b.settlement_id || ' ' || b.book \
         AS place, b.funds_fen + b.account_fen AS billed, \
         (SELECT COALESCE(SUM(CASE WHEN t.credit = 'M2001' THEN t.amount_fen \
          ELSE -t.amount_fen END), 0) FROM ledger_transfers t WHERE t.area = b.area \
          AND t.person_no = b.person_no AND t.reference = b.settlement_id AND t.book = b.book \
          AND (t.credit = 'M2001' OR t.debit = 'M2001')) AS posted FROM clearing_bills b \
         WHERE b.area = $1) x WHERE x.billed <> x.posted",
    ),
    (
        "orders_equal_statements",
        "SELECT s.statement_id, CASE WHEN s.state IN ('ordered', 'paid', 'closed') \
         THEN s.due_fen ELSE 0 END, COALESCE(SUM(o.amount_fen), 0) FROM clearing_statements s \
         LEFT JOIN payment_orders o ON o.area = s.area AND o.source = s.statement_id \
         AND o.source_kind = 'statement' AND o.state <> 'reissued' AND o.book = s.book \
         WHERE s.area = $1 GROUP BY s.statement_id, s.state, s.due_fen \
         HAVING COALESCE(SUM(o.amount_fen), 0) <> CASE WHEN s.state IN \
         ('ordered', 'paid', 'closed') THEN s.due_fen ELSE 0 END",
    ),
    (
        "files_equal_orders",
        "SELECT f.file, f.total_fen, COALESCE(SUM(o.amount_fen), 0) FROM bank_files f \
         LEFT JOIN payment_orders o ON o.area = f.area AND o.file = f.file AND o.book = f.book \
         WHERE f.area = $1 GROUP BY f.file, f.total_fen, f.lines \
         HAVING f.total_fen <> COALESCE(SUM(o.amount_fen), 0) OR f.lines <> COUNT(o.order_id)",
    ),
    (
        "receipts_equal_files",
        "SELECT f.file, f.total_fen, r.paid_fen + r.returned_fen FROM bank_receipts r \
         JOIN bank_files f ON f.area = r.area AND f.file = r.file WHERE r.area = $1 \
         AND (f.total_fen <> r.paid_fen + r.returned_fen OR f.lines <> r.lines)",
    ),
    (
        "bank_lines_equal_orders",
        "SELECT o.order_id, CASE WHEN o.state IN ('made', 'sent') THEN 0 ELSE o.amount_fen END, \
         COALESCE(SUM(l.amount_fen), 0) FROM payment_orders o \
         LEFT JOIN bank_receipt_lines l ON l.area = o.area AND l.order_id = o.order_id \
         AND (l.outcome = 'paid') = (o.state = 'paid') WHERE o.area = $1 \
         GROUP BY o.order_id, o.state, o.amount_fen HAVING COALESCE(SUM(l.amount_fen), 0) <> \
         CASE WHEN o.state IN ('made', 'sent') THEN 0 ELSE o.amount_fen END",
    ),
    (
        "paid_equals_cash",
        "SELECT p.book, p.paid, COALESCE(c.cash, 0) FROM (SELECT o.book AS book, \
         SUM(l.amount_fen) AS paid FROM bank_receipt_lines l JOIN payment_orders o \
         ON o.area = l.area AND o.order_id = l.order_id WHERE l.area = $1 \
         AND l.outcome = 'paid' GROUP BY o.book) p LEFT JOIN (SELECT t.book AS book, \
         SUM(CASE WHEN t.credit = '1004' THEN t.amount_fen ELSE -t.amount_fen END) AS cash \
         FROM fund_transfers t WHERE t.area = $1 \
         AND (t.credit = '1004' OR (t.debit = '1004' AND t.reason = 'returned')) \
         GROUP BY t.book) c ON c.book = p.book WHERE p.paid <> COALESCE(c.cash, 0)",
    ),
    (
        "paid_is_no_longer_owed",
        "SELECT x.place, x.bills, x.lifted FROM (SELECT s.statement_id AS place, \
         s.funds_fen + s.account_fen AS bills, (SELECT COALESCE(SUM(CASE WHEN t.debit = 'M2001' \
          THEN t.amount_fen ELSE -t.amount_fen END), 0) FROM clearing_transfers t \
          WHERE t.area = s.area AND t.reference = s.statement_id \
          AND (t.debit = 'M2001' OR t.credit = 'M2001')) AS lifted FROM clearing_statements s \
         WHERE s.area = $1 AND s.state IN ('paid', 'closed')) x WHERE x.bills <> x.lifted",
    ),
    (
        "approved_by_another",
        "SELECT statement_id, 0, due_fen FROM clearing_statements WHERE area = $1 \
         AND state IN ('approved', 'ordered', 'paid', 'closed') \
         AND (approved_by = '' OR approved_by = built_by OR approved_by = published_by)",
    ),
];

impl Store {
    /// Recomputes clearing and payment from the records underneath; the first difference, or how
    /// much agreed.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn verify_clearing(
        &self,
        area: AreaCode,
    ) -> Result<Result<ClearingSums, ClearingDiffers>, Fault> {
        for (check, sql) in EQUATIONS {
            let mut cells = Cells::default();
            cells.area(area);
            let kinds = [Kind::Text, Kind::Int, Kind::Int];
            let sql = format!(
                "WITH q(place, expected, found) AS ({sql}) SELECT place, \
                 CAST(expected AS bigint), CAST(found AS bigint) FROM q LIMIT 1"
            );
            let found = self.engine.query(sql, &kinds, cells).await;
            let found = found.map_err(|cause| Fault::database("verify clearing", cause))?;
            if let Some(mut record) = found.into_iter().next() {
                return Ok(Err(ClearingDiffers {
                    check,
                    place: record.text()?,
                    expected: record.int()?,
                    found: record.int()?,
                }));
            }
        }
        Ok(Ok(ClearingSums {
            statements: self.count_in(area, "clearing_statements").await?,
            bills: self.count_in(area, "clearing_bills").await?,
            orders: self.count_in(area, "payment_orders").await?,
            bank_lines: self.count_in(area, "bank_receipt_lines").await?,
            transfers: self.count_in(area, "clearing_transfers").await?,
        }))
    }

    async fn count_in(&self, area: AreaCode, table: &'static str) -> Result<i64, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = format!("SELECT CAST(COUNT(*) AS bigint) FROM {table} WHERE area = $1");
        let found = self.engine.query(sql, &[Kind::Int], cells).await;
        let found = found.map_err(|cause| Fault::database("count", cause))?;
        found.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }
}
