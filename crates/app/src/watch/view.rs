use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Fen;
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use store::{WatchAnswerRow, WatchLineRow, WatchRunRow};
use terms::AreaCode;

use crate::register::Actor;
use crate::{App, Error};

/// What explains somebody put forward, as it is kept (预警依据).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchDetail {
    /// 中文 name of the line.
    pub title: String,
    /// What had been put forward before in the year.
    pub before: Option<Fen>,
    /// The bills: number, day, own share.
    pub bills: Vec<(String, Date, Fen)>,
    /// The bureaus that are told, by their words.
    pub bureaus: Vec<String>,
    /// Sentence by sentence.
    pub says: Vec<String>,
}

/// What has become of somebody put forward (反馈状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchState {
    /// 已推送: no bureau has answered.
    Sent,
    /// 已认定.
    Recognised,
    /// 不予认定.
    NotRecognised,
}

impl WatchState {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Recognised => "recognised",
            Self::NotRecognised => "not_recognised",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Sent => "已推送",
            Self::Recognised => "已认定",
            Self::NotRecognised => "不予认定",
        }
    }
}

/// Somebody put forward, with the answers so far (预警人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchPerson {
    /// What is kept.
    pub line: WatchLineRow,
    /// What explains it.
    pub detail: WatchDetail,
    /// Answers, oldest first.
    pub answers: Vec<WatchAnswerRow>,
}

impl WatchPerson {
    /// Recognised by anybody, refused by somebody, or open.
    pub fn state(&self) -> WatchState {
        if self.answers.iter().any(|answer| answer.recognised) {
            WatchState::Recognised
        } else if self.answers.is_empty() {
            WatchState::Sent
        } else {
            WatchState::NotRecognised
        }
    }
}

/// A month that was watched (预警月份).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchMonth {
    /// The last run.
    pub run: WatchRunRow,
    /// Whom it put forward, by number.
    pub people: Vec<WatchPerson>,
    /// Whether the month had been watched before with the same outcome.
    pub seen_before: bool,
}

impl App {
    /// A month's list with what was answered; who looked at it is noted.
    ///
    /// # Errors
    /// [`Error::Missing`] where the month was not watched.
    pub async fn watch_month(&self, actor: &Actor, month: FeeMonth) -> Result<WatchMonth, Error> {
        let found = self.kept_month(actor.area, month).await?;
        let found = found.ok_or_else(|| Error::missing("预警月份", month.to_string()))?;
        let mut commit = store::Commit::new(actor.area, "");
        commit.access = Some(actor.access(self, "read_watch", &found.run.month, "done"));
        self.store.commit(commit).await?;
        Ok(found)
    }

    /// The months watched in a year, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn watched_months(
        &self,
        area: AreaCode,
        year: i16,
    ) -> Result<Vec<WatchRunRow>, Error> {
        let (from, to) = (format!("{year:04}-01"), format!("{year:04}-12"));
        Ok(self.store.watch_runs(area, (&from, &to)).await?)
    }

    pub(super) async fn kept_month(
        &self,
        area: AreaCode,
        month: FeeMonth,
    ) -> Result<Option<WatchMonth>, Error> {
        let month = month.to_string();
        let runs = self.store.watch_runs(area, (&month, &month)).await?;
        let Some(run) = runs.into_iter().next() else {
            return Ok(None);
        };
        let lines = self.store.watch_lines(area, &month, run.run_no).await?;
        let mut answers: BTreeMap<String, Vec<WatchAnswerRow>> = BTreeMap::new();
        for answer in self.store.watch_answers(area, &month).await? {
            let of_person = answers.entry(answer.person_no.clone()).or_default();
            of_person.push(answer);
        }
        let people: Result<Vec<WatchPerson>, Error> = lines
            .into_iter()
            .map(|line| {
                let detail = serde_json::from_str(&line.detail)
                    .map_err(|cause| Error::Bug(format!("a watch of {month}: {cause}")))?;
                let answers = answers.remove(&line.person_no).unwrap_or_default();
                Ok(WatchPerson {
                    line,
                    detail,
                    answers,
                })
            })
            .collect();
        Ok(Some(WatchMonth {
            run,
            people: people?,
            seen_before: false,
        }))
    }
}
