use jiff::civil::{Date, DateTime};
use money::Fen;

/// One entry of a person's register (登记记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    /// Its number within the person, rising from 1.
    pub number: i64,
    /// The kind of fact.
    pub kind: String,
    /// First day it holds.
    pub starts_on: Date,
    /// Last day it holds.
    pub ends_on: Option<Date>,
    /// What it states, JSON.
    pub fact: String,
    /// When it was recorded.
    pub recorded_at: DateTime,
    /// Who recorded it.
    pub recorded_by: String,
    /// From where it came.
    pub source: String,
    /// The entry it takes the place of, or 0.
    pub replaces: i64,
    /// Whether it only takes the other back.
    pub withdrawn: bool,
}

/// By what else a person is found (检索项): telephone, household, employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    /// What it is.
    pub kind: String,
    /// Its value.
    pub value: String,
}

/// What a change of the register writes: entries to add, and the person's rows made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterChange {
    /// New entries.
    pub facts: Vec<FactRow>,
    /// The person as now believed; accounts and counters in it are left alone.
    pub file: super::PersonFile,
    /// Bills that the change would have decided otherwise.
    pub reopened: Vec<ReopenedRow>,
}

/// A bill that a change of the past would have decided otherwise (追溯差额).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopenedRow {
    /// The person.
    pub person_no: String,
    /// The settlement.
    pub settlement_id: String,
    /// The last entry of the change that re-opened it.
    pub fact_no: i64,
    /// `open`, `accepted`, `dismissed`.
    pub state: String,
    /// When it was found.
    pub found_at: DateTime,
    /// Why, 中文.
    pub reason: String,
    /// What the funds paid.
    pub fund_before: Fen,
    /// What they would pay now.
    pub fund_after: Fen,
    /// What the person bore: accounts and cash.
    pub own_before: Fen,
    /// What the person would bear now.
    pub own_after: Fen,
    /// Whatever explains it, JSON.
    pub detail: String,
    /// Who decided what to make of it, or empty.
    pub decided_by: String,
    /// When that was decided.
    pub decided_at: Option<DateTime>,
}
