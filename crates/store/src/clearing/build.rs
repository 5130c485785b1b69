//! Building a month: settlements no statement has yet become bills, open adjustments are taken.
//!
//! One transaction holds the month; a second build of it waits, and then finds nothing left.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::commit::finish;
use super::{AdjustmentRow, StatementBillRow, StatementEventRow, StatementRow, rows};
use crate::cell::{Cells, Record};
use crate::engine::Tx;
use crate::record::{Broken, insert_all};
use crate::table::{Insert, Kind, Table};
use crate::tables::access;
use crate::{AccessRow, Answer, Fault, Store};

/// Which settlements a build looks at.
#[derive(Debug, Clone)]
pub struct BuildPlan {
    /// The pooling area.
    pub area: AreaCode,
    /// 清算年月.
    pub month: String,
    /// Settlements of this day or later.
    pub from: Date,
    /// Settlements before this day: the first after the month.
    pub before: Date,
    /// Of one institution, or of all where empty.
    pub institution: String,
    /// The line of the access log.
    pub access: AccessRow,
}

/// A settlement no statement has yet, with what each fund pays of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// 人员编号.
    pub person_no: String,
    /// 结算编号.
    pub settlement: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 医疗类别.
    pub care_type: String,
    /// What personal accounts pay.
    pub account: Fen,
    /// What each fund pays, by the fund's word.
    pub funds: Vec<(String, Fen)>,
}

/// All that goes into one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// 清算单号.
    pub statement: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// The draft as it stands, where there is one.
    pub before: Option<StatementRow>,
    /// Its bills by settlement.
    pub bills: Vec<StatementBillRow>,
    /// What adjusts it, oldest first; without what earlier builds derived.
    pub adjustments: Vec<AdjustmentRow>,
}

/// A statement as composed (清算单组成).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The statement.
    pub row: StatementRow,
    /// Adjustments that follow from the others; their numbers begin with the statement's.
    pub derived: Vec<AdjustmentRow>,
    /// The step to note, where something changed; its number is given here.
    pub event: Option<StatementEventRow>,
}

/// How a month's statements are made; pure, so that a build sees one moment.
pub struct Makers<'a> {
    /// The bills of a settlement, one per book; a statement's number with each.
    pub bills: &'a (dyn Fn(&Candidate) -> Vec<StatementBillRow> + Sync),
    /// The statement number of an institution's book in this month.
    pub number: &'a (dyn Fn(&str, &str) -> String + Sync),
    /// The statement of all that was gathered.
    pub compose: &'a (dyn Fn(Gathered) -> Composed + Sync),
}

/// What a build did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthBuilt {
    /// Statements that are new or say something else than before.
    pub changed: i64,
    /// Drafts that say what they said.
    pub unchanged: i64,
    /// Bills taken.
    pub bills: i64,
    /// Adjustments taken.
    pub adjustments: i64,
}

impl Store {
    /// Builds the drafts of a month anew; nothing is answered where somebody else changed them
    /// meanwhile.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn build_month(
        &self,
        plan: &BuildPlan,
        makers: &Makers<'_>,
    ) -> Result<Option<MonthBuilt>, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        let written = build(&mut tx, plan, makers).await;
        match finish(tx, written).await? {
            (Answer::Done, built) => Ok(built),
            _ => Ok(None),
        }
    }
}

async fn build(tx: &mut Tx, plan: &BuildPlan, makers: &Makers<'_>) -> Result<MonthBuilt, Broken> {
    lock(tx, plan).await?;
    let known = statements(tx, plan).await?;
    let open = |statement: &str| known.get(statement).is_none_or(|row| row.state == "draft");
    let mut built = MonthBuilt::default();
    let mut touched = Touched::new();
    let mut bills = Vec::new();
    for candidate in candidates(tx, plan).await? {
        let made = (makers.bills)(&candidate);
        // A settlement enters whole: where one of its statements is out, it waits for a month.
        if made.iter().all(|bill| open(&bill.statement)) {
            for bill in &made {
                let whose = (candidate.institution.clone(), bill.book.clone());
                touched.insert(bill.statement.clone(), whose);
            }
            bills.extend(made);
        }
    }
    built.bills = count(bills.len());
    put_bills(tx, plan.area, &bills).await?;
    drop(bills);
    let taken = take_adjustments(tx, plan, makers, &open).await?;
    built.adjustments = count(taken.len());
    touched.extend(taken);
    for row in known.values().filter(|row| row.state == "draft") {
        let whose = (row.institution.clone(), row.book.clone());
        touched.insert(row.statement.clone(), whose);
    }
    let touched: Vec<(String, Whose)> = touched.into_iter().collect();
    for some in touched.chunks(TOGETHER) {
        compose(tx, plan, makers, (some, &known), &mut built).await?;
    }
    log(tx, plan).await?;
    Ok(built)
}

/// Institution and book of a statement.
type Whose = (String, String);
/// Statements a build writes, by number.
type Touched = BTreeMap<String, Whose>;

/// Statements composed at once.
const TOGETHER: usize = 200;

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// Holds the month until the end of the transaction.
async fn lock(tx: &mut Tx, plan: &BuildPlan) -> Result<(), Broken> {
    const RAISE: Insert = Insert::or(
        &rows::HEADS,
        "ON CONFLICT (area, subject) DO UPDATE SET version = clearing_heads.version + 1",
    );
    let mut cells = Cells::default();
    cells.area(plan.area).text("build").int(1);
    insert_all(tx, RAISE, cells).await
}

async fn read<T>(
    tx: &mut Tx,
    table: &'static Table,
    (rest, cells): (&str, Cells<'_>),
    take: fn(&mut Record) -> Result<T, Fault>,
) -> Result<Vec<T>, Broken> {
    let columns = tx.dialect().columns(table);
    let sql = format!("SELECT {columns} FROM {} {rest}", table.name);
    let kinds: Vec<Kind> = table.columns.iter().map(|(_, kind)| *kind).collect();
    let found = tx.query(sql, &kinds, cells).await;
    let found = found.map_err(|cause| Broken::database(table.name, cause))?;
    let rows = found.into_iter().map(|mut record| take(&mut record));
    rows.collect::<Result<_, _>>().map_err(Broken::Fault)
}

async fn statements(
    tx: &mut Tx,
    plan: &BuildPlan,
) -> Result<HashMap<String, StatementRow>, Broken> {
    let mut cells = Cells::default();
    cells.area(plan.area).text(&plan.month);
    cells.text(&plan.institution);
    let rest = "WHERE area = $1 AND month = $2 AND ($3 = '' OR institution = $3)";
    let found = read(tx, &rows::STATEMENTS, (rest, cells), StatementRow::take);
    let found = found.await?.into_iter();
    Ok(found.map(|row| (row.statement.clone(), row)).collect())
}

/// Settlements that are in no statement, reversals among them, oldest number first.
async fn candidates(tx: &mut Tx, plan: &BuildPlan) -> Result<Vec<Candidate>, Broken> {
    let dialect = tx.dialect();
    let (from, before) = (
        dialect.parameter(2, Kind::Time),
        dialect.parameter(3, Kind::Time),
    );
    let sql = format!(
        "SELECT s.person_no, s.settlement_id, s.institution, s.care_type, \
         s.account_fen + s.family_fen, COALESCE(f.fund, ''), COALESCE(f.amount_fen, 0) \
         FROM settlements s LEFT JOIN settlement_funds f ON f.area = s.area \
         AND f.person_no = s.person_no AND f.settlement_id = s.settlement_id \
         WHERE s.area = $1 AND s.settled_at >= {from} AND s.settled_at < {before} \
         AND ($4 = '' OR s.institution = $4) \
         AND (s.fund_fen <> 0 OR s.account_fen + s.family_fen <> 0) \
         AND NOT EXISTS (SELECT 1 FROM clearing_bills b WHERE b.area = s.area \
         AND b.person_no = s.person_no AND b.settlement_id = s.settlement_id) \
         ORDER BY s.settlement_id, s.person_no, f.fund"
    );
    let mut cells = Cells::default();
    let midnight = |day: Date| day.at(0, 0, 0, 0);
    cells.area(plan.area).time(midnight(plan.from));
    cells.time(midnight(plan.before)).text(&plan.institution);
    let (text, int) = (Kind::Text, Kind::Int);
    let kinds = [text, text, text, text, int, text, int];
    let found = tx.query(sql, &kinds, cells).await;
    let found = found.map_err(|cause| Broken::database("settlements", cause))?;
    let mut all: Vec<Candidate> = Vec::new();
    for mut record in found {
        let (row, fund) = candidate(&mut record).map_err(Broken::Fault)?;
        let same = |last: &&mut Candidate| {
            last.settlement == row.settlement && last.person_no == row.person_no
        };
        match all.last_mut().filter(same) {
            Some(last) => last.funds.extend(fund),
            None => {
                all.push(row);
                if let Some(last) = all.last_mut() {
                    last.funds.extend(fund);
                }
            }
        }
    }
    Ok(all)
}

fn candidate(record: &mut Record) -> Result<(Candidate, Option<(String, Fen)>), Fault> {
    let row = Candidate {
        person_no: record.text()?,
        settlement: record.text()?,
        institution: record.text()?,
        care_type: record.text()?,
        account: record.fen()?,
        funds: Vec::new(),
    };
    let fund = (record.text()?, record.fen()?);
    Ok((row, Some(fund).filter(|fund| !fund.0.is_empty())))
}

async fn put_bills(tx: &mut Tx, area: AreaCode, bills: &[StatementBillRow]) -> Result<(), Broken> {
    for some in bills.chunks(5_000) {
        let mut cells = Cells::default();
        some.iter().for_each(|row| row.put(&mut cells, area));
        insert_all(tx, Insert::into(&rows::BILLS), cells).await?;
    }
    Ok(())
}

/// Takes what is open into the statements that can still take it; the statements' numbers.
async fn take_adjustments(
    tx: &mut Tx,
    plan: &BuildPlan,
    makers: &Makers<'_>,
    open: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<(String, Whose)>, Broken> {
    let mut cells = Cells::default();
    cells.area(plan.area).text(&plan.month);
    cells.text(&plan.institution);
    let rest = "WHERE area = $1 AND state = 'open' AND first_month <= $2 \
                AND ($3 = '' OR institution = $3) ORDER BY made_at, adjustment_id";
    let found = read(tx, &rows::ADJUSTMENTS, (rest, cells), AdjustmentRow::take);
    let mut taken = Vec::new();
    let mut cells = Cells::default();
    let mut found = found.await?;
    for row in &mut found {
        let statement = (makers.number)(&row.institution, &row.book);
        if open(&statement) {
            "taken".clone_into(&mut row.state);
            row.statement.clone_from(&statement);
            taken.push((statement, (row.institution.clone(), row.book.clone())));
        }
    }
    for row in found.iter().filter(|row| row.state == "taken") {
        row.put(&mut cells, plan.area);
    }
    const TAKE: Insert = Insert::or(
        &rows::ADJUSTMENTS,
        "ON CONFLICT (area, adjustment_id) DO UPDATE SET state = excluded.state, \
         statement_id = excluded.statement_id WHERE clearing_adjustments.state = 'open'",
    );
    insert_all(tx, TAKE, cells).await?;
    Ok(taken)
}

/// `column IN (…)` of statement numbers, behind the area.
fn among(area: AreaCode, statements: &[(String, Whose)]) -> (String, Cells<'_>) {
    let mut cells = Cells::default();
    cells.area(area);
    statements.iter().for_each(|(one, _)| {
        cells.text(one);
    });
    let places: Vec<String> = (2..statements.len() + 2).map(|n| format!("${n}")).collect();
    let list = places.join(",");
    (
        format!("WHERE area = $1 AND statement_id IN ({list})"),
        cells,
    )
}

/// Composes some statements from all their bills and adjustments, and writes them.
async fn compose(
    tx: &mut Tx,
    plan: &BuildPlan,
    makers: &Makers<'_>,
    (some, known): (&[(String, Whose)], &HashMap<String, StatementRow>),
    built: &mut MonthBuilt,
) -> Result<(), Broken> {
    let mut all = gather(tx, plan.area, (some, known)).await?;
    let events = sequences(tx, plan.area, some).await?;
    let mut composed = Vec::with_capacity(some.len());
    for (statement, _) in some {
        let Some(gathered) = all.remove(statement) else {
            continue;
        };
        let mut one = (makers.compose)(gathered);
        if let Some(event) = &mut one.event {
            event.sequence = events.get(statement).copied().unwrap_or(0) + 1;
        }
        match &one.event {
            Some(_) => built.changed += 1,
            None => built.unchanged += 1,
        }
        composed.push(one);
    }
    write(tx, plan.area, &composed).await
}

async fn gather(
    tx: &mut Tx,
    area: AreaCode,
    (some, known): (&[(String, Whose)], &HashMap<String, StatementRow>),
) -> Result<BTreeMap<String, Gathered>, Broken> {
    let empty = |statement: &String, whose: &Whose| Gathered {
        statement: statement.clone(),
        institution: whose.0.clone(),
        book: whose.1.clone(),
        before: known.get(statement).cloned(),
        bills: Vec::new(),
        adjustments: Vec::new(),
    };
    let mut all: BTreeMap<String, Gathered> = some
        .iter()
        .map(|(statement, whose)| (statement.clone(), empty(statement, whose)))
        .collect();
    let (rest, cells) = among(area, some);
    let rest = format!("{rest} ORDER BY statement_id, settlement_id, person_no");
    let bills = read(tx, &rows::BILLS, (&rest, cells), StatementBillRow::take);
    for bill in bills.await? {
        if let Some(one) = all.get_mut(&bill.statement) {
            one.bills.push(bill);
        }
    }
    let (rest, cells) = among(area, some);
    let rest = format!("{rest} ORDER BY made_at, adjustment_id");
    let adjustments = read(tx, &rows::ADJUSTMENTS, (&rest, cells), AdjustmentRow::take);
    for row in adjustments.await? {
        if let Some(one) = all.get_mut(&row.statement).filter(|_| !row.is_derived()) {
            one.adjustments.push(row);
        }
    }
    Ok(all)
}

/// The last step of each statement.
async fn sequences(
    tx: &mut Tx,
    area: AreaCode,
    some: &[(String, Whose)],
) -> Result<HashMap<String, i64>, Broken> {
    let (rest, cells) = among(area, some);
    let sql = format!(
        "SELECT statement_id, CAST(MAX(sequence) AS bigint) FROM clearing_events {rest} \
         GROUP BY statement_id"
    );
    let found = tx.query(sql, &[Kind::Text, Kind::Int], cells).await;
    let found = found.map_err(|cause| Broken::database("clearing_events", cause))?;
    let pair = |mut record: Record| Ok((record.text()?, record.int()?));
    found
        .into_iter()
        .map(pair)
        .collect::<Result<_, _>>()
        .map_err(Broken::Fault)
}

async fn write(tx: &mut Tx, area: AreaCode, composed: &[Composed]) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &rows::STATEMENTS,
        "ON CONFLICT (area, statement_id) DO UPDATE SET bills = excluded.bills, \
         funds_fen = excluded.funds_fen, account_fen = excluded.account_fen, \
         adjusted_fen = excluded.adjusted_fen, due_fen = excluded.due_fen, \
         snapshot = excluded.snapshot, lines = excluded.lines, built_by = excluded.built_by, \
         built_at = excluded.built_at, applied_on = excluded.applied_on \
         WHERE clearing_statements.state = 'draft'",
    );
    let (mut put, mut derived, mut events) = (Cells::default(), Cells::default(), Cells::default());
    for one in composed {
        drop_derived(tx, area, &one.row.statement).await?;
        one.derived
            .iter()
            .for_each(|row| row.put(&mut derived, area));
        if let Some(event) = &one.event {
            one.row.put(&mut put, area);
            event.put(&mut events, area);
        }
    }
    insert_all(tx, PUT, put).await?;
    insert_all(tx, Insert::into(&rows::ADJUSTMENTS), derived).await?;
    insert_all(tx, Insert::into(&rows::EVENTS), events).await
}

/// Removes what an earlier composition of the statement derived.
pub(super) async fn drop_derived(
    tx: &mut Tx,
    area: AreaCode,
    statement: &str,
) -> Result<(), Broken> {
    let (first, last) = (format!("{statement}-"), format!("{statement}."));
    let sql = "DELETE FROM clearing_adjustments WHERE area = $1 AND adjustment_id >= $2 \
               AND adjustment_id < $3 AND statement_id = $4";
    let mut cells = Cells::default();
    cells.area(area).text(&first).text(&last).text(statement);
    let failed = |cause| Broken::database(rows::ADJUSTMENTS.name, cause);
    tx.run(sql.to_owned(), cells)
        .await
        .map(|_| ())
        .map_err(failed)
}

async fn log(tx: &mut Tx, plan: &BuildPlan) -> Result<(), Broken> {
    let mut cells = Cells::default();
    access::put(&mut cells, plan.area, "", &plan.access.result, &plan.access);
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}
