//! A step of a statement: the state it was read in, the state it goes to, and what is noted.

use std::collections::HashMap;

use ::store::{Answer, ClearingCommit, StatementFilter, StatementMoved, StatementRow};
use policy::FeeMonth;
use terms::StatementState;

use super::build::event;
use crate::register::Actor;
use crate::{App, Error};

/// Which statements of a month (清算单范围); an empty field asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
}

/// What became of the statements of a month, one by one (批量办理结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Statements that moved on.
    pub done: Vec<StatementRow>,
    /// Statements that did not, with the refusal in 中文.
    pub refused: Vec<(String, String)>,
}

impl Done {
    pub(super) fn count(
        &mut self,
        statement: &str,
        moved: Result<StatementRow, Error>,
    ) -> Result<(), Error> {
        match moved {
            Ok(row) => self.done.push(row),
            Err(error @ (Error::Fault(_) | Error::Bug(_))) => return Err(error),
            Err(error) => self.refused.push((statement.to_owned(), error.to_string())),
        }
        Ok(())
    }
}

/// The state of a statement.
pub(super) fn state_of(row: &StatementRow) -> Result<StatementState, Error> {
    let broken = |cause| Error::Bug(format!("statement {}: {cause}", row.statement));
    row.state.parse().map_err(broken)
}

/// A refusal because of the state a statement is in.
pub(super) fn wrong_state(row: &StatementRow, wanted: &str) -> Error {
    let is = row
        .state
        .parse::<StatementState>()
        .map_or_else(|_| row.state.clone(), |state| state.to_string());
    let number = &row.statement;
    let message = format!("清算单{number}现为“{is}”，不能{wanted}");
    Error::refused("statement_state", message)
}

/// Adds a step to a commit: the statement in its new state, and what is noted of it.
pub(super) fn step(
    commit: &mut ClearingCommit,
    actor: &Actor,
    (from, to): (&StatementRow, &StatementRow),
    (name, note, after): (&str, &str, i64),
) {
    let mut noted = event(actor, to, name, note);
    noted.sequence = after + 1;
    commit.events.push(noted);
    commit.statements.push(StatementMoved {
        to: to.clone(),
        from_state: from.state.clone(),
        from_version: from.version,
    });
}

impl App {
    /// A statement by number.
    pub(super) async fn statement(
        &self,
        actor: &Actor,
        statement: &str,
    ) -> Result<StatementRow, Error> {
        let found = self.store.clearing_statement(actor.area, statement).await?;
        let row = found.ok_or_else(|| Error::missing("清算单", statement))?;
        if actor.kind == "institution" && actor.institution != row.institution {
            return Err(Error::missing("清算单", statement));
        }
        Ok(row)
    }

    /// The statements of a month in a state, and the last step of each.
    pub(super) async fn statements_in(
        &self,
        actor: &Actor,
        month: FeeMonth,
        which: &Which,
        states: &[StatementState],
    ) -> Result<(Vec<StatementRow>, HashMap<String, i64>), Error> {
        let filter = StatementFilter {
            month: month.to_string(),
            institution: which.institution.clone(),
            book: which.book.clone(),
            ..StatementFilter::default()
        };
        let mut rows = self.store.clearing_statements(actor.area, &filter).await?;
        rows.retain(|row| states.iter().any(|state| state.word() == row.state));
        let last = self.store.last_events(actor.area, &filter.month).await?;
        Ok((rows, last))
    }

    /// The last step of a statement.
    pub(super) async fn last_event(&self, actor: &Actor, statement: &str) -> Result<i64, Error> {
        let events = self.store.clearing_events(actor.area, statement).await?;
        Ok(events.last().map_or(0, |event| event.sequence))
    }

    /// Records a step, or says that somebody else was faster.
    pub(super) async fn recorded(
        &self,
        commit: &ClearingCommit,
        row: StatementRow,
    ) -> Result<StatementRow, Error> {
        match self.store.record_clearing(commit).await? {
            Answer::Done => Ok(row),
            _ => Err(changed(&row.statement)),
        }
    }
}

/// The refusal where a statement moved since it was read.
pub(super) fn changed(statement: &str) -> Error {
    let message = format!("{statement}刚刚由别人办理过，请刷新后再办");
    Error::refused("changed_meanwhile", message)
}
