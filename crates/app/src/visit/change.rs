use jiff::civil::DateTime;
use store::Commit;
use terms::{CareType, Scheme};

use super::{Diagnosis, Visit, VisitDetail, VisitKind, VisitStatus};
use crate::facts::Desk;
use crate::{App, Call, Decided, Error};

/// New information on a visit (就诊信息上传、入院信息变更); what is absent stays as it was.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// The person.
    pub person_no: String,
    /// The visit.
    pub visit_id: String,
    /// 险种.
    pub scheme: Option<Scheme>,
    /// 医疗类别.
    pub care: Option<CareType>,
    /// When it began.
    pub started_at: Option<DateTime>,
    /// Diagnoses; an empty list leaves them.
    pub diagnoses: Vec<Diagnosis>,
    /// What else changes.
    pub detail: Option<VisitDetail>,
}

/// The end of a stay (出院办理).
#[derive(Debug, Clone)]
pub struct Discharge {
    /// The person.
    pub person_no: String,
    /// The stay.
    pub visit_id: String,
    /// When.
    pub ended_at: DateTime,
    /// Discharge diagnoses; an empty list leaves those of admission.
    pub diagnoses: Vec<Diagnosis>,
    /// How the person left (离院方式).
    pub way: String,
}

/// Changes an open visit.
///
/// # Errors
/// A refusal where the visit is not this institution's, or no longer open.
pub async fn update<E>(
    app: &App,
    call: &Call,
    command: &Update,
    kind: VisitKind,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, &command.person_no, Some(&command.visit_id), |desk| {
        let mut visit = Visit::asked_for(desk.context, call, &command.visit_id, Some(kind))?;
        visit.must_be_billable("变更")?;
        if let Some(scheme) = command.scheme {
            visit.scheme = desk
                .cover(Some(scheme), visit.row.started_at.date())?
                .scheme;
        }
        if let Some(care) = command.care {
            visit.care = care;
        }
        if !command.diagnoses.is_empty() {
            visit.diagnoses.clone_from(&command.diagnoses);
        }
        if let Some(detail) = &command.detail {
            visit.detail.take_over(detail);
        }
        let mut row = visit.changed()?;
        row.started_at = command.started_at.unwrap_or(row.started_at);
        finish(desk, &command.person_no, row, encode()?)
    })
    .await
}

/// Discharges a person.
///
/// # Errors
/// A refusal where the stay is not open, or the discharge lies before admission or in the future.
pub async fn discharge<E>(
    app: &App,
    call: &Call,
    command: &Discharge,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, &command.person_no, Some(&command.visit_id), |desk| {
        let mut visit =
            Visit::asked_for(desk.context, call, &command.visit_id, Some(VisitKind::Stay))?;
        visit.must_be(&[VisitStatus::Open], "办理出院")?;
        let (start, end) = (visit.row.started_at, command.ended_at);
        if end < start || end.date() > call.at.date() {
            return Err(Error::refused(
                "discharge_date",
                format!("出院时间“{end}”早于入院时间“{start}”或晚于今天"),
            ));
        }
        visit.status = VisitStatus::Discharged;
        visit.detail.discharge_way.clone_from(&command.way);
        if !command.diagnoses.is_empty() {
            visit.diagnoses.clone_from(&command.diagnoses);
        }
        let mut row = visit.changed()?;
        row.ended_at = Some(end);
        finish(desk, &command.person_no, row, encode()?)
    })
    .await
}

/// Takes a discharge back (出院撤销).
///
/// # Errors
/// A refusal where the stay is not discharged, or already settled.
pub async fn cancel_discharge<E>(
    app: &App,
    call: &Call,
    person_no: &str,
    visit_id: &str,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, person_no, Some(visit_id), |desk| {
        let mut visit = Visit::asked_for(desk.context, call, visit_id, Some(VisitKind::Stay))?;
        visit.must_be(&[VisitStatus::Discharged], "撤销出院")?;
        visit.status = VisitStatus::Open;
        let mut row = visit.changed()?;
        row.ended_at = None;
        finish(desk, person_no, row, encode()?)
    })
    .await
}

fn finish(
    desk: &Desk<'_>,
    person_no: &str,
    row: store::VisitRow,
    reply: Vec<u8>,
) -> Result<Decided, Error> {
    let mut commit = Commit::new(desk.call.area, person_no);
    commit.visit = Some(row);
    Ok(Decided {
        commit,
        reply,
        settlement: String::new(),
    })
}
