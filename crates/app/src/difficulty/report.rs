use enrolment::difficulty::{Change, Intake, RawRow, RowState};
use serde::{Deserialize, Serialize};
use store::{ListChangeRow, ListResultRow, ListRow, ListStepRow};

use crate::office::Clerk;
use crate::register::Actor;
use crate::{App, Error};

/// How many lists the inbox shows.
const SHOWN: usize = 200;

/// Where a list stands (办理状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    /// 已核对: set against the register, nothing changed yet.
    Checked,
    /// 入册中: being applied; was interrupted if nobody is at it.
    Applying,
    /// 已入册.
    Applied,
    /// 已退回: sent back as a whole by somebody.
    SentBack,
}

impl ListState {
    const ALL: [Self; 4] = [Self::Checked, Self::Applying, Self::Applied, Self::SentBack];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::SentBack => "sent_back",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Checked => "待入册",
            Self::Applying => "入册中",
            Self::Applied => "已入册",
            Self::SentBack => "已退回",
        }
    }

    /// The state that a word names.
    ///
    /// # Errors
    /// [`Error::Bug`] for a word of another version.
    pub fn of(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Error::Bug(format!("a list stands at “{word}”")))
    }
}

/// What a list came to, in numbers (核对汇总).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListSummary {
    /// 行数.
    pub rows: usize,
    /// Rows that change something.
    pub accepted: usize,
    /// Rows that say what is believed.
    pub unchanged: usize,
    /// Rows that repeat another.
    pub repeated: usize,
    /// Rows that are sent back.
    pub rejected: usize,
    /// Changes of the register.
    pub changes: usize,
    /// Holders before, of the identities a full list covers.
    pub held_before: usize,
    /// Holders that a full list ends.
    pub ended: usize,
    /// Whether a second person has to agree.
    pub needs_second_person: bool,
    /// People enrolled at once.
    pub enrolled: usize,
    /// Bills that were re-opened.
    pub reopened: usize,
}

impl ListSummary {
    pub(super) fn of(intake: &Intake) -> Self {
        let count = |wanted: fn(&RowState) -> bool| {
            let rows = intake.rows.iter();
            rows.filter(|row| wanted(&row.state)).count()
        };
        Self {
            rows: intake.rows.len(),
            accepted: count(|state| matches!(state, RowState::Accepted(_))),
            unchanged: count(|state| matches!(state, RowState::Unchanged)),
            repeated: count(|state| matches!(state, RowState::Repeated)),
            rejected: count(|state| matches!(state, RowState::Rejected(_))),
            changes: intake.changes.len(),
            held_before: intake.held_before,
            ended: intake.ended,
            needs_second_person: intake.needs_second_person,
            enrolled: 0,
            reopened: 0,
        }
    }
}

/// A list with all that is known of it (名单及核对结果).
#[derive(Debug, Clone)]
pub struct ListReport {
    /// The list; its number is empty as long as it is only looked at.
    pub list: ListRow,
    /// Where it stands.
    pub state: ListState,
    /// What it came to.
    pub summary: ListSummary,
    /// Every row as written.
    pub rows: Vec<RawRow>,
    /// What came of each row, by number.
    pub results: Vec<ListResultRow>,
    /// What it would change, while it has not been applied.
    pub planned: Vec<Change>,
    /// What it changed.
    pub changed: Vec<ListChangeRow>,
    /// Every step.
    pub steps: Vec<ListStepRow>,
    /// Whether the same file had come before.
    pub seen_before: bool,
}

/// What is kept of the rows of an intake at a step.
pub(super) fn result_rows(intake: &Intake, step_no: i64) -> Vec<ListResultRow> {
    let row = |row: &enrolment::difficulty::RowResult| ListResultRow {
        step_no,
        row_no: i64::from(row.row),
        person_no: row.person_no.clone().unwrap_or_default(),
        result: row.state.word().to_owned(),
        reason_code: match &row.state {
            RowState::Rejected(why) => why.code().to_owned(),
            _ => String::new(),
        },
        reason: row.reason.clone(),
    };
    intake.rows.iter().map(row).collect()
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|cause| Error::Bug(format!("a list as JSON: {cause}")))
}

pub(super) fn parsed<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|cause| Error::Bug(format!("a list from JSON: {cause}")))
}

/// The last step's state and numbers.
pub(super) fn standing(steps: &[ListStepRow]) -> Result<(ListState, ListSummary), Error> {
    let last = steps.last();
    let last = last.ok_or_else(|| Error::Bug("a list without a step".to_owned()))?;
    Ok((ListState::of(&last.state)?, parsed(&last.summary)?))
}

impl App {
    /// The lists received, newest first, with where they stand (名单收件箱).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn lists(
        &self,
        clerk: &Clerk,
    ) -> Result<Vec<(ListRow, ListState, ListSummary)>, Error> {
        let mut found = Vec::new();
        for list in self.store.lists(clerk.area, SHOWN).await? {
            let steps = self.store.list_steps(clerk.area, &list.list_no).await?;
            let (state, summary) = standing(&steps)?;
            found.push((list, state, summary));
        }
        Ok(found)
    }

    /// A list with its rows; who looked at it is noted.
    ///
    /// # Errors
    /// [`Error::Missing`] where no list has the number.
    pub async fn list_report(&self, actor: &Actor, list_no: &str) -> Result<ListReport, Error> {
        let list = self.store.list(actor.area, list_no).await?;
        let list = list.ok_or_else(|| Error::missing("名单", list_no))?;
        let report = self.report(actor, list, false).await?;
        let mut commit = store::Commit::new(actor.area, "");
        commit.access = Some(actor.access(self, "read_list", list_no, "done"));
        self.store.commit(commit).await?;
        Ok(report)
    }

    pub(super) async fn report(
        &self,
        actor: &Actor,
        list: ListRow,
        seen_before: bool,
    ) -> Result<ListReport, Error> {
        let (area, no) = (actor.area, list.list_no.as_str());
        let steps = self.store.list_steps(area, no).await?;
        let (state, summary) = standing(&steps)?;
        let lines = self.store.list_lines(area, no).await?;
        let rows: Result<Vec<RawRow>, Error> = lines.iter().map(|line| parsed(&line.raw)).collect();
        let rows = rows?;
        let planned = match state {
            ListState::Checked | ListState::Applying => {
                self.decide_list(area, &list, &rows).await?.changes
            }
            ListState::Applied | ListState::SentBack => Vec::new(),
        };
        Ok(ListReport {
            results: self.store.list_results(area, no).await?,
            changed: self.store.list_changes(area, no).await?,
            list,
            state,
            summary,
            rows,
            planned,
            steps,
            seen_before,
        })
    }
}
