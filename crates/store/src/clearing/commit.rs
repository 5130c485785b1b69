use jiff::civil::DateTime;
use ledger::Batch;
use terms::AreaCode;

use super::{
    AdjustmentRow, ApplicationRow, BankFileRow, BankReceiptLineRow, BankReceiptRow, FILES, ORDERS,
    ObjectionRow, PAYEES, PayeeRow, PaymentOrderRow, RECEIPT_LINES, RECEIPTS, StatementEventRow,
    StatementRow, rows,
};
use crate::cell::Cells;
use crate::engine::Tx;
use crate::points::{self, MethodCommit};
use crate::record::{Broken, insert_all, update_all};
use crate::table::{Insert, Kind};
use crate::tables::{access, bill};
use crate::{AccessRow, Answer, Fault, Store};

/// Everything one decision about clearing or payment changes, recorded together or not at all.
#[derive(Debug, Clone)]
pub struct ClearingCommit {
    /// The pooling area.
    pub area: AreaCode,
    /// Statements that move on.
    pub statements: Vec<StatementMoved>,
    /// Statements whose derived adjustments are made anew; the new ones are among `adjustments`.
    pub rederived: Vec<String>,
    /// Adjustments made.
    pub adjustments: Vec<AdjustmentRow>,
    /// Adjustments that move on.
    pub adjustment_moves: Vec<AdjustmentMoved>,
    /// Adjustments that the books took.
    pub adjustments_booked: Vec<AdjustmentBooked>,
    /// Steps noted.
    pub events: Vec<StatementEventRow>,
    /// Objections made.
    pub objections: Vec<ObjectionRow>,
    /// Objections answered.
    pub objection_moves: Vec<ObjectionMoved>,
    /// Applications received.
    pub applications: Vec<ApplicationRow>,
    /// Applications withdrawn.
    pub application_moves: Vec<ApplicationMoved>,
    /// Accounts entered.
    pub payees: Vec<PayeeRow>,
    /// Payment orders made.
    pub orders: Vec<PaymentOrderRow>,
    /// Payment orders that move on.
    pub order_moves: Vec<OrderMoved>,
    /// Files for the bank.
    pub files: Vec<BankFileRow>,
    /// Files for the bank that were answered.
    pub answered: Vec<String>,
    /// A file from the bank.
    pub receipt: Option<BankReceiptRow>,
    /// Its lines.
    pub receipt_lines: Vec<BankReceiptLineRow>,
    /// What methods pay, and the clearing of years.
    pub methods: MethodCommit,
    /// Transfers of the ledger, by whom the money goes to.
    pub ledger: Vec<(String, Batch)>,
    /// The line of the access log.
    pub access: Option<AccessRow>,
}

/// A statement as it shall stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementMoved {
    /// The statement.
    pub to: StatementRow,
    /// The state it was read in.
    pub from_state: String,
    /// The version it was read at.
    pub from_version: i64,
}

/// An adjustment that moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentMoved {
    /// 调整编号.
    pub adjustment: String,
    /// The state it was read in.
    pub from_state: String,
    /// The state it has now.
    pub to_state: String,
}

/// An adjustment that the books took with its statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentBooked {
    /// 调整编号.
    pub adjustment: String,
    /// The statement that has it.
    pub statement: String,
    /// The number of the transfer.
    pub transfer: String,
}

/// An objection that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionMoved {
    /// The objection with its answer; it was open.
    pub to: ObjectionRow,
}

/// An application that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationMoved {
    /// 机构清算申请事件编号.
    pub application: String,
    /// When.
    pub ended_at: DateTime,
}

/// A payment order that moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderMoved {
    /// The order as it shall stand now.
    pub to: PaymentOrderRow,
    /// The state it was read in.
    pub from_state: String,
}

impl ClearingCommit {
    /// A commit that does nothing yet.
    pub fn new(area: AreaCode) -> Self {
        Self {
            area,
            statements: Vec::new(),
            rederived: Vec::new(),
            adjustments: Vec::new(),
            adjustment_moves: Vec::new(),
            adjustments_booked: Vec::new(),
            events: Vec::new(),
            objections: Vec::new(),
            objection_moves: Vec::new(),
            applications: Vec::new(),
            application_moves: Vec::new(),
            payees: Vec::new(),
            orders: Vec::new(),
            order_moves: Vec::new(),
            files: Vec::new(),
            answered: Vec::new(),
            receipt: None,
            receipt_lines: Vec::new(),
            methods: MethodCommit::default(),
            ledger: Vec::new(),
            access: None,
        }
    }
}

impl Store {
    /// Records a decision about clearing; a conflict means that something read before has changed
    /// since, or is there already, and nothing was recorded.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_clearing(&self, commit: &ClearingCommit) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        let written = write(&mut tx, commit).await;
        finish(tx, written).await.map(|(answer, _)| answer)
    }
}

/// Commits what was written, or takes it back.
pub(crate) async fn finish<T>(
    tx: Tx,
    written: Result<T, Broken>,
) -> Result<(Answer, Option<T>), Fault> {
    match written {
        Ok(value) => {
            let failed = |cause| Fault::database("record clearing", cause);
            tx.commit().await.map_err(failed)?;
            Ok((Answer::Done, Some(value)))
        }
        Err(broken) => {
            if let Err(cause) = tx.rollback().await {
                tracing::warn!(%cause, "rollback failed");
            }
            match broken {
                Broken::Conflict(over) => Ok((Answer::Conflict { over }, None)),
                Broken::Fault(fault) | Broken::Unknown(fault) => Err(fault),
            }
        }
    }
}

macro_rules! cells_of {
    ($commit:ident, $rows:ident) => {{
        let mut cells = Cells::default();
        $commit
            .$rows
            .iter()
            .for_each(|row| row.put(&mut cells, $commit.area));
        cells
    }};
}

pub(crate) async fn write(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    for moved in &commit.statements {
        move_statement(tx, commit.area, moved).await?;
    }
    adjustments(tx, commit).await?;
    hearing(tx, commit).await?;
    orders(tx, commit).await?;
    bank(tx, commit).await?;
    points::record(tx, commit.area, &commit.methods).await?;
    let events = cells_of!(commit, events);
    insert_all(tx, Insert::into(&rows::EVENTS), events).await?;
    ledger(tx, commit).await?;
    log(tx, commit).await
}

async fn move_statement(tx: &mut Tx, area: AreaCode, moved: &StatementMoved) -> Result<(), Broken> {
    let dialect = tx.dialect();
    let (time, date) = (Kind::Time, Kind::Date);
    let sql = format!(
        "UPDATE clearing_statements SET version = $1, state = $2, adjusted_fen = $3, \
         due_fen = $4, snapshot = $5, lines = {}, published_by = $7, published_at = {}, \
         respond_by = {}, pay_by = {}, applied_on = {}, approved_by = $12, approved_at = {} \
         WHERE area = $14 AND statement_id = $15 AND state = $16 AND version = $17",
        dialect.parameter(6, Kind::Json),
        dialect.parameter(8, time),
        dialect.parameter(9, date),
        dialect.parameter(10, date),
        dialect.parameter(11, date),
        dialect.parameter(13, time),
    );
    let to = &moved.to;
    let mut cells = Cells::default();
    cells.int(to.version).text(&to.state).fen(to.adjusted);
    cells.fen(to.due).text(&to.snapshot).text(&to.lines);
    cells.text(&to.published_by).time_or_null(to.published_at);
    cells.date_or_null(to.respond_by).date_or_null(to.pay_by);
    cells.date_or_null(to.applied_on).text(&to.approved_by);
    cells.time_or_null(to.approved_at).area(area);
    cells.text(&to.statement).text(&moved.from_state);
    cells.int(moved.from_version);
    update_all(tx, rows::STATEMENTS.name, sql, cells, 1).await
}

async fn adjustments(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    for statement in &commit.rederived {
        super::build::drop_derived(tx, commit.area, statement).await?;
    }
    let made = cells_of!(commit, adjustments);
    insert_all(tx, Insert::into(&rows::ADJUSTMENTS), made).await?;
    for moved in &commit.adjustment_moves {
        let sql = "UPDATE clearing_adjustments SET state = $1 WHERE area = $2 \
                   AND adjustment_id = $3 AND state = $4";
        let mut cells = Cells::default();
        cells.text(&moved.to_state).area(commit.area);
        cells.text(&moved.adjustment).text(&moved.from_state);
        update_all(tx, rows::ADJUSTMENTS.name, sql.to_owned(), cells, 1).await?;
    }
    for booked in &commit.adjustments_booked {
        let sql = "UPDATE clearing_adjustments SET transfer = $1 WHERE area = $2 \
                   AND adjustment_id = $3 AND statement_id = $4 AND transfer = ''";
        let mut cells = Cells::default();
        cells.text(&booked.transfer).area(commit.area);
        cells.text(&booked.adjustment).text(&booked.statement);
        update_all(tx, rows::ADJUSTMENTS.name, sql.to_owned(), cells, 1).await?;
    }
    Ok(())
}

/// Applications, objections and their answers.
async fn hearing(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    let applied = cells_of!(commit, applications);
    insert_all(tx, Insert::into(&rows::APPLICATIONS), applied).await?;
    for moved in &commit.application_moves {
        let at = tx.dialect().parameter(1, Kind::Time);
        let sql = format!(
            "UPDATE clearing_applications SET state = 'withdrawn', ended_at = {at} \
             WHERE area = $2 AND application_id = $3 AND state = 'applied'"
        );
        let mut cells = Cells::default();
        cells.time(moved.ended_at).area(commit.area);
        cells.text(&moved.application);
        update_all(tx, rows::APPLICATIONS.name, sql, cells, 1).await?;
    }
    let made = cells_of!(commit, objections);
    insert_all(tx, Insert::into(&rows::OBJECTIONS), made).await?;
    for ObjectionMoved { to } in &commit.objection_moves {
        let at = tx.dialect().parameter(4, Kind::Time);
        let sql = format!(
            "UPDATE clearing_objections SET state = $1, answer = $2, answered_by = $3, \
             answered_at = {at} WHERE area = $5 AND statement_id = $6 AND objection_no = $7 \
             AND state = 'open'"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.answer).text(&to.answered_by);
        cells.time_or_null(to.answered_at).area(commit.area);
        cells.text(&to.statement).int(to.number);
        update_all(tx, rows::OBJECTIONS.name, sql, cells, 1).await?;
    }
    Ok(())
}

async fn orders(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    insert_all(tx, Insert::into(&PAYEES), cells_of!(commit, payees)).await?;
    insert_all(tx, Insert::into(&ORDERS), cells_of!(commit, orders)).await?;
    for moved in &commit.order_moves {
        let on = tx.dialect().parameter(4, Kind::Date);
        let sql = format!(
            "UPDATE payment_orders SET state = $1, file = $2, line_no = $3, paid_on = {on}, \
             bank_reference = $5, note = $6 WHERE area = $7 AND order_id = $8 AND state = $9"
        );
        let to = &moved.to;
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.file).int(to.line_no);
        cells.date_or_null(to.paid_on).text(&to.bank_reference);
        cells.text(&to.note).area(commit.area);
        cells.text(&to.order).text(&moved.from_state);
        update_all(tx, ORDERS.name, sql, cells, 1).await?;
    }
    Ok(())
}

async fn bank(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    insert_all(tx, Insert::into(&FILES), cells_of!(commit, files)).await?;
    for file in &commit.answered {
        let sql = "UPDATE bank_files SET state = 'answered' WHERE area = $1 AND file = $2 \
                   AND state = 'sent'";
        let mut cells = Cells::default();
        cells.area(commit.area).text(file);
        update_all(tx, FILES.name, sql.to_owned(), cells, 1).await?;
    }
    insert_all(tx, Insert::into(&RECEIPTS), cells_of!(commit, receipt)).await?;
    let lines = cells_of!(commit, receipt_lines);
    insert_all(tx, Insert::into(&RECEIPT_LINES), lines).await
}

async fn ledger(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for (owner, batch) in &commit.ledger {
        for transfer in batch.transfers() {
            bill::put_transfer(&mut cells, commit.area, owner, &transfer);
        }
    }
    insert_all(tx, Insert::into(&rows::TRANSFERS), cells).await
}

async fn log(tx: &mut Tx, commit: &ClearingCommit) -> Result<(), Broken> {
    let Some(row) = &commit.access else {
        return Ok(());
    };
    let mut cells = Cells::default();
    access::put(&mut cells, commit.area, "", &row.result, row);
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}
