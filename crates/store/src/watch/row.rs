use jiff::civil::{Date, DateTime};
use money::Fen;

/// A month that was watched (预警月份).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRunRow {
    /// The month, such as 2026-03.
    pub month: String,
    /// Which run of the month, from 1.
    pub run_no: i64,
    /// When.
    pub ran_at: DateTime,
    /// Who.
    pub ran_by: String,
    /// The policy edition.
    pub edition: String,
    /// How many people it put forward.
    pub people: i64,
}

/// Somebody put forward (预警人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchLineRow {
    /// The person.
    pub person_no: String,
    /// The month.
    pub month: String,
    /// The run.
    pub run_no: i64,
    /// The person's name on the day.
    pub name: String,
    /// The line.
    pub line: String,
    /// The line's amount.
    pub threshold: Fen,
    /// The own share of the year.
    pub own: Fen,
    /// Bills, bureaus and sentences, JSON.
    pub detail: String,
}

/// What a bureau answered about somebody put forward (反馈).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchAnswerRow {
    /// The person.
    pub person_no: String,
    /// The month.
    pub month: String,
    /// From 1.
    pub answer_no: i64,
    /// The bureau.
    pub bureau: String,
    /// Whether the person was recognised (认定).
    pub recognised: bool,
    /// With which identity, or empty.
    pub identity: String,
    /// The day of the decision.
    pub answered_on: Date,
    /// When it was recorded.
    pub recorded_at: DateTime,
    /// Who recorded it.
    pub recorded_by: String,
    /// What they say about it.
    pub note: String,
}

/// The own money of one settlement, as far as a watch needs it (结算单的个人负担).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnMoneyRow {
    /// The person.
    pub person_no: String,
    /// The settlement.
    pub settlement_id: String,
    /// The scheme.
    pub scheme: String,
    /// The benefit year.
    pub benefit_year: i32,
    /// When it was settled.
    pub settled_at: DateTime,
    /// When it was taken back.
    pub reversed_at: Option<DateTime>,
    /// What the person's own money went into, JSON.
    pub own: String,
}
