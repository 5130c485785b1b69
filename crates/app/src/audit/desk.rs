//! What a move of a doubt needs to know: the law of its scheme, the row as `workflow` sees it.

use policy::DoubtRule;
use store::DoubtRow;
use terms::{AreaCode, Date, Scheme};
use workflow::doubt::{Doubt, Mover, Next, Refusal, Role, State, Strength, Verb, advance};

use crate::{App, Error};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.code(), refusal.to_string())
    }
}

/// The state a row keeps.
pub(super) fn state_of(row: &DoubtRow) -> Result<State, Error> {
    let broken = || Error::Bug(format!("doubt {}: state {}", row.doubt, row.state));
    State::of_word(&row.state).ok_or_else(broken)
}

/// The strength a word stands for.
pub(super) fn strength_of(word: &str) -> Result<Strength, Error> {
    let broken = || Error::Bug(format!("strength {word}"));
    Strength::of_word(word).ok_or_else(broken)
}

/// The doubt as its next move needs to know it.
pub(super) fn doubt_of(row: &DoubtRow) -> Result<Doubt, Error> {
    Ok(Doubt {
        state: state_of(row)?,
        amount: row.amount,
        due: row.due,
        extended: row.extended,
        first_reviewer: row.first_reviewer.clone(),
        dismissed_by: row.dismissed_by.clone(),
        panel_before: row.panel_before,
    })
}

impl App {
    /// How doubts of a scheme are handled on a day.
    ///
    /// # Errors
    /// `no_doubt_rule` where the law of the area does not say.
    pub(super) fn doubt_rule(
        &self,
        area: AreaCode,
        scheme: &str,
        day: Date,
    ) -> Result<&DoubtRule, Error> {
        let scheme = scheme.parse().unwrap_or(Scheme::Employee);
        let law = self.law.scheme(area, scheme)?;
        let found = law.doubts.iter().find_map(|topic| topic.on(day));
        found.map(|(rule, _)| rule).ok_or_else(|| {
            let message = format!("{scheme}在{day}没有审核疑点处理的规定");
            Error::refused("no_doubt_rule", message)
        })
    }

    /// Where a move takes a doubt.
    pub(super) fn next_of(
        &self,
        area: AreaCode,
        row: &DoubtRow,
        verb: &Verb,
        mover: &Mover,
        on: Date,
    ) -> Result<Next, Error> {
        let law = (
            self.doubt_rule(area, &row.scheme, on)?,
            &self.law.book.calendar,
        );
        Ok(advance(&doubt_of(row)?, verb, mover, on, law)?)
    }

    /// Until when a new doubt in this state must be left; none where the calendar does not know.
    pub(super) fn first_due(
        &self,
        area: AreaCode,
        scheme: &str,
        state: State,
        on: Date,
    ) -> Result<Option<Date>, Error> {
        let rule = self.doubt_rule(area, scheme, on)?;
        let calendar = &self.law.book.calendar;
        let due = |days| calendar.nth_working_day_after(on, days).ok();
        Ok(state.term(rule).and_then(due))
    }
}

/// The row after a move.
pub(super) fn moved(row: &DoubtRow, verb: &Verb, mover: &Mover, next: Next, on: Date) -> DoubtRow {
    let mut to = row.clone();
    to.version += 1;
    next.state.word().clone_into(&mut to.state);
    to.due = next.due;
    to.extended |= *verb == Verb::Extend;
    to.panel_before |= next.state == State::Panel;
    if mover.role == Role::FirstReviewer {
        to.first_reviewer.clone_from(&mover.name);
    }
    if next.state == State::DismissalCheck {
        to.dismissed_by.clone_from(&mover.name);
    }
    if let Some(amount) = next.confirmed {
        to.confirmed = amount;
    }
    match next.state {
        State::Published if *verb == Verb::Publish => to.published_on = Some(on),
        State::Appealed => to.appealed_on = Some(on),
        State::Confirmed => decided(&mut to, "confirmed", on),
        State::Dismissed => decided(&mut to, "dismissed", on),
        _ => {}
    }
    to
}

fn decided(to: &mut DoubtRow, outcome: &str, on: Date) {
    outcome.clone_into(&mut to.outcome);
    to.decided_on = Some(on);
}
