use jiff::civil::DateTime;
use money::Fen;
use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

/// Something that happened to an account beside bills (个人账户业务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEventRow {
    /// Whose account, or for whom: the person of the commit.
    pub person_no: String,
    /// Credit, interest, freeze, inheritance, …
    pub kind: String,
    /// The fee month, the year or the number; a person has each of a kind once.
    pub occasion: String,
    /// Its number; the ledger batch rests on it.
    pub event_id: String,
    /// How much, or zero.
    pub amount: Fen,
    /// When.
    pub done_at: DateTime,
    /// Who.
    pub done_by: String,
    /// The policy edition decided under.
    pub edition: String,
    /// Facts and explanation, JSON.
    pub detail: String,
}

/// What one person proposes and another decides (待复核事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountProposalRow {
    /// Whose account.
    pub person_no: String,
    /// Its number.
    pub proposal_id: String,
    /// How often it changed, from 1.
    pub version: i64,
    /// Inheritance.
    pub kind: String,
    /// Proposed, approved, rejected.
    pub state: String,
    /// How much.
    pub amount: Fen,
    /// When proposed.
    pub proposed_at: DateTime,
    /// By whom.
    pub proposed_by: String,
    /// When decided.
    pub decided_at: Option<DateTime>,
    /// By whom, or empty.
    pub decided_by: String,
    /// Facts, JSON.
    pub detail: String,
}

/// From which base or pension an account is credited (划账基数).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBaseRow {
    /// Whose account.
    pub person_no: String,
    /// From this fee month on, until the next row.
    pub from_month: String,
    /// 缴费基数.
    pub base: Option<Fen>,
    /// 月养老金.
    pub pension: Option<Fen>,
    /// From where it is known.
    pub source: String,
    /// When it was noted.
    pub noted_at: DateTime,
}

/// A run over all accounts and how far it came (批量任务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRunRow {
    /// Credit or interest.
    pub kind: String,
    /// The fee month or the year.
    pub period: String,
    /// The last person done.
    pub after_person: String,
    /// People looked at.
    pub persons: i64,
    /// Accounts that moved.
    pub moved: i64,
    /// What was added to them.
    pub amount: Fen,
    /// People to whom nothing happened, for a lawful reason.
    pub skipped: i64,
    /// Counts by problem, JSON.
    pub problems: String,
    /// When it began.
    pub started_at: DateTime,
    /// When it ended.
    pub ended_at: Option<DateTime>,
    /// Who began it.
    pub started_by: String,
}

/// The purses of a person that stop paying, or pay again (冻结、解冻).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountHold {
    /// Why they do not pay; empty to let them pay again.
    pub hold: String,
    /// What they showed when it was decided.
    pub before: String,
    /// How many purses the person has.
    pub purses: u64,
}

pub(crate) const EVENTS: Table = Table {
    name: "account_events",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("kind", Kind::Text),
        ("occasion", Kind::Text),
        ("event_id", Kind::Text),
        ("amount_fen", Kind::Int),
        ("done_at", Kind::Time),
        ("done_by", Kind::Text),
        ("edition", Kind::Text),
        ("detail", Kind::Json),
    ],
};

pub(crate) const PROPOSALS: Table = Table {
    name: "account_proposals",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("proposal_id", Kind::Text),
        ("version", Kind::Int),
        ("kind", Kind::Text),
        ("state", Kind::Text),
        ("amount_fen", Kind::Int),
        ("proposed_at", Kind::Time),
        ("proposed_by", Kind::Text),
        ("decided_at", Kind::Time),
        ("decided_by", Kind::Text),
        ("detail", Kind::Json),
    ],
};

pub(crate) const BASES: Table = Table {
    name: "account_bases",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("from_month", Kind::Text),
        ("base_fen", Kind::Int),
        ("pension_fen", Kind::Int),
        ("source", Kind::Text),
        ("noted_at", Kind::Time),
    ],
};

pub(crate) const RUNS: Table = Table {
    name: "account_runs",
    home: Home::Column("period"),
    columns: &[
        ("area", Kind::Int),
        ("kind", Kind::Text),
        ("period", Kind::Text),
        ("after_person", Kind::Text),
        ("persons", Kind::Int),
        ("moved", Kind::Int),
        ("amount_fen", Kind::Int),
        ("skipped", Kind::Int),
        ("problems", Kind::Json),
        ("started_at", Kind::Time),
        ("ended_at", Kind::Time),
        ("started_by", Kind::Text),
    ],
};

pub(crate) fn put_event<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a AccountEventRow) {
    cells.area(area).text(&row.person_no).text(&row.kind);
    cells
        .text(&row.occasion)
        .text(&row.event_id)
        .fen(row.amount);
    cells.time(row.done_at).text(&row.done_by);
    cells.text(&row.edition).text(&row.detail);
}

pub(crate) fn take_event(record: &mut Record) -> Result<AccountEventRow, Fault> {
    record.skip(1);
    Ok(AccountEventRow {
        person_no: record.text()?,
        kind: record.text()?,
        occasion: record.text()?,
        event_id: record.text()?,
        amount: record.fen()?,
        done_at: record.time()?,
        done_by: record.text()?,
        edition: record.text()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_proposal<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a AccountProposalRow) {
    cells.area(area).text(&row.person_no).text(&row.proposal_id);
    cells.int(row.version).text(&row.kind).text(&row.state);
    cells.fen(row.amount).time(row.proposed_at);
    cells.text(&row.proposed_by).time_or_null(row.decided_at);
    cells.text(&row.decided_by).text(&row.detail);
}

pub(crate) fn take_proposal(record: &mut Record) -> Result<AccountProposalRow, Fault> {
    record.skip(1);
    Ok(AccountProposalRow {
        person_no: record.text()?,
        proposal_id: record.text()?,
        version: record.int()?,
        kind: record.text()?,
        state: record.text()?,
        amount: record.fen()?,
        proposed_at: record.time()?,
        proposed_by: record.text()?,
        decided_at: record.time_or_null()?,
        decided_by: record.text()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_base<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a AccountBaseRow) {
    cells.area(area).text(&row.person_no).text(&row.from_month);
    cells.fen_or_null(row.base).fen_or_null(row.pension);
    cells.text(&row.source).time(row.noted_at);
}

pub(crate) fn take_base(record: &mut Record) -> Result<AccountBaseRow, Fault> {
    record.skip(1);
    Ok(AccountBaseRow {
        person_no: record.text()?,
        from_month: record.text()?,
        base: record.fen_or_null()?,
        pension: record.fen_or_null()?,
        source: record.text()?,
        noted_at: record.time()?,
    })
}

pub(crate) fn put_run<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a AccountRunRow) {
    cells.area(area).text(&row.kind).text(&row.period);
    cells
        .text(&row.after_person)
        .int(row.persons)
        .int(row.moved);
    cells.fen(row.amount).int(row.skipped).text(&row.problems);
    cells.time(row.started_at).time_or_null(row.ended_at);
    cells.text(&row.started_by);
}

pub(crate) fn take_run(record: &mut Record) -> Result<AccountRunRow, Fault> {
    record.skip(1);
    Ok(AccountRunRow {
        kind: record.text()?,
        period: record.text()?,
        after_person: record.text()?,
        persons: record.int()?,
        moved: record.int()?,
        amount: record.fen()?,
        skipped: record.int()?,
        problems: record.text()?,
        started_at: record.time()?,
        ended_at: record.time_or_null()?,
        started_by: record.text()?,
    })
}
