use std::collections::HashMap;

use jiff::civil::DateTime;
use money::Fen;
use terms::AreaCode;

use super::{
    AdjustmentRow, ApplicationRow, BankFileRow, BankReceiptLineRow, BankReceiptRow, FILES,
    Gathered, ORDERS, ObjectionRow, PAYEES, PayeeRow, PaymentOrderRow, RECEIPT_LINES, RECEIPTS,
    StatementBillRow, StatementEventRow, StatementRow, rows,
};
use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// Which statements; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter {
    /// 清算年月.
    pub month: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// A word of [`terms::StatementState`].
    pub state: String,
}

/// Which adjustments; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct AdjustmentFilter {
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// A word of [`terms::AdjustmentKind`].
    pub kind: String,
    /// `open`, `taken` or `withdrawn`.
    pub state: String,
    /// The statement that took it.
    pub statement: String,
    /// The first month whose statement may take it.
    pub first_month: String,
}

/// Which payment orders; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// 清算年月.
    pub month: String,
    /// 账套.
    pub book: String,
    /// The state.
    pub state: String,
    /// What is paid.
    pub source: String,
    /// The bank file it went out in.
    pub file: String,
}

/// A bill of a statement with what its settlement says of it (清算明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillShown {
    /// The bill.
    pub bill: StatementBillRow,
    /// 姓名.
    pub person_name: String,
    /// 医疗类别.
    pub care_type: String,
    /// 结算时间.
    pub settled_at: DateTime,
    /// 医疗费总额.
    pub total: Fen,
    /// The settlement it reverses, or empty.
    pub original: String,
}

/// Conditions on columns, each left out where nothing is asked; the area is the first parameter.
pub(super) fn asked<'a>(area: AreaCode, pairs: &[(&str, &'a str)]) -> (String, Cells<'a>) {
    let mut cells = Cells::default();
    cells.area(area);
    let mut sql = "WHERE area = $1".to_owned();
    for (column, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        cells.text(value);
        sql.push_str(&format!(" AND {column} = ${}", cells.0.len()));
    }
    (sql, cells)
}

impl Store {
    /// Statements by month, institution and book.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_statements(
        &self,
        area: AreaCode,
        filter: &StatementFilter,
    ) -> Result<Vec<StatementRow>, Fault> {
        let pairs = [
            ("month", filter.month.as_str()),
            ("institution", &filter.institution),
            ("book", &filter.book),
            ("state", &filter.state),
        ];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY month, institution, book");
        self.rows(&rows::STATEMENTS, &rest, cells, StatementRow::take)
            .await
    }

    /// A statement by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_statement(
        &self,
        area: AreaCode,
        statement: &str,
    ) -> Result<Option<StatementRow>, Fault> {
        let (sql, cells) = asked(area, &[("statement_id", statement)]);
        let found = self
            .rows(&rows::STATEMENTS, &sql, cells, StatementRow::take)
            .await;
        Ok(found?.pop())
    }

    /// The months that have statements, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_months(&self, area: AreaCode) -> Result<Vec<String>, Fault> {
        let sql = "SELECT DISTINCT month FROM clearing_statements WHERE area = $1 \
                   ORDER BY month DESC";
        let mut cells = Cells::default();
        cells.area(area);
        let found = self
            .engine
            .query(sql.to_owned(), &[Kind::Text], cells)
            .await;
        let found = found.map_err(|cause| Fault::database("read months", cause))?;
        found.into_iter().map(|mut row| row.text()).collect()
    }

    /// Adjustments, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_adjustments(
        &self,
        area: AreaCode,
        filter: &AdjustmentFilter,
    ) -> Result<Vec<AdjustmentRow>, Fault> {
        let pairs = [
            ("institution", filter.institution.as_str()),
            ("book", &filter.book),
            ("kind", &filter.kind),
            ("state", &filter.state),
            ("statement_id", &filter.statement),
            ("first_month", &filter.first_month),
        ];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY made_at, adjustment_id");
        self.rows(&rows::ADJUSTMENTS, &rest, cells, AdjustmentRow::take)
            .await
    }

    /// An adjustment by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_adjustment(
        &self,
        area: AreaCode,
        adjustment: &str,
    ) -> Result<Option<AdjustmentRow>, Fault> {
        let (sql, cells) = asked(area, &[("adjustment_id", adjustment)]);
        let found = self
            .rows(&rows::ADJUSTMENTS, &sql, cells, AdjustmentRow::take)
            .await;
        Ok(found?.pop())
    }

    /// The steps of a statement, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_events(
        &self,
        area: AreaCode,
        statement: &str,
    ) -> Result<Vec<StatementEventRow>, Fault> {
        let (sql, cells) = asked(area, &[("statement_id", statement)]);
        let rest = format!("{sql} ORDER BY sequence");
        self.rows(&rows::EVENTS, &rest, cells, StatementEventRow::take)
            .await
    }

    /// The number of the last step of every statement of a month.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn last_events(
        &self,
        area: AreaCode,
        month: &str,
    ) -> Result<HashMap<String, i64>, Fault> {
        let sql = "SELECT e.statement_id, CAST(MAX(e.sequence) AS bigint) FROM clearing_events e \
                   JOIN clearing_statements s ON s.area = e.area \
                   AND s.statement_id = e.statement_id WHERE s.area = $1 AND s.month = $2 \
                   GROUP BY e.statement_id";
        let mut cells = Cells::default();
        cells.area(area).text(month);
        let kinds = [Kind::Text, Kind::Int];
        let found = self.engine.query(sql.to_owned(), &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read steps", cause))?;
        found
            .into_iter()
            .map(|mut row| Ok((row.text()?, row.int()?)))
            .collect()
    }

    /// The objections to a statement, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_objections(
        &self,
        area: AreaCode,
        statement: &str,
    ) -> Result<Vec<ObjectionRow>, Fault> {
        let (sql, cells) = asked(area, &[("statement_id", statement)]);
        let rest = format!("{sql} ORDER BY objection_no");
        self.rows(&rows::OBJECTIONS, &rest, cells, ObjectionRow::take)
            .await
    }

    /// Applications of an institution for a month, or of all where empty, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn clearing_applications(
        &self,
        area: AreaCode,
        institution: &str,
        month: &str,
    ) -> Result<Vec<ApplicationRow>, Fault> {
        let (sql, cells) = asked(area, &[("institution", institution), ("month", month)]);
        let rest = format!("{sql} ORDER BY applied_at, application_id");
        self.rows(&rows::APPLICATIONS, &rest, cells, ApplicationRow::take)
            .await
    }

    /// The bills of a statement after a settlement number, with what their settlements say.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn statement_bills(
        &self,
        area: AreaCode,
        statement: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<BillShown>, Fault> {
        let dialect = self.engine.dialect();
        let sql = format!(
            "SELECT b.person_no, b.settlement_id, b.book, b.class, b.funds_fen, b.account_fen, \
             s.person_name, s.care_type, {}, s.total_fen, s.original_id FROM clearing_bills b \
             JOIN settlements s ON s.area = b.area AND s.person_no = b.person_no \
             AND s.settlement_id = b.settlement_id WHERE b.area = $1 AND b.statement_id = $2 \
             AND b.settlement_id > $3 ORDER BY b.settlement_id LIMIT {limit}",
            dialect.column("s.settled_at", Kind::Time)
        );
        let mut cells = Cells::default();
        cells.area(area).text(statement).text(after);
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [
            text,
            text,
            text,
            text,
            int,
            int,
            text,
            text,
            Kind::Time,
            int,
            text,
        ];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read bills", cause))?;
        let shown = |mut row: crate::cell::Record| {
            Ok(BillShown {
                bill: StatementBillRow {
                    person_no: row.text()?,
                    settlement: row.text()?,
                    book: row.text()?,
                    statement: statement.to_owned(),
                    class: row.text()?,
                    funds: row.fen()?,
                    account: row.fen()?,
                },
                person_name: row.text()?,
                care_type: row.text()?,
                settled_at: row.time()?,
                total: row.fen()?,
                original: row.text()?,
            })
        };
        found.into_iter().map(shown).collect()
    }

    /// Everything that went into a statement, as a build gathers it.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn gathered(
        &self,
        area: AreaCode,
        statement: &StatementRow,
    ) -> Result<Gathered, Fault> {
        let number = statement.statement.as_str();
        let (sql, cells) = asked(area, &[("statement_id", number)]);
        let rest = format!("{sql} ORDER BY settlement_id, person_no");
        let bills = self.rows(&rows::BILLS, &rest, cells, StatementBillRow::take);
        let bills = bills.await?;
        let filter = AdjustmentFilter {
            statement: number.to_owned(),
            ..AdjustmentFilter::default()
        };
        let mut adjustments = self.clearing_adjustments(area, &filter).await?;
        adjustments.retain(|row| !row.is_derived());
        Ok(Gathered {
            statement: number.to_owned(),
            institution: statement.institution.clone(),
            book: statement.book.clone(),
            before: Some(statement.clone()),
            bills,
            adjustments,
        })
    }

    /// The statements a settlement is in, one per book.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn bills_of_settlement(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement: &str,
    ) -> Result<Vec<StatementBillRow>, Fault> {
        let pairs = [("person_no", person_no), ("settlement_id", settlement)];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY book");
        self.rows(&rows::BILLS, &rest, cells, StatementBillRow::take)
            .await
    }

    /// The account of a payee that counts.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn payee(&self, area: AreaCode, payee: &str) -> Result<Option<PayeeRow>, Fault> {
        let (sql, cells) = asked(area, &[("payee", payee)]);
        let rest = format!("{sql} ORDER BY version DESC LIMIT 1");
        Ok(self
            .rows(&PAYEES, &rest, cells, PayeeRow::take)
            .await?
            .pop())
    }

    /// Every payee's account that counts, by payee.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn payees(&self, area: AreaCode) -> Result<Vec<PayeeRow>, Fault> {
        let (sql, cells) = asked(area, &[]);
        let rest = format!(
            "{sql} AND version = (SELECT MAX(o.version) FROM payees o WHERE o.area = payees.area \
             AND o.payee = payees.payee) ORDER BY payee"
        );
        self.rows(&PAYEES, &rest, cells, PayeeRow::take).await
    }

    /// Payment orders by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn payment_orders(
        &self,
        area: AreaCode,
        filter: &OrderFilter,
    ) -> Result<Vec<PaymentOrderRow>, Fault> {
        let pairs = [
            ("month", filter.month.as_str()),
            ("book", &filter.book),
            ("state", &filter.state),
            ("source", &filter.source),
            ("file", &filter.file),
        ];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY order_id");
        self.rows(&ORDERS, &rest, cells, PaymentOrderRow::take)
            .await
    }

    /// A payment order by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn payment_order(
        &self,
        area: AreaCode,
        order: &str,
    ) -> Result<Option<PaymentOrderRow>, Fault> {
        let (sql, cells) = asked(area, &[("order_id", order)]);
        let found = self.rows(&ORDERS, &sql, cells, PaymentOrderRow::take);
        Ok(found.await?.pop())
    }

    /// Bank files of a month, or of all where empty, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn bank_files(&self, area: AreaCode, month: &str) -> Result<Vec<BankFileRow>, Fault> {
        let (sql, cells) = asked(area, &[("month", month)]);
        let rest = format!("{sql} ORDER BY made_at, file");
        self.rows(&FILES, &rest, cells, BankFileRow::take).await
    }

    /// A bank file by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn bank_file(
        &self,
        area: AreaCode,
        file: &str,
    ) -> Result<Option<BankFileRow>, Fault> {
        let (sql, cells) = asked(area, &[("file", file)]);
        Ok(self
            .rows(&FILES, &sql, cells, BankFileRow::take)
            .await?
            .pop())
    }

    /// What the bank answered to a file, or to all where empty.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn bank_receipts(
        &self,
        area: AreaCode,
        file: &str,
    ) -> Result<Vec<BankReceiptRow>, Fault> {
        let (sql, cells) = asked(area, &[("file", file)]);
        let rest = format!("{sql} ORDER BY imported_at, receipt");
        self.rows(&RECEIPTS, &rest, cells, BankReceiptRow::take)
            .await
    }

    /// The lines of a bank receipt.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn bank_receipt_lines(
        &self,
        area: AreaCode,
        receipt: &str,
    ) -> Result<Vec<BankReceiptLineRow>, Fault> {
        let (sql, cells) = asked(area, &[("receipt", receipt)]);
        let rest = format!("{sql} ORDER BY line_no");
        self.rows(&RECEIPT_LINES, &rest, cells, BankReceiptLineRow::take)
            .await
    }
}
