use jiff::civil::{Date, DateTime};
use ledger::Batch;
use money::Fen;
use terms::AreaCode;

use super::rows;
use super::{
    AllocationRow, EmployerMonthRow, EmployerRow, LateFeeRow, MonthLineRow, PaidPeriodRow,
    PremiumRow, ReceiptFileRow, ReceiptLineRow, RefundRow, StaffRow, WageRow,
};
use crate::cell::{Cells, Record};
use crate::engine::Tx;
use crate::record::{Broken, insert_all, update_all};
use crate::table::{Insert, Kind};
use crate::tables::{access, bill};
use crate::{AccessRow, Answer, Fault, Store};

/// Everything one decision about contributions changes, recorded together or not at all.
#[derive(Debug, Clone)]
pub struct ContributionCommit {
    /// The pooling area.
    pub area: AreaCode,
    /// Every owner whose money this changes, with the version read; 0 for one never written.
    pub owners: Vec<(String, i64)>,
    /// Employers entered or changed.
    pub employers: Vec<EmployerRow>,
    /// Staff entered or changed.
    pub staff: Vec<StaffRow>,
    /// Wages declared.
    pub wages: Vec<WageRow>,
    /// Employers' months assessed.
    pub months: Vec<EmployerMonthRow>,
    /// Their lines.
    pub month_lines: Vec<MonthLineRow>,
    /// Residents' years assessed.
    pub premiums: Vec<PremiumRow>,
    /// A file of receipts.
    pub file: Option<ReceiptFileRow>,
    /// Its lines.
    pub lines: Vec<ReceiptLineRow>,
    /// Lines of earlier files that change.
    pub line_moves: Vec<LineMoved>,
    /// Money counted towards periods.
    pub allocations: Vec<AllocationRow>,
    /// Late fees.
    pub late_fees: Vec<LateFeeRow>,
    /// Refunds proposed.
    pub refunds: Vec<RefundRow>,
    /// Refunds decided or paid.
    pub refund_moves: Vec<RefundMoved>,
    /// Periods of single persons that are paid now.
    pub paid: Vec<PaidPeriodRow>,
    /// Employers' months that are paid now, for everybody on them.
    pub paid_months: Vec<MonthPaid>,
    /// Transfers of the ledger, by owner.
    pub ledger: Vec<(String, Batch)>,
    /// The line of the access log, with the person it is about or nobody.
    pub access: Option<(String, AccessRow)>,
}

/// A line of an earlier file as it shall stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMoved {
    /// The line with its new owner, period, status, note and rest.
    pub to: ReceiptLineRow,
    /// The status it had when it was read.
    pub from_status: String,
    /// What it had left when it was read, of both payers.
    pub from_left: (Fen, Fen),
}

/// A refund that moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundMoved {
    /// The refund as it shall stand now.
    pub to: RefundRow,
    /// The state it had when it was read.
    pub from_state: String,
}

/// A month of an employer that is paid in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPaid {
    /// 单位编号.
    pub employer: String,
    /// 费款所属期.
    pub month: String,
    /// The version of the month.
    pub version: i64,
    /// The day on which it was complete.
    pub paid_on: Date,
    /// When it was noted.
    pub noted_at: DateTime,
}

impl ContributionCommit {
    /// A commit that does nothing yet.
    pub fn new(area: AreaCode) -> Self {
        Self {
            area,
            owners: Vec::new(),
            employers: Vec::new(),
            staff: Vec::new(),
            wages: Vec::new(),
            months: Vec::new(),
            month_lines: Vec::new(),
            premiums: Vec::new(),
            file: None,
            lines: Vec::new(),
            line_moves: Vec::new(),
            allocations: Vec::new(),
            late_fees: Vec::new(),
            refunds: Vec::new(),
            refund_moves: Vec::new(),
            paid: Vec::new(),
            paid_months: Vec::new(),
            ledger: Vec::new(),
            access: None,
        }
    }
}

const EMPLOYER: Insert = Insert::or(
    &rows::EMPLOYERS,
    "ON CONFLICT (area, employer) DO UPDATE SET name = excluded.name, kind = excluded.kind, \
     marks = excluded.marks, county = excluded.county, state = excluded.state, \
     opened_on = excluded.opened_on, closed_on = excluded.closed_on, detail = excluded.detail",
);
const STAFF: Insert = Insert::or(
    &rows::STAFF,
    "ON CONFLICT (area, employer, person_no, starts_on) DO UPDATE SET \
     ends_on = excluded.ends_on, category = excluded.category",
);
const HEAD: Insert = Insert::or(
    &rows::HEADS,
    "ON CONFLICT (area, owner) DO UPDATE SET version = excluded.version \
     WHERE contribution_heads.version = excluded.version - 1",
);
const PAID: Insert = Insert::or(
    &rows::PAID,
    "ON CONFLICT (area, person_no, scheme, period, owner) DO NOTHING",
);

impl Store {
    /// Records a decision about contributions; a conflict means that something read before has
    /// changed since, and nothing was recorded.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_contributions(&self, commit: &ContributionCommit) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        match write(&mut tx, commit).await {
            Ok(()) => {
                let failed = |cause| Fault::database("record contributions", cause);
                tx.commit().await.map_err(failed)?;
                Ok(Answer::Done)
            }
            Err(broken) => {
                if let Err(cause) = tx.rollback().await {
                    tracing::warn!(%cause, "rollback failed");
                }
                match broken {
                    Broken::Conflict(over) => Ok(Answer::Conflict { over }),
                    Broken::Fault(fault) | Broken::Unknown(fault) => Err(fault),
                }
            }
        }
    }

    /// The versions of owners, in the order given; 0 for one never written.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn contribution_versions(
        &self,
        area: AreaCode,
        owners: &[String],
    ) -> Result<Vec<(String, i64)>, Fault> {
        let mut known = std::collections::HashMap::new();
        for some in owners.chunks(500) {
            let (list, cells) = super::read::list_of(area, some);
            let rest = format!("WHERE area = $1 AND owner IN ({list})");
            let take = |record: &mut Record| {
                record.skip(1);
                Ok((record.text()?, record.int()?))
            };
            known.extend(self.rows(&rows::HEADS, &rest, cells, take).await?);
        }
        let version = |owner: &String| known.get(owner).copied().unwrap_or(0);
        Ok(owners
            .iter()
            .map(|owner| (owner.clone(), version(owner)))
            .collect())
    }
}

async fn write(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    raise(tx, commit).await?;
    enter(tx, commit).await?;
    assessments(tx, commit).await?;
    receipts(tx, commit).await?;
    for moved in &commit.line_moves {
        move_line(tx, commit.area, moved).await?;
    }
    refunds(tx, commit).await?;
    for paid in &commit.paid_months {
        pay_month(tx, commit.area, paid).await?;
    }
    let mut cells = Cells::default();
    commit
        .paid
        .iter()
        .for_each(|row| row.put(&mut cells, commit.area));
    put(tx, PAID, cells).await?;
    ledger(tx, commit).await?;
    log(tx, commit).await
}

/// Inserts rows that may meet one of their key.
async fn put(tx: &mut Tx, insert: Insert, cells: Cells<'_>) -> Result<(), Broken> {
    let failed = |cause| Broken::database(insert.table.name, cause);
    tx.insert(insert, cells).await.map(|_| ()).map_err(failed)
}

async fn raise(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    let mut owners: Vec<_> = commit.owners.iter().collect();
    owners.sort();
    let mut cells = Cells::default();
    for (owner, version) in owners {
        cells.area(commit.area).text(owner).int(version + 1);
    }
    insert_all(tx, HEAD, cells).await
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

async fn enter(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    put(tx, EMPLOYER, cells_of!(commit, employers)).await?;
    put(tx, STAFF, cells_of!(commit, staff)).await?;
    insert_all(tx, Insert::into(&rows::WAGES), cells_of!(commit, wages)).await
}

async fn assessments(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    let months = cells_of!(commit, months);
    insert_all(tx, Insert::into(&rows::MONTHS), months).await?;
    let lines = cells_of!(commit, month_lines);
    insert_all(tx, Insert::into(&rows::MONTH_LINES), lines).await?;
    let premiums = cells_of!(commit, premiums);
    insert_all(tx, Insert::into(&rows::PREMIUMS), premiums).await
}

async fn receipts(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    insert_all(tx, Insert::into(&rows::FILES), cells_of!(commit, file)).await?;
    insert_all(tx, Insert::into(&rows::LINES), cells_of!(commit, lines)).await?;
    let allocations = cells_of!(commit, allocations);
    insert_all(tx, Insert::into(&rows::ALLOCATIONS), allocations).await?;
    let fees = cells_of!(commit, late_fees);
    insert_all(tx, Insert::into(&rows::LATE_FEES), fees).await
}

async fn move_line(tx: &mut Tx, area: AreaCode, moved: &LineMoved) -> Result<(), Broken> {
    let sql = "UPDATE receipt_lines SET owner_kind = $1, owner = $2, period = $3, status = $4, \
               note = $5, left_employer_fen = $6, left_person_fen = $7 WHERE area = $8 \
               AND file = $9 AND line_no = $10 AND status = $11 AND left_employer_fen = $12 \
               AND left_person_fen = $13";
    let to = &moved.to;
    let mut cells = Cells::default();
    cells.text(&to.owner_kind).text(&to.owner).text(&to.period);
    cells.text(&to.status).text(&to.note);
    cells.fen(to.left_employer).fen(to.left_person).area(area);
    cells
        .text(&to.file)
        .int(to.line_no)
        .text(&moved.from_status);
    cells.fen(moved.from_left.0).fen(moved.from_left.1);
    update_all(tx, rows::LINES.name, sql.to_owned(), cells, 1).await
}

async fn refunds(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    let new = cells_of!(commit, refunds);
    insert_all(tx, Insert::into(&rows::REFUNDS), new).await?;
    for moved in &commit.refund_moves {
        let dialect = tx.dialect();
        let (decided, paid) = (
            dialect.parameter(3, Kind::Time),
            dialect.parameter(4, Kind::Time),
        );
        let sql = format!(
            "UPDATE contribution_refunds SET state = $1, decided_by = $2, decided_at = {decided}, \
             paid_at = {paid}, note = $5 WHERE area = $6 AND refund = $7 AND state = $8"
        );
        let to = &moved.to;
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.decided_by);
        cells.time_or_null(to.decided_at).time_or_null(to.paid_at);
        cells.text(&to.note).area(commit.area);
        cells.text(&to.refund).text(&moved.from_state);
        update_all(tx, rows::REFUNDS.name, sql, cells, 1).await?;
    }
    Ok(())
}

/// Notes the month as paid for everybody on its list.
async fn pay_month(tx: &mut Tx, area: AreaCode, paid: &MonthPaid) -> Result<(), Broken> {
    let dialect = tx.dialect();
    let (on, at) = (
        dialect.parameter(5, Kind::Date),
        dialect.parameter(6, Kind::Time),
    );
    let sql = format!(
        "INSERT INTO paid_periods (area, person_no, scheme, period, owner, paid_on, noted_at, \
         registered) SELECT area, person_no, 'employee', month, employer, {on}, {at}, $7 \
         FROM employer_month_lines WHERE area = $1 AND employer = $2 AND month = $3 \
         AND version = $4 ON CONFLICT (area, person_no, scheme, period, owner) DO NOTHING"
    );
    let mut cells = Cells::default();
    cells.area(area).text(&paid.employer).text(&paid.month);
    cells.int(paid.version).date(paid.paid_on);
    cells.time(paid.noted_at).bool(false);
    let failed = |cause| Broken::database(rows::PAID.name, cause);
    tx.run(sql, cells).await.map(|_| ()).map_err(failed)
}

async fn ledger(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for (owner, batch) in &commit.ledger {
        for transfer in batch.transfers() {
            bill::put_transfer(&mut cells, commit.area, owner, &transfer);
        }
    }
    insert_all(tx, Insert::into(&rows::TRANSFERS), cells).await
}

async fn log(tx: &mut Tx, commit: &ContributionCommit) -> Result<(), Broken> {
    let Some((person, row)) = &commit.access else {
        return Ok(());
    };
    let mut cells = Cells::default();
    access::put(&mut cells, commit.area, person, &row.result, row);
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}
