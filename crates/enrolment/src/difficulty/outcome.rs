use money::Ratio;
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use super::{Days, Rejection};

/// How a span of an identity changes (变动).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 新增.
    Starts,
    /// 提前: it began earlier than was believed.
    Earlier,
    /// 延续.
    Prolonged,
    /// 退出, or a last day that is earlier than was believed.
    Ends,
    /// 撤销.
    Withdrawn,
}

impl ChangeKind {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Starts => "starts",
            Self::Earlier => "earlier",
            Self::Prolonged => "prolonged",
            Self::Ends => "ends",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Starts => "新增",
            Self::Earlier => "提前",
            Self::Prolonged => "延续",
            Self::Ends => "退出",
            Self::Withdrawn => "撤销",
        }
    }

    /// The change that a word names.
    pub fn of(word: &str) -> Option<Self> {
        let all = [
            Self::Starts,
            Self::Earlier,
            Self::Prolonged,
            Self::Ends,
            Self::Withdrawn,
        ];
        all.into_iter().find(|kind| kind.word() == word)
    }

    /// How one span differs from another; nothing if it does not.
    pub fn between(before: Option<Days>, after: Option<Days>) -> Option<Self> {
        let (before, after) = match (before, after) {
            (None, None) => return None,
            (None, Some(_)) => return Some(Self::Starts),
            (Some(_), None) => return Some(Self::Withdrawn),
            (Some(before), Some(after)) => (before, after),
        };
        let last = |days: Days| days.to.unwrap_or(Date::MAX);
        if after.from < before.from {
            Some(Self::Earlier)
        } else if last(after) > last(before) {
            Some(Self::Prolonged)
        } else if last(after) < last(before) {
            Some(Self::Ends)
        } else {
            None
        }
    }
}

/// What came of a row (处理结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// It changes something.
    Accepted(ChangeKind),
    /// It says what is believed already (不变).
    Unchanged,
    /// It repeats another row word for word (重复).
    Repeated,
    /// It is sent back (退回).
    Rejected(Rejection),
}

impl RowState {
    /// The stable word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Accepted(kind) => kind.word(),
            Self::Unchanged => "unchanged",
            Self::Repeated => "repeated",
            Self::Rejected(_) => "rejected",
        }
    }

    /// The 中文 name.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Accepted(kind) => kind.zh(),
            Self::Unchanged => "不变",
            Self::Repeated => "重复",
            Self::Rejected(_) => "退回",
        }
    }
}

/// A row with what came of it (核对结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowResult {
    /// Its number.
    pub row: u32,
    /// Who it is about, as far as the register knows.
    pub person_no: Option<String>,
    /// What came of it.
    pub state: RowState,
    /// Why, as a sentence.
    pub reason: String,
}

/// A change of the register that the list causes (身份变动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub person_no: String,
    /// 救助身份.
    pub identity: Word,
    /// How it changes.
    pub kind: ChangeKind,
    /// The days believed before.
    pub before: Option<Days>,
    /// The days believed from now on.
    pub after: Option<Days>,
    /// The rows that cause it; none for somebody who is not on a full list.
    pub rows: Vec<u32>,
    /// The day from which the person is enrolled at once, having no cover (随时参保).
    pub enrol_from: Option<Date>,
    /// Years whose contribution is to be looked at again for the subsidy (资助参保年度).
    pub subsidy_years: Vec<i16>,
    /// Why, as a sentence.
    pub reason: String,
}

/// What a list comes to (名单核对结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// Every row, by number.
    pub rows: Vec<RowResult>,
    /// What changes, by person, identity and day.
    pub changes: Vec<Change>,
    /// How many of the bureau's holders there were of the identities that a full list covers.
    pub held_before: usize,
    /// How many of them a full list ends.
    pub ended: usize,
    /// Whether a second person has to agree (须第二人复核).
    pub needs_second_person: bool,
}

impl Intake {
    /// Rows that are sent back.
    pub fn rejected(&self) -> impl Iterator<Item = &RowResult> {
        let sent_back = |row: &&RowResult| matches!(row.state, RowState::Rejected(_));
        self.rows.iter().filter(sent_back)
    }

    /// The share of holders that a full list ends.
    pub fn ended_share(&self) -> Ratio {
        let (ended, held) = (self.ended, self.held_before);
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        match held {
            0 => Ratio::ZERO,
            held => Ratio::new(whole(ended), whole(held)),
        }
    }
}
