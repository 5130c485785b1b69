use ::store::{Answer, InterviewRow};
use policy::FeeMonth;
use terms::Date;

use super::progress::{ProgressLine, Warned};
use crate::register::Actor;
use crate::{App, Error};

/// What was talked about (约谈).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewHeld {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// The month up to which spending was counted.
    pub through: FeeMonth,
    /// 超支原因.
    pub causes: String,
    /// 整改措施.
    pub remedies: String,
    /// 整改期限.
    pub deadline: Date,
    /// The month in which it is looked at again.
    pub follow_up: FeeMonth,
}

const HELD: &str = "held";
const CLOSED: &str = "closed";

impl App {
    /// Records a talk with an institution about spending ahead of its quotas (约谈记录).
    ///
    /// # Errors
    /// A refusal where the institution has no target or is within its quotas, a field is empty, the
    /// deadline has passed or the follow-up is not later, or a talk about the same months stands.
    pub async fn hold_interview(
        &self,
        actor: &Actor,
        held: &InterviewHeld,
    ) -> Result<InterviewRow, Error> {
        check(actor, held)?;
        let line = self.stands_at(actor, held, held.through).await?;
        if line.warning == Warned::None {
            let (name, progress) = (&line.name, line.progress);
            let message = format!("{name}执行进度{progress}，没有达到提醒线，不必约谈");
            return Err(Error::refused("within_target", message));
        }
        let which = (held.institution.as_str(), "");
        let known = self.store.budget_interviews(actor.area, which).await?;
        let through = held.through.to_string();
        let same = |row: &&InterviewRow| row.book == held.book && row.through == through;
        if let Some(known) = known.iter().find(same) {
            let message = format!("截至{through}的执行情况已约谈（{}）", known.interview);
            return Err(Error::refused("interviewed", message));
        }
        let row = InterviewRow {
            interview: self.numbers.named("YT"),
            institution: held.institution.clone(),
            book: held.book.clone(),
            through,
            actual: line.actual,
            quota: line.quota,
            progress: line.progress.to_string(),
            warning: warning_word(line.warning).to_owned(),
            causes: held.causes.clone(),
            remedies: held.remedies.clone(),
            deadline: held.deadline,
            follow_up: held.follow_up.to_string(),
            state: HELD.to_owned(),
            result: String::new(),
            progress_after: String::new(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            closed_by: String::new(),
            closed_at: None,
        };
        let access = actor.access(self, "hold_interview", &row.interview, "done");
        let done = self
            .store
            .record_interview(actor.area, &row, &access)
            .await?;
        match done {
            Answer::Done => Ok(row),
            _ => Err(Error::Busy),
        }
    }

    /// Looks at an interviewed institution again and closes the talk (约谈复查); the progress of
    /// the month it was to be looked at again is kept with it.
    ///
    /// # Errors
    /// [`Error::Missing`]; a refusal where it is closed, the month has not passed, or the
    /// conclusion is empty.
    pub async fn close_interview(
        &self,
        actor: &Actor,
        interview: &str,
        result: &str,
    ) -> Result<InterviewRow, Error> {
        let which = ("", interview);
        let found = self.store.budget_interviews(actor.area, which).await?.pop();
        let row = found.ok_or_else(|| Error::missing("约谈", interview))?;
        if row.state != HELD {
            let message = format!("约谈{interview}已经办结");
            return Err(Error::refused("interview_state", message));
        }
        let month = row.follow_up.parse::<FeeMonth>();
        let month = month.map_err(|error| Error::Bug(error.to_string()))?;
        if FeeMonth::of(actor.at.date()) <= month {
            let message = format!("复查月份{month}还没有过完");
            return Err(Error::refused("too_early", message));
        }
        if result.trim().is_empty() {
            let message = format!("约谈{interview}没有填写复查结论");
            return Err(Error::refused("blank", message));
        }
        let lines = self.budget_progress(actor.area, month).await?;
        let ours =
            |line: &&ProgressLine| line.institution == row.institution && line.book == row.book;
        let after = lines.iter().find(ours).map(|line| line.progress);
        let to = InterviewRow {
            state: CLOSED.to_owned(),
            result: result.to_owned(),
            progress_after: after.map_or_else(String::new, |after| after.to_string()),
            closed_by: actor.name.clone(),
            closed_at: Some(actor.at),
            ..row
        };
        let access = actor.access(self, "close_interview", interview, "done");
        match self.store.close_interview(actor.area, &to, &access).await? {
            Answer::Done => Ok(to),
            _ => Err(Error::Busy),
        }
    }

    async fn stands_at(
        &self,
        actor: &Actor,
        held: &InterviewHeld,
        through: FeeMonth,
    ) -> Result<ProgressLine, Error> {
        let lines = self.budget_progress(actor.area, through).await?;
        let mut lines = lines.into_iter();
        let ours =
            lines.find(|line| line.institution == held.institution && line.book == held.book);
        ours.ok_or_else(|| {
            let (institution, year) = (&held.institution, through.year());
            let message = format!("{institution}{year}年没有审定的预算指标");
            Error::refused("no_target", message)
        })
    }
}

fn check(actor: &Actor, held: &InterviewHeld) -> Result<(), Error> {
    let blank = |text: &str| text.trim().is_empty();
    if blank(&held.causes) || blank(&held.remedies) {
        let message = format!("约谈{}须写明超支原因和整改措施", held.institution);
        return Err(Error::refused("blank", message));
    }
    if held.deadline <= actor.at.date() {
        let message = format!("整改期限{}应在今天之后", held.deadline);
        return Err(Error::refused("deadline_passed", message));
    }
    if held.follow_up <= held.through {
        let message = format!("复查月份{}应在{}之后", held.follow_up, held.through);
        return Err(Error::refused("follow_up_too_early", message));
    }
    Ok(())
}

/// The word a warning is kept as (提醒代码).
pub const fn warning_word(warning: Warned) -> &'static str {
    match warning {
        Warned::None => "none",
        Warned::Notice => "notice",
        Warned::Interview => "interview",
        Warned::SpecialReview => "special_review",
    }
}
