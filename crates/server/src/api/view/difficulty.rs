use std::collections::HashMap;

use app::difficulty::{
    Change, ChangeKind, Lapse, ListKind, ListReport, ListState, ListSummary, RawRow, result_name,
};
use store::{ListChangeRow, ListResultRow, ListRow, ListStepRow};
use terms::{AreaCode, Word};

use crate::Service;
use crate::api::difficulty::{
    LapseView, ListChangeView, ListDetail, ListLine, ListNumbers, ListRowView, ListStepView,
    RowsQuery,
};
use crate::api::settlements::seconds;

/// A list as the inbox shows it.
pub fn line(
    service: &Service,
    area: AreaCode,
    list: &ListRow,
    state: ListState,
    summary: &ListSummary,
) -> ListLine {
    let bureau = Word::new(&list.bureau);
    ListLine {
        list_no: list.list_no.clone(),
        bureau_name: service.app.law.word(area, &bureau).to_owned(),
        bureau: list.bureau.clone(),
        kind: list.kind.clone(),
        kind_name: ListKind::of(&list.kind).map_or("", ListKind::zh).to_owned(),
        list_day: list.list_day.to_string(),
        file_name: list.file_name.clone(),
        received_at: seconds(list.received_at),
        received_by: list.received_by.clone(),
        state: state.word().to_owned(),
        state_name: state.zh().to_owned(),
        numbers: numbers(summary),
    }
}

fn numbers(summary: &ListSummary) -> ListNumbers {
    ListNumbers {
        rows: summary.rows,
        accepted: summary.accepted,
        unchanged: summary.unchanged,
        repeated: summary.repeated,
        rejected: summary.rejected,
        changes: summary.changes,
        held_before: summary.held_before,
        ended: summary.ended,
        needs_second_person: summary.needs_second_person,
        enrolled: summary.enrolled,
        reopened: summary.reopened,
    }
}

/// A list with the rows that were asked for.
pub fn detail(
    service: &Service,
    area: AreaCode,
    report: &ListReport,
    query: &RowsQuery,
) -> ListDetail {
    let results: HashMap<i64, &ListResultRow> =
        report.results.iter().map(|row| (row.row_no, row)).collect();
    let result = query.result.as_deref().filter(|text| !text.is_empty());
    let first = query.from.unwrap_or(0);
    let limit = usize::try_from(query.limit.unwrap_or(200).clamp(1, 1000)).unwrap_or(200);
    let wanted: Vec<(&RawRow, &ListResultRow)> = report
        .rows
        .iter()
        .filter_map(|row| Some((row, *results.get(&i64::from(row.row))?)))
        .filter(|(_, found)| result.is_none_or(|result| found.result == result))
        .collect();
    let shown = wanted.iter().filter(|(_, found)| found.row_no >= first);
    let identity = |word: &str| {
        let word = Word::new(word);
        service.app.law.word(area, &word).to_owned()
    };
    ListDetail {
        list: line(service, area, &report.list, report.state, &report.summary),
        seen_before: report.seen_before,
        rows_found: wanted.len(),
        rows: shown
            .take(limit)
            .map(|(raw, found)| row(raw, found))
            .collect(),
        planned: report
            .planned
            .iter()
            .take(limit)
            .map(|change| planned(change, identity(change.identity.as_str())))
            .collect(),
        changed: report
            .changed
            .iter()
            .take(limit)
            .map(|change| changed(change, identity(&change.identity)))
            .collect(),
        steps: report.steps.iter().map(step).collect(),
    }
}

fn row(raw: &RawRow, found: &ListResultRow) -> ListRowView {
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    ListRowView {
        row: found.row_no,
        document: raw.document.clone(),
        name: raw.name.clone(),
        identity: raw.identity.clone(),
        action: raw.action.clone(),
        from: raw.from.clone(),
        to: raw.to.clone(),
        person_no: filled(&found.person_no),
        result: found.result.clone(),
        result_name: result_name(&found.result).to_owned(),
        reason_code: filled(&found.reason_code),
        reason: found.reason.clone(),
    }
}

fn planned(change: &Change, identity_name: String) -> ListChangeView {
    let days = change.after.or(change.before);
    ListChangeView {
        person_no: change.person_no.clone(),
        identity: change.identity.to_string(),
        identity_name,
        kind: change.kind.word().to_owned(),
        kind_name: change.kind.zh().to_owned(),
        days: days.map_or_else(String::new, |days| days.to_string()),
        enrolled_on: change.enrol_from.map(|day| day.to_string()),
        reopened: 0,
        reason: change.reason.clone(),
    }
}

fn changed(change: &ListChangeRow, identity_name: String) -> ListChangeView {
    let from = change.now_from.or(change.was_from);
    let to = if change.now_from.is_some() {
        change.now_to
    } else {
        change.was_to
    };
    let days = from.map(|from| app::difficulty::Days::new(from, to).to_string());
    ListChangeView {
        person_no: change.person_no.clone(),
        identity: change.identity.clone(),
        identity_name,
        kind: change.kind.clone(),
        kind_name: ChangeKind::of(&change.kind)
            .map_or("", ChangeKind::zh)
            .to_owned(),
        days: days.unwrap_or_default(),
        enrolled_on: change.enrolled_on.map(|day| day.to_string()),
        reopened: change.reopened,
        reason: change.reason.clone(),
    }
}

fn step(step: &ListStepRow) -> ListStepView {
    ListStepView {
        state_name: ListState::of(&step.state)
            .map_or("", ListState::zh)
            .to_owned(),
        at: seconds(step.at),
        by: step.by_name.clone(),
    }
}

/// An identity that ends soon.
pub fn lapse(lapse: &Lapse) -> LapseView {
    LapseView {
        person_no: lapse.person_no.clone(),
        name: lapse.name.clone(),
        identity_name: lapse.identity.clone(),
        last: lapse.last.to_string(),
        others: lapse.others.clone(),
    }
}
