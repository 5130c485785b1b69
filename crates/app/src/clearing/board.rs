use std::collections::BTreeMap;

use ::store::{
    AdjustmentFilter, AdjustmentRow, BankFileRow, BankReceiptRow, BillShown, MonthBuilt,
    ObjectionRow, OrderFilter, PaymentOrderRow, StatementEventRow, StatementFilter, StatementRow,
};
use money::Fen;
use policy::FeeMonth;
use terms::AreaCode;

use super::valued::{ValuedMonth, YearTarget};
use super::{BookBridge, Done, Which, bridges};
use crate::register::Actor;
use crate::{App, Error};

/// A month as it was built and valued (清算单生成结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedMonth {
    /// Bills and adjustments taken, in both passes.
    pub built: MonthBuilt,
    /// What the methods of payment hold back.
    pub valued: ValuedMonth,
}

/// How many statements are in a state, and what they add up to (月度看板一行).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateSum {
    /// Statements.
    pub statements: u64,
    /// Bills.
    pub bills: i64,
    /// 应拨付金额.
    pub due: Fen,
}

/// A month of clearing at a glance (清算月度看板).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearingBoard {
    /// By book and state.
    pub sums: BTreeMap<(String, String), StateSum>,
    /// The statements.
    pub statements: Vec<StatementRow>,
    /// Orders of the month.
    pub orders: Vec<PaymentOrderRow>,
    /// Files for the bank, each with what it answered.
    pub files: Vec<(BankFileRow, Option<BankReceiptRow>)>,
    /// The bridges of money that moved in this month, by book.
    pub bridges: Vec<BookBridge>,
}

/// A statement with all that belongs to it (清算单详情).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFile {
    /// The statement.
    pub row: StatementRow,
    /// What adjusts it.
    pub adjustments: Vec<AdjustmentRow>,
    /// Its way so far.
    pub events: Vec<StatementEventRow>,
    /// Objections and answers.
    pub objections: Vec<ObjectionRow>,
    /// Payment orders.
    pub orders: Vec<PaymentOrderRow>,
    /// What the books hold of it.
    pub transfers: Vec<ledger::Transfer>,
}

impl App {
    /// Builds a month, holds back what the methods of payment do not pay now, and builds again so
    /// that the drafts say so (生成并按办法支付).
    ///
    /// # Errors
    /// As [`App::build_month`] and [`App::value_month`].
    pub async fn prepare_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        institution: &str,
        targets: &[YearTarget],
    ) -> Result<PreparedMonth, Error> {
        let first = self.build_month(actor, month, institution).await?;
        let valued = self.value_month(actor, month, institution, targets).await?;
        let mut built = first;
        if valued.adjustments > 0 {
            let second = self.build_month(actor, month, institution).await?;
            built.bills += second.bills;
            built.adjustments += second.adjustments;
            built.changed = built.changed.max(second.changed);
            built.unchanged = second.changed + second.unchanged - built.changed;
        }
        Ok(PreparedMonth { built, valued })
    }

    /// Confirms for institutions every statement of a month that is out, as they did on paper.
    ///
    /// # Errors
    /// [`Error::Fault`]; what is refused of single statements is told with them.
    pub async fn confirm_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        which: &Which,
    ) -> Result<Done, Error> {
        let rows = self
            .list_statements(actor.area, &month.to_string(), which)
            .await?;
        let mut done = Done::default();
        for row in rows.into_iter().filter(|row| row.state == "published") {
            let number = row.statement.as_str();
            let moved = self.confirm_statement(actor, number, row.version).await;
            done.count(number, moved)?;
        }
        Ok(done)
    }

    /// Statements by month, institution and book; every month where empty.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_statements(
        &self,
        area: AreaCode,
        month: &str,
        which: &Which,
    ) -> Result<Vec<StatementRow>, Error> {
        let filter = StatementFilter {
            month: month.to_owned(),
            institution: which.institution.clone(),
            book: which.book.clone(),
            ..StatementFilter::default()
        };
        Ok(self.store.clearing_statements(area, &filter).await?)
    }

    /// A month of clearing at a glance (清算月度看板).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn clearing_board(
        &self,
        area: AreaCode,
        month: FeeMonth,
    ) -> Result<ClearingBoard, Error> {
        let name = month.to_string();
        let statements = self.list_statements(area, &name, &Which::default()).await?;
        let mut sums: BTreeMap<(String, String), StateSum> = BTreeMap::new();
        for row in &statements {
            let sum = sums.entry((row.book.clone(), row.state.clone()));
            let sum = sum.or_default();
            (sum.statements, sum.bills) = (sum.statements + 1, sum.bills + row.bills);
            sum.due += row.due;
        }
        let filter = OrderFilter {
            month: name.clone(),
            ..OrderFilter::default()
        };
        let mut files = Vec::new();
        for file in self.store.bank_files(area, &name).await? {
            let receipt = self.store.bank_receipts(area, &file.file).await?.pop();
            files.push((file, receipt));
        }
        Ok(ClearingBoard {
            sums,
            statements,
            orders: self.store.payment_orders(area, &filter).await?,
            files,
            bridges: bridges(&self.store, area, Some(month)).await?,
        })
    }

    /// A statement with its adjustments, steps, objections and orders (清算单详情).
    ///
    /// # Errors
    /// [`Error::Missing`].
    pub async fn statement_file(
        &self,
        area: AreaCode,
        statement: &str,
    ) -> Result<StatementFile, Error> {
        let row = self.store.clearing_statement(area, statement).await?;
        let row = row.ok_or_else(|| Error::missing("清算单", statement))?;
        let taken = AdjustmentFilter {
            statement: statement.to_owned(),
            ..AdjustmentFilter::default()
        };
        let orders = OrderFilter {
            source: statement.to_owned(),
            ..OrderFilter::default()
        };
        Ok(StatementFile {
            adjustments: self.store.clearing_adjustments(area, &taken).await?,
            events: self.store.clearing_events(area, statement).await?,
            objections: self.store.clearing_objections(area, statement).await?,
            orders: self.store.payment_orders(area, &orders).await?,
            transfers: self
                .store
                .statement_transfers(area, &row.institution, statement)
                .await?,
            row,
        })
    }

    /// A page of a statement's bills after a settlement number (清算明细).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn bills_page(
        &self,
        area: AreaCode,
        statement: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<BillShown>, Error> {
        let bills = self
            .store
            .statement_bills(area, statement, after, limit)
            .await?;
        Ok(bills)
    }
}
