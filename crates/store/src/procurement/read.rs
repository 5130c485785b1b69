use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::{
    AdvancePartRow, AdvanceRow, AssessmentRow, NettingBatchRow, NettingLineRow, NettingOffsetRow,
    ReturnRow, SupplierInvoiceRow, funding, rows,
};
use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// Which invoices; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct InvoiceFilter {
    /// 医疗机构.
    pub institution: String,
    /// 供应商.
    pub supplier: String,
    /// The state.
    pub state: String,
    /// The claim.
    pub invoice: String,
    /// 发票号码.
    pub number: String,
    /// Credit notes of this claim.
    pub original: String,
}

/// A confirmed invoice of which something is still to be paid or taken back (应付发票).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// 医疗机构.
    pub institution: String,
    /// The claim.
    pub invoice: String,
    /// 供应商.
    pub supplier: String,
    /// 验收日期.
    pub accepted_on: Date,
    /// What is still to be paid; below zero where it is to be taken back.
    pub remaining: Fen,
    /// What was paid so far, by book.
    pub paid: BTreeMap<String, Fen>,
}

/// What an institution is due in a book for a month (机构应付).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueOfRow {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// 应付.
    pub due: Fen,
}

/// Conditions on columns, each left out where nothing is asked; the area is the first parameter.
pub(crate) fn asked<'a>(area: AreaCode, pairs: &[(&str, &'a str)]) -> (String, Cells<'a>) {
    let mut cells = Cells::default();
    cells.area(area);
    let mut sql = "WHERE area = $1".to_owned();
    for (column, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        cells.text(value);
        sql.push_str(&format!(" AND {column} = ${}", cells.0.len()));
    }
    (sql, cells)
}

/// What the fund owes institutions for bills of a span of days, and what already changes it.
///
/// What personal accounts owe stays out: suppliers are paid by the funds. Statements that are
/// built keep the adjustments they took.
const DUES: &str = "SELECT x.institution, x.book, CAST(SUM(x.fen) AS bigint) FROM ( \
    SELECT credit_holder AS institution, book, amount_fen AS fen FROM ledger_transfers \
    WHERE area = $1 AND credit = 'M2001' AND debit <> 'M2007' AND posted_on >= {from} \
    AND posted_on < {before} UNION ALL \
    SELECT debit_holder, book, -amount_fen FROM ledger_transfers \
    WHERE area = $1 AND debit = 'M2001' AND credit <> 'M2007' AND posted_on >= {from} \
    AND posted_on < {before} UNION ALL \
    SELECT a.institution, a.book, a.amount_fen FROM clearing_adjustments a \
    LEFT JOIN clearing_statements s ON s.area = a.area AND s.statement_id = a.statement_id \
    WHERE a.area = $1 AND ((a.state = 'open' AND a.first_month <= $4) \
    OR (a.state = 'taken' AND s.month = $4))) x \
    WHERE x.book IN ('E', 'R') GROUP BY x.institution, x.book ORDER BY x.institution, x.book";

impl Store {
    /// Invoices and credit notes, oldest acceptance first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn supplier_invoices(
        &self,
        area: AreaCode,
        filter: &InvoiceFilter,
    ) -> Result<Vec<SupplierInvoiceRow>, Fault> {
        let pairs = [
            ("institution", filter.institution.as_str()),
            ("supplier", &filter.supplier),
            ("state", &filter.state),
            ("invoice", &filter.invoice),
            ("invoice_no", &filter.number),
            ("original", &filter.original),
        ];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY accepted_on, institution, invoice");
        self.rows(&rows::INVOICES, &rest, cells, SupplierInvoiceRow::take)
            .await
    }

    /// Confirmed invoices of which something is still to be paid or taken back.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn supplier_claims(&self, area: AreaCode) -> Result<Vec<ClaimRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let accepted = self.engine.dialect().column("accepted_on", Kind::Date);
        let sql = format!(
            "SELECT institution, invoice, supplier, {accepted}, \
             CAST(remaining_fen AS bigint) FROM supplier_claims \
             WHERE area = $1 AND remaining_fen <> 0 ORDER BY institution, accepted_on, invoice"
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Date, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read claims", cause))?;
        let mut paid = self.paid_by_book(area).await?;
        let mut claims = Vec::with_capacity(found.len());
        for mut row in found {
            let (institution, invoice) = (row.text()?, row.text()?);
            claims.push(ClaimRow {
                institution,
                supplier: row.text()?,
                accepted_on: row.date()?,
                remaining: row.fen()?,
                paid: paid.remove(&invoice).unwrap_or_default(),
                invoice,
            });
        }
        Ok(claims)
    }

    /// What was paid of invoices that are to be taken back, by book.
    async fn paid_by_book(
        &self,
        area: AreaCode,
    ) -> Result<BTreeMap<String, BTreeMap<String, Fen>>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = "SELECT l.invoice, l.book, CAST(SUM(l.amount_fen) AS bigint) \
                   FROM netting_lines l JOIN netting_batches b \
                   ON b.area = l.area AND b.batch = l.batch JOIN supplier_claims c \
                   ON c.area = l.area AND c.invoice = l.invoice AND c.remaining_fen < 0 \
                   WHERE l.area = $1 AND b.state <> 'cancelled' \
                   GROUP BY l.invoice, l.book ORDER BY l.invoice, l.book";
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let found = self.engine.query(sql.to_owned(), &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read what was paid", cause))?;
        let mut paid: BTreeMap<String, BTreeMap<String, Fen>> = BTreeMap::new();
        for mut row in found {
            let (invoice, book) = (row.text()?, row.text()?);
            paid.entry(invoice).or_default().insert(book, row.fen()?);
        }
        Ok(paid)
    }

    /// What institutions are due for a month from the funds that may pay suppliers.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn provider_dues(
        &self,
        area: AreaCode,
        month: &str,
        (from, before): (Date, Date),
    ) -> Result<Vec<DueOfRow>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).date(from).date(before).text(month);
        let sql = DUES
            .replace("{from}", &dialect.parameter(2, Kind::Date))
            .replace("{before}", &dialect.parameter(3, Kind::Date));
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read dues", cause))?;
        let take = |mut row: crate::cell::Record| {
            Ok(DueOfRow {
                institution: row.text()?,
                book: row.text()?,
                due: row.fen()?,
            })
        };
        found.into_iter().map(take).collect()
    }

    /// Batches, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn netting_batches(
        &self,
        area: AreaCode,
        batch: &str,
    ) -> Result<Vec<NettingBatchRow>, Fault> {
        let (sql, cells) = asked(area, &[("batch", batch)]);
        let rest = format!("{sql} ORDER BY batch DESC");
        self.rows(&rows::BATCHES, &rest, cells, NettingBatchRow::take)
            .await
    }

    /// The lines of a batch, or of a payment order.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn netting_lines(
        &self,
        area: AreaCode,
        (batch, order): (&str, &str),
    ) -> Result<Vec<NettingLineRow>, Fault> {
        let (sql, cells) = asked(area, &[("batch", batch), ("order_id", order)]);
        let rest = format!("{sql} ORDER BY batch, line_no");
        self.rows(&rows::LINES, &rest, cells, NettingLineRow::take)
            .await
    }

    /// What a batch takes from institutions; of all batches where the number is empty.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn netting_offsets(
        &self,
        area: AreaCode,
        (batch, institution): (&str, &str),
    ) -> Result<Vec<NettingOffsetRow>, Fault> {
        let (sql, cells) = asked(area, &[("batch", batch), ("institution", institution)]);
        let rest = format!("{sql} ORDER BY batch, institution, book");
        self.rows(&rows::OFFSETS, &rest, cells, NettingOffsetRow::take)
            .await
    }

    /// Advances, of one institution or number, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn provider_advances(
        &self,
        area: AreaCode,
        (institution, advance): (&str, &str),
    ) -> Result<Vec<AdvanceRow>, Fault> {
        let pairs = [("institution", institution), ("advance", advance)];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY advance DESC");
        self.rows(&funding::ADVANCES, &rest, cells, AdvanceRow::take)
            .await
    }

    /// The parts in which an advance comes back; of all advances where the number is empty.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn advance_parts(
        &self,
        area: AreaCode,
        advance: &str,
    ) -> Result<Vec<AdvancePartRow>, Fault> {
        let (sql, cells) = asked(area, &[("advance", advance)]);
        let rest = format!("{sql} ORDER BY advance, part");
        self.rows(&funding::PARTS, &rest, cells, AdvancePartRow::take)
            .await
    }

    /// Assessments, of one institution or number, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn provider_assessments(
        &self,
        area: AreaCode,
        (institution, assessment): (&str, &str),
    ) -> Result<Vec<AssessmentRow>, Fault> {
        let pairs = [("institution", institution), ("assessment", assessment)];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY assessment DESC");
        self.rows(&funding::ASSESSMENTS, &rest, cells, AssessmentRow::take)
            .await
    }

    /// What an assessment gives back, by book.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn assessment_returns(
        &self,
        area: AreaCode,
        assessment: &str,
    ) -> Result<Vec<ReturnRow>, Fault> {
        let (sql, cells) = asked(area, &[("assessment", assessment)]);
        let rest = format!("{sql} ORDER BY assessment, book");
        self.rows(&funding::RETURNS, &rest, cells, ReturnRow::take)
            .await
    }
}
