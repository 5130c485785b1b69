use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use crate::cell::Cells;
use crate::table::{Dialect, Kind};
use crate::{Fault, Store};

/// What went from one account code to another in a month of a book (发生额).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowRow {
    /// The month posted.
    pub month: String,
    /// 账套.
    pub book: String,
    /// The code debited.
    pub debit: String,
    /// The code credited.
    pub credit: String,
    /// How much.
    pub amount: Fen,
}

/// What our settlements of an institution add up to over a span of days (对账口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SettlementSums {
    /// 人次: settlements less reversals.
    pub visits: i64,
    /// 医疗费总额.
    pub total: Fen,
    /// 符合政策范围金额.
    pub in_scope: Fen,
    /// 基金支付.
    pub funds: Fen,
    /// 现金支付.
    pub cash: Fen,
    /// 个人账户支付, relatives' included.
    pub account: Fen,
}

impl Store {
    /// What moved between account codes, by month and book; of one month, or of all where empty.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn fund_flows(&self, area: AreaCode, month: &str) -> Result<Vec<FlowRow>, Fault> {
        let posted = match self.engine.dialect() {
            Dialect::Sqlite => "substr(posted_on, 1, 7)",
            Dialect::Postgres => "to_char(posted_on, 'YYYY-MM')",
        };
        let sql = format!(
            "SELECT {posted}, book, debit, credit, CAST(SUM(amount_fen) AS bigint) \
             FROM fund_transfers WHERE area = $1 AND ($2 = '' OR {posted} = $2) \
             GROUP BY {posted}, book, debit, credit ORDER BY 1, 2, 3, 4"
        );
        let mut cells = Cells::default();
        cells.area(area).text(month);
        let text = Kind::Text;
        let kinds = [text, text, text, text, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("sum the ledger", cause))?;
        let flow = |mut row: crate::cell::Record| {
            Ok(FlowRow {
                month: row.text()?,
                book: row.text()?,
                debit: row.text()?,
                credit: row.text()?,
                amount: row.fen()?,
            })
        };
        found.into_iter().map(flow).collect()
    }

    /// What our settlements of an institution add up to, from a day on and before another, of
    /// these kinds of care.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn institution_sums(
        &self,
        area: AreaCode,
        institution: &str,
        (from, before): (Date, Date),
        cares: &[&str],
    ) -> Result<SettlementSums, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).text(institution);
        cells.time(from.at(0, 0, 0, 0)).time(before.at(0, 0, 0, 0));
        cares.iter().for_each(|care| {
            cells.text(care);
        });
        let places: Vec<String> = (5..cares.len() + 5).map(|n| format!("${n}")).collect();
        let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS bigint)");
        let sql = format!(
            "SELECT {}, {}, {}, {}, {}, {} FROM settlements WHERE area = $1 \
             AND institution = $2 AND settled_at >= {} AND settled_at < {} \
             AND care_type IN ({})",
            sum("CASE WHEN original_id = '' THEN 1 ELSE -1 END"),
            sum("total_fen"),
            sum("in_scope_fen"),
            sum("fund_fen"),
            sum("cash_fen"),
            sum("account_fen + family_fen"),
            dialect.parameter(3, Kind::Time),
            dialect.parameter(4, Kind::Time),
            places.join(","),
        );
        let found = self.engine.query(sql, &[Kind::Int; 6], cells).await;
        let found = found.map_err(|cause| Fault::database("sum settlements", cause))?;
        let Some(mut row) = found.into_iter().next() else {
            return Ok(SettlementSums::default());
        };
        Ok(SettlementSums {
            visits: row.int()?,
            total: row.fen()?,
            in_scope: row.fen()?,
            funds: row.fen()?,
            cash: row.fen()?,
            account: row.fen()?,
        })
    }
}
