use jiff::civil::DateTime;

/// A file taken into the register, as far as it has come (导入批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number.
    pub import_id: String,
    /// SHA-256 of the file, hexadecimal: the same file is known again by it.
    pub file_hash: String,
    /// The file's name, for the reader.
    pub file_name: String,
    /// What is in it: people.
    pub kind: String,
    /// `running` until the last row is consumed, then `done`.
    pub state: String,
    /// Rows of data in the file.
    pub total_rows: i64,
    /// Rows consumed so far, counted from the first row of data.
    pub position: i64,
    /// People entered.
    pub accepted: i64,
    /// Rows turned away.
    pub rejected: i64,
    /// Rows that say what the register says already.
    pub known: i64,
    /// The number that the first row's person gets where the file gives none; the next row gets
    /// the next one.
    pub first_number: i64,
    /// Who started it.
    pub by_name: String,
    /// When it was started.
    pub started_at: DateTime,
    /// When it last moved on.
    pub moved_at: DateTime,
    /// Counts by fault, JSON.
    pub detail: String,
}

/// How far one step moves an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportStep {
    /// Where the import stood when the step was made.
    pub from: i64,
    /// Where it stands afterwards.
    pub to: i64,
    /// Rows turned away in this step.
    pub rejected: i64,
    /// Rows of this step that the register knows already.
    pub known: i64,
    /// When.
    pub at: DateTime,
}

/// A number that names a person of the register, with that person's own facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRow {
    /// The document's number.
    pub value: String,
    /// The person's number.
    pub person_no: String,
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: String,
    /// Date of birth.
    pub birth: jiff::civil::Date,
    /// Date of death.
    pub death: Option<jiff::civil::Date>,
}
