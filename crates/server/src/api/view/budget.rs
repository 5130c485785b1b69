//! Budgets as pages show them.

use app::budget::ProgressLine;
use policy::FeeMonth;
use store::{InterviewRow, TargetRow};

use crate::Service;
use crate::api::budget::{BudgetBoard, BudgetInterview, BudgetLine, BudgetMonth, BudgetTarget};
use crate::api::settlements::institution_name;

/// The board of a month.
pub fn board(
    service: &Service,
    through: FeeMonth,
    lines: &[ProgressLine],
    talks: &[InterviewRow],
) -> BudgetBoard {
    let over = lines.iter().filter(|line| line.calls_for_interview());
    BudgetBoard {
        through: through.to_string(),
        over_target: over.count(),
        lines: lines.iter().map(line).collect(),
        interviews: talks.iter().map(|row| interview(service, row)).collect(),
    }
}

fn line(line: &ProgressLine) -> BudgetLine {
    let month = |month: &app::budget::MonthUse| BudgetMonth {
        month: month.month.to_string(),
        quota: month.quota.into(),
        actual: month.actual.into(),
    };
    BudgetLine {
        institution: line.institution.clone(),
        name: line.name.clone(),
        book: line.book.clone(),
        version: line.version,
        target: line.target.into(),
        actual: line.actual.into(),
        quota: line.quota.into(),
        over: line.over().into(),
        progress: line.progress.to_string(),
        warning: app::budget::warning_word(line.warning).to_owned(),
        warning_name: warning_name(app::budget::warning_word(line.warning)).to_owned(),
        sentence: line.sentence.clone(),
        months: line.months.iter().map(month).collect(),
    }
}

/// A talk.
pub fn interview(service: &Service, row: &InterviewRow) -> BudgetInterview {
    BudgetInterview {
        interview: row.interview.clone(),
        institution: row.institution.clone(),
        name: institution_name(service, &row.institution),
        book: row.book.clone(),
        through: row.through.clone(),
        progress: row.progress.clone(),
        warning_name: warning_name(&row.warning).to_owned(),
        causes: row.causes.clone(),
        remedies: row.remedies.clone(),
        deadline: row.deadline.to_string(),
        follow_up: row.follow_up.clone(),
        state: row.state.clone(),
        progress_after: row.progress_after.clone(),
        result: row.result.clone(),
        made_by: row.made_by.clone(),
    }
}

/// A round about a target.
pub fn target(row: &TargetRow) -> BudgetTarget {
    BudgetTarget {
        institution: row.institution.clone(),
        book: row.book.clone(),
        year: row.year,
        version: row.version,
        amount: row.amount.into(),
        asked: row.asked.into(),
        offered: row.offered.into(),
        season: row.season.clone(),
        state: row.state.clone(),
        note: row.note.clone(),
        made_by: row.made_by.clone(),
        checked_by: row.checked_by.clone(),
    }
}

fn warning_name(warning: &str) -> &str {
    match warning {
        "none" => "正常",
        "notice" => "提醒",
        "interview" => "约谈",
        "special_review" => "专项审核",
        other => other,
    }
}
