use jiff::civil::{Date, DateTime};

/// A filing (备案申请): what was applied for in a person's name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingRow {
    /// The person.
    pub person_no: String,
    /// Its number.
    pub filing_id: String,
    /// Rises by one with every change, from 1.
    pub version: i64,
    /// What is applied for.
    pub class: String,
    /// Pending, valid, rejected, withdrawn.
    pub state: String,
    /// Whether the agency has looked at it.
    pub reviewed: bool,
    /// The person's name.
    pub person_name: String,
    /// The institution that filed it; empty for a counter of the agency.
    pub institution: String,
    /// What it is about, in a few words.
    pub subject: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// When it was filed.
    pub filed_at: DateTime,
    /// Everything else, JSON.
    pub detail: String,
}

/// Which filings to list (申请筛选); what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilingFilter {
    /// Those in this state.
    pub state: Option<String>,
    /// Those of this class.
    pub class: Option<String>,
    /// Those an institution filed.
    pub institution: Option<String>,
    /// Those of a person.
    pub person_no: Option<String>,
    /// Those the agency has looked at, or has not.
    pub reviewed: Option<bool>,
}
