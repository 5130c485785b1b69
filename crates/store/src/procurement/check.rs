use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Kind;
use crate::{BooksDiffer, Fault, Store};

/// How much was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProviderSums {
    /// Batches that pay suppliers.
    pub batches: i64,
    /// Their lines.
    pub lines: i64,
    /// Advances.
    pub advances: i64,
}

/// Every equation: its code and a statement that yields place, expected, found where they differ.
///
/// A supplier gets what institutions' settlements fall by: lines are orders, lines are offsets,
/// offsets are adjustments, and each paid line has its transfer.
const EQUATIONS: [(&str, &str); 5] = [
    (
        "supplier_lines_equal_offsets",
        "SELECT x.place, CAST(SUM(x.line) AS bigint), CAST(SUM(x.off) AS bigint) FROM ( \
         SELECT batch || ' ' || institution || ' ' || book AS place, amount_fen AS line, \
         0 AS off FROM netting_lines WHERE area = $1 UNION ALL \
         SELECT batch || ' ' || institution || ' ' || book, 0, offset_fen + shortfall_fen \
         FROM netting_offsets WHERE area = $1) x \
         GROUP BY x.place HAVING SUM(x.line) <> SUM(x.off)",
    ),
    (
        "supplier_offsets_equal_adjustments",
        "SELECT x.place, CAST(SUM(x.off) AS bigint), CAST(SUM(x.adj) AS bigint) FROM ( \
         SELECT o.batch AS place, -(o.offset_fen + o.shortfall_fen) AS off, 0 AS adj \
         FROM netting_offsets o JOIN netting_batches b ON b.area = o.area AND b.batch = o.batch \
         WHERE o.area = $1 AND b.state IN ('approved', 'paid') UNION ALL \
         SELECT document, 0, amount_fen FROM clearing_adjustments WHERE area = $1 \
         AND kind = 'supplier_netting' AND state <> 'withdrawn' AND document IN \
         (SELECT batch FROM netting_batches WHERE area = $1)) x \
         GROUP BY x.place HAVING SUM(x.off) <> SUM(x.adj)",
    ),
    (
        "supplier_orders_equal_lines",
        "SELECT x.place, CAST(SUM(x.ord) AS bigint), CAST(SUM(x.line) AS bigint) FROM ( \
         SELECT order_id AS place, amount_fen AS ord, 0 AS line FROM payment_orders \
         WHERE area = $1 AND source_kind = 'supplier_batch' AND reissues = '' UNION ALL \
         SELECT l.order_id, 0, l.amount_fen FROM netting_lines l JOIN netting_batches b \
         ON b.area = l.area AND b.batch = l.batch WHERE l.area = $1 \
         AND b.state IN ('approved', 'paid')) x \
         GROUP BY x.place HAVING SUM(x.ord) <> SUM(x.line)",
    ),
    (
        "paid_supplier_lines_equal_transfers",
        "SELECT x.place, CAST(SUM(x.paid) AS bigint), CAST(SUM(x.posted) AS bigint) FROM ( \
         SELECT l.order_id AS place, l.amount_fen AS paid, 0 AS posted FROM netting_lines l \
         JOIN payment_orders p ON p.area = l.area AND p.order_id = l.order_id \
         WHERE l.area = $1 AND p.state IN ('paid', 'returned', 'reissued') \
         AND p.paid_on IS NOT NULL UNION ALL \
         SELECT l.order_id, 0, CASE WHEN t.debit = '110102' THEN t.amount_fen \
         ELSE -t.amount_fen END FROM clearing_transfers t JOIN netting_lines l \
         ON l.area = t.area AND t.batch_id = l.batch || '-' || CAST(l.line_no AS text) || '-P' \
         WHERE t.area = $1 AND (t.debit = '110102' OR t.credit = '110102')) x \
         GROUP BY x.place HAVING SUM(x.paid) <> SUM(x.posted)",
    ),
    (
        "advances_equal_parts",
        "SELECT a.advance, CAST(a.amount_fen AS bigint), CAST(COALESCE(SUM(p.amount_fen), 0) \
         AS bigint) FROM provider_advances a LEFT JOIN advance_parts p ON p.area = a.area \
         AND p.advance = a.advance WHERE a.area = $1 GROUP BY a.advance, a.amount_fen \
         HAVING a.amount_fen <> COALESCE(SUM(p.amount_fen), 0)",
    ),
];

impl Store {
    /// Compares what suppliers got, what institutions' settlements fell by, orders and ledger; the
    /// first equation that fails, or how much was compared (代结算核对).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn verify_provider(
        &self,
        area: AreaCode,
    ) -> Result<Result<ProviderSums, BooksDiffer>, Fault> {
        for (check, sql) in EQUATIONS {
            let mut cells = Cells::default();
            cells.area(area);
            let kinds = [Kind::Text, Kind::Int, Kind::Int];
            let found = self.engine.query(sql.to_owned(), &kinds, cells).await;
            let found = found.map_err(|cause| Fault::database(check, cause))?;
            if let Some(mut record) = found.into_iter().next() {
                return Ok(Err(BooksDiffer {
                    check,
                    place: record.text()?,
                    expected: record.int()?,
                    found: record.int()?,
                }));
            }
        }
        Ok(Ok(ProviderSums {
            batches: self.count_of(area, "netting_batches").await?,
            lines: self.count_of(area, "netting_lines").await?,
            advances: self.count_of(area, "provider_advances").await?,
        }))
    }

    async fn count_of(&self, area: AreaCode, table: &'static str) -> Result<i64, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = format!("SELECT CAST(COUNT(*) AS bigint) FROM {table} WHERE area = $1");
        let found = self.engine.query(sql, &[Kind::Int], cells).await;
        let found = found.map_err(|cause| Fault::database("count", cause))?;
        found.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }
}
