use jiff::civil::{Date, DateTime};

/// A list of people in difficulty as it was received (收到的名单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Its number, which is also that of the receipt (回执编号).
    pub list_no: String,
    /// The bureau.
    pub bureau: String,
    /// Full or change.
    pub kind: String,
    /// The identities a full list speaks for, JSON.
    pub covers: String,
    /// The day whose state it gives.
    pub list_day: Date,
    /// The file's name.
    pub file_name: String,
    /// The hash of its bytes.
    pub file_hash: String,
    /// What the sender counted, JSON.
    pub totals: String,
    /// How many rows it has.
    pub row_count: i64,
    /// When it came.
    pub received_at: DateTime,
    /// Who took it in.
    pub received_by: String,
}

/// A step in what becomes of a list (办理过程).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListStepRow {
    /// The list.
    pub list_no: String,
    /// From 1.
    pub step_no: i64,
    /// The state from now on.
    pub state: String,
    /// When.
    pub at: DateTime,
    /// Who.
    pub by_name: String,
    /// What it came to, JSON.
    pub summary: String,
}

/// A row as the bureau wrote it (名单行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLineRow {
    /// Its number in the file.
    pub row_no: i64,
    /// Its cells, JSON.
    pub raw: String,
}

/// What came of a row at a step (核对结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListResultRow {
    /// The step.
    pub step_no: i64,
    /// The row.
    pub row_no: i64,
    /// The person, or empty.
    pub person_no: String,
    /// What came of it.
    pub result: String,
    /// The code of the reason to send it back, or empty.
    pub reason_code: String,
    /// Why, 中文.
    pub reason: String,
}

/// What a list changed in the register (身份变动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChangeRow {
    /// The person.
    pub person_no: String,
    /// The list.
    pub list_no: String,
    /// Which of the list's changes of this person, from 1.
    pub change_no: i64,
    /// The identity.
    pub identity: String,
    /// How it changed.
    pub kind: String,
    /// First day believed before.
    pub was_from: Option<Date>,
    /// Last day believed before.
    pub was_to: Option<Date>,
    /// First day believed from now on.
    pub now_from: Option<Date>,
    /// Last day believed from now on.
    pub now_to: Option<Date>,
    /// The day from which the person was enrolled at once.
    pub enrolled_on: Option<Date>,
    /// How many bills it re-opened.
    pub reopened: i64,
    /// Why, 中文.
    pub reason: String,
    /// When.
    pub changed_at: DateTime,
}
