use app::watch::{Answered, WatchMonth, WatchPerson, WatchState};
use store::{WatchAnswerRow, WatchRunRow};
use terms::{AreaCode, Word};

use super::difficulty;
use crate::Service;
use crate::api::settlements::seconds;
use crate::api::watch::{
    AnsweredView, UnknownAnswerView, WatchAnswerView, WatchBill, WatchMonthLine, WatchMonthView,
    WatchPersonView,
};

/// A month in one line.
pub fn run(run: &WatchRunRow) -> WatchMonthLine {
    WatchMonthLine {
        month: run.month.clone(),
        run: run.run_no,
        ran_at: seconds(run.ran_at),
        ran_by: run.ran_by.clone(),
        people: run.people,
    }
}

/// A month with everybody put forward.
pub fn month(service: &Service, area: AreaCode, month: &WatchMonth) -> WatchMonthView {
    let waiting = |one: &&WatchPerson| one.state() == WatchState::Sent;
    WatchMonthView {
        month: run(&month.run),
        seen_before: month.seen_before,
        waiting: month.people.iter().filter(waiting).count(),
        people: month
            .people
            .iter()
            .map(|one| person(service, area, one))
            .collect(),
    }
}

fn zh(service: &Service, area: AreaCode, word: &str) -> String {
    let word = Word::new(word);
    service.app.law.word(area, &word).to_owned()
}

fn person(service: &Service, area: AreaCode, person: &WatchPerson) -> WatchPersonView {
    let (line, detail, state) = (&person.line, &person.detail, person.state());
    let bills = detail.bills.iter().map(|(number, day, own)| WatchBill {
        settlement_id: number.clone(),
        day: day.to_string(),
        own: (*own).into(),
    });
    let bureaus = detail.bureaus.iter();
    WatchPersonView {
        person_no: line.person_no.clone(),
        name: line.name.clone(),
        line: line.line.clone(),
        line_name: detail.title.clone(),
        threshold: line.threshold.into(),
        own: line.own.into(),
        before: detail.before.map(Into::into),
        bureaus: bureaus.map(|word| zh(service, area, word)).collect(),
        bills: bills.collect(),
        says: detail.says.clone(),
        state: state.word().to_owned(),
        state_name: state.zh().to_owned(),
        answers: person
            .answers
            .iter()
            .map(|one| answer(service, area, one))
            .collect(),
    }
}

fn answer(service: &Service, area: AreaCode, answer: &WatchAnswerRow) -> WatchAnswerView {
    WatchAnswerView {
        bureau_name: zh(service, area, &answer.bureau),
        recognised: answer.recognised,
        identity_name: zh(service, area, &answer.identity),
        on: answer.answered_on.to_string(),
        by: answer.recorded_by.clone(),
    }
}

/// What came of a file of answers.
pub fn answered(service: &Service, area: AreaCode, done: &Answered) -> AnsweredView {
    let unknown = done.unknown.iter().map(|one| UnknownAnswerView {
        row: one.row,
        reason: one.reason.clone(),
    });
    AnsweredView {
        recorded: done.recorded,
        unknown: unknown.collect(),
        list: done.list.as_ref().map(|report| {
            let (list, state) = (&report.list, report.state);
            difficulty::line(service, area, list, state, &report.summary)
        }),
    }
}
