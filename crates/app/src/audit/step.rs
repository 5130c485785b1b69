use ::store::{Answer, AuditCommit, DoubtRow, DoubtStepRow};
use money::Fen;
use workflow::doubt::{Mover, State, Verb};

use super::desk::{moved, state_of};
use super::officer::Officer;
use crate::perform::ATTEMPTS;
use crate::{App, Error};

/// A move that somebody asks for (办理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What to do. Notices, deductions and what only the system does have their own ways.
    pub verb: Verb,
    /// The version that was looked at; another one is refused. Not compared where absent.
    pub seen: Option<i64>,
    /// What is said beside a reason: opinion, statement.
    pub text: String,
    /// Attachments handed in before that belong to this step.
    pub attachments: Vec<String>,
}

impl App {
    /// Moves a doubt (疑点办理), and returns it as it stands then.
    ///
    /// Two people at one doubt follow each other: the second meets what the first has made of it.
    ///
    /// # Errors
    /// [`Error::Missing`]; `doubt_changed` where another version was looked at; what `workflow`
    /// refuses; [`Error::Denied`] where the officer may not see it.
    pub async fn move_doubt(
        &self,
        officer: &Officer,
        doubt: &str,
        asked: &Move,
    ) -> Result<DoubtRow, Error> {
        if matches!(asked.verb, Verb::Publish | Verb::Deduct) {
            let message = format!("{}要另行办理", asked.verb.zh());
            return Err(Error::refused("doubt_own_way", message));
        }
        for _ in 0..ATTEMPTS {
            let row = self.doubt_seen(officer, doubt).await?;
            if asked.seen.is_some_and(|seen| seen != row.version) {
                let message = format!("疑点{doubt}已由他人办理，请重新打开后再办");
                return Err(Error::refused("doubt_changed", message));
            }
            let attachments = self.attached(officer, &row, asked).await?;
            let mut commit = AuditCommit::new(officer.actor.area);
            let detail = serde_json::json!({ "attachments": attachments });
            let said = Said {
                text: &asked.text,
                detail: &detail,
            };
            let to = self
                .step(&mut commit, officer, &row, &asked.verb, said)
                .await?;
            let access = officer.actor.access(self, "move_doubt", doubt, "done");
            commit.access.push((row.person_no.clone(), access));
            if self.store.record_audit(&commit).await? == Answer::Done {
                return Ok(to);
            }
        }
        Err(Error::Busy)
    }

    /// A doubt that an officer may see: an institution sees its own, from the notice on.
    pub(super) async fn doubt_seen(
        &self,
        officer: &Officer,
        doubt: &str,
    ) -> Result<DoubtRow, Error> {
        let row = self.store.doubt(officer.actor.area, doubt).await?;
        let missing = || Error::missing("审核疑点", doubt);
        let row = row.ok_or_else(missing)?;
        let Some(institution) = &officer.institution else {
            return Ok(row);
        };
        match row.institution == *institution && is_shown(&row) {
            true => Ok(row),
            false => Err(missing()),
        }
    }

    /// Adds a move to a commit: the row, and the step noted behind the earlier ones.
    pub(super) async fn step(
        &self,
        commit: &mut AuditCommit,
        officer: &Officer,
        row: &DoubtRow,
        verb: &Verb,
        said: Said<'_>,
    ) -> Result<DoubtRow, Error> {
        let on = officer.actor.at.date();
        let mover = officer.mover(verb, state_of(row)?)?;
        let next = self.next_of(officer.actor.area, row, verb, &mover, on)?;
        let mut to = moved(row, verb, &mover, next, on);
        to.changed_at = officer.actor.at;
        let mut step = step_row(officer, &mover, (row, &to), verb, said);
        step.amount = next.confirmed.unwrap_or(Fen::ZERO);
        commit.steps.push(step);
        commit.doubts.push(to.clone());
        Ok(to)
    }
}

/// What is noted beside a move.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub text: &'a str,
    pub detail: &'a serde_json::Value,
}

/// The step of a move: a doubt's version counts its steps.
pub(super) fn step_row(
    officer: &Officer,
    mover: &Mover,
    (from, to): (&DoubtRow, &DoubtRow),
    verb: &Verb,
    said: Said<'_>,
) -> DoubtStepRow {
    let mut detail = said.detail.clone();
    if let (
        Verb::PanelDecide {
            votes_for,
            votes_against,
            ..
        },
        Some(fields),
    ) = (verb, detail.as_object_mut())
    {
        fields.insert("votes_for".to_owned(), (*votes_for).into());
        fields.insert("votes_against".to_owned(), (*votes_against).into());
    }
    let text = match verb {
        Verb::Dismiss { reason } | Verb::Appeal { reason } if said.text.is_empty() => {
            reason.clone()
        }
        Verb::Dismiss { reason } | Verb::Appeal { reason } => format!("{reason}；{}", said.text),
        _ => said.text.to_owned(),
    };
    DoubtStepRow {
        owner: to.owner.clone(),
        doubt: to.doubt.clone(),
        step: to.version,
        verb: verb.zh().to_owned(),
        by_user: officer.actor.name.clone(),
        by_name: officer.name.clone(),
        role: mover.role.word().to_owned(),
        at: officer.actor.at,
        from_state: from.state.clone(),
        to_state: to.state.clone(),
        amount: Fen::ZERO,
        text,
        detail: detail.to_string(),
    }
}

/// The step that opens a doubt.
pub(super) fn opening_step(officer: &Officer, row: &DoubtRow, run: &str) -> DoubtStepRow {
    DoubtStepRow {
        owner: row.owner.clone(),
        doubt: row.doubt.clone(),
        step: row.version,
        verb: "发现".to_owned(),
        by_user: officer.actor.name.clone(),
        by_name: officer.name.clone(),
        role: workflow::doubt::Role::Clock.word().to_owned(),
        at: officer.actor.at,
        from_state: String::new(),
        to_state: row.state.clone(),
        amount: row.amount,
        text: row.says.clone(),
        detail: serde_json::json!({ "run": run }).to_string(),
    }
}

/// Whether a doubt is shown to its institution: from the notice on, while it is no secret.
pub(super) fn is_shown(row: &DoubtRow) -> bool {
    let state = State::of_word(&row.state);
    row.published_on.is_some() && state.is_some_and(|state| SHOWN.contains(&state))
}

/// The states in which a doubt is shown to its institution.
pub(super) const SHOWN: [State; 6] = [
    State::Published,
    State::Appealed,
    State::Panel,
    State::Confirmed,
    State::Deducted,
    State::Dismissed,
];
