use jiff::civil::DateTime;

/// Something a check of the register found (疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// Its id, made from check and persons.
    pub finding_id: String,
    /// The check that found it.
    pub check: String,
    /// The person.
    pub person_no: String,
    /// The other person of a pair, or empty.
    pub other_no: String,
    /// `open`, `confirmed`, `dismissed`, `fixed`, or `gone` when a later run no longer finds it.
    pub state: String,
    /// How alike the two are, in thousandths; 0 where there is no pair.
    pub score: i64,
    /// Whose work it is, or empty.
    pub assigned: String,
    /// The run that found it first.
    pub first_run: String,
    /// The last run that found it.
    pub last_run: String,
    /// When its state last changed.
    pub changed_at: DateTime,
    /// Both records' fields and scores, JSON.
    pub evidence: String,
}

/// A pass of the checks over the register (清洗批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleaningRunRow {
    /// Its number.
    pub run_id: String,
    /// `running` or `done`.
    pub state: String,
    /// People looked at.
    pub people: i64,
    /// Who started it.
    pub by_name: String,
    /// When it was started.
    pub started_at: DateTime,
    /// When it was done.
    pub finished_at: Option<DateTime>,
    /// Found, new and gone by check, JSON.
    pub counts: String,
}

/// What was decided on a finding (疑点处理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingDecisionRow {
    /// Its place among the finding's decisions, from 1.
    pub sequence: i64,
    /// What was decided.
    pub decision: String,
    /// Why.
    pub note: String,
    /// By whom.
    pub by_name: String,
    /// When.
    pub decided_at: DateTime,
    /// What followed, JSON.
    pub detail: String,
}

/// Which findings are wanted; every part narrows.
#[derive(Debug, Clone, Default)]
pub struct FindingFilter {
    /// The state.
    pub state: Option<String>,
    /// The check.
    pub check: Option<String>,
    /// A person on either side.
    pub person_no: Option<String>,
    /// Whose work.
    pub assigned: Option<String>,
}

/// How many findings of a check stand in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingCount {
    /// The check.
    pub check: String,
    /// The state.
    pub state: String,
    /// How many.
    pub count: i64,
}

/// How many findings of a check a run found, found for the first time, and no longer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunCount {
    /// The check.
    pub check: String,
    /// Found.
    pub found: i64,
    /// Of these for the first time.
    pub new: i64,
    /// Open before and found no longer.
    pub gone: i64,
}
