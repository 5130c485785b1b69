use jiff::civil::DateTime;
use store::{FilingRow, VisitRow};

use super::applied::{commit, lodge, step, text, undoing};
use super::folder::Folder;
use super::{Applied, FilingClass, FilingDetail, FilingState, filing_detail};
use crate::register::{Change, PersonRecord};
use crate::visit::{Visit, VisitStatus};
use crate::{App, Call, Error};

/// Takes a filing back (备案撤销).
#[derive(Debug, Clone)]
pub struct Withdraw {
    /// The person.
    pub person_no: String,
    /// The filing.
    pub filing: String,
    /// The class the transaction is for.
    pub class: FilingClass,
    /// Why.
    pub note: String,
}

/// Files an application for an institution and replies with what `encode` makes of its number.
///
/// # Errors
/// A refusal where the law does not let it be filed, or something of the kind stands already.
pub async fn file<E>(
    app: &App,
    call: &Call,
    person_no: &str,
    applied: &Applied,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&FilingRow) -> Result<Vec<u8>, Error>,
{
    let visits = visits(app, call, person_no).await?;
    app.change_by_message(call, person_no, |_, record| {
        let folder = folder(app, call, record, &visits);
        let (change, row) = lodge(&folder, record, applied, &call.operator)?;
        let reply = encode(&row)?;
        Ok((change, reply))
    })
    .await
}

/// Takes a filing back: its own institution may, while the agency has not looked at it, and while
/// no bill was settled by it.
///
/// # Errors
/// A refusal where it is another's, of another class, decided, or in use.
pub async fn withdraw<E>(
    app: &App,
    call: &Call,
    command: &Withdraw,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    let visits = visits(app, call, &command.person_no).await?;
    app.change_by_message(call, &command.person_no, |_, record| {
        let folder = folder(app, call, record, &visits);
        let row = withdrawable(&folder, record, command)?;
        let mut detail = filing_detail(&row.detail)?;
        refuse_used(&folder, row, &detail)?;
        detail
            .steps
            .push(step(&folder, &call.operator, "撤销", &command.note));
        let withdrawn = FilingRow {
            version: row.version + 1,
            state: FilingState::Withdrawn.word().to_owned(),
            detail: text(&detail)?,
            ..row.clone()
        };
        let change = Change {
            facts: undoing(record, &row.filing_id),
            commit: Some(commit(&folder, record, vec![withdrawn])),
        };
        Ok((change, encode()?))
    })
    .await
}

async fn visits(app: &App, call: &Call, person_no: &str) -> Result<Vec<VisitRow>, Error> {
    let ever = (DateTime::MIN, DateTime::MAX);
    let visits = app
        .store
        .person_visits(call.area, person_no, ever.0, ever.1);
    Ok(visits.await?)
}

fn folder<'a>(
    app: &'a App,
    call: &'a Call,
    record: &'a PersonRecord,
    visits: &'a [VisitRow],
) -> Folder<'a> {
    Folder {
        app,
        area: call.area,
        at: call.at,
        institution: Some(&call.institution),
        context: &record.context,
        filings: &record.filings,
        visits,
    }
}

fn withdrawable<'r>(
    folder: &Folder<'_>,
    record: &'r PersonRecord,
    command: &Withdraw,
) -> Result<&'r FilingRow, Error> {
    let id = &command.filing;
    let mut rows = record.filings.iter();
    let row = rows.find(|row| row.filing_id == *id);
    let row = row.ok_or_else(|| Error::missing("备案", id))?;
    if row.class != command.class.word() {
        let message = format!("“{id}”不是{}", command.class.zh());
        return Err(Error::refused("other_class", message));
    }
    if folder
        .institution
        .is_none_or(|place| place.code != row.institution)
    {
        let message = format!("备案“{id}”不是本机构办理的，不能撤销");
        return Err(Error::refused("other_institution", message));
    }
    let state = FilingState::of(&row.state)?;
    if matches!(state, FilingState::Withdrawn | FilingState::Rejected) {
        let message = format!("备案“{id}”{}，不能撤销", state.zh());
        return Err(Error::refused("filing_state", message));
    }
    if row.reviewed && command.class != FilingClass::Referral {
        let message = format!("备案“{id}”经办机构已经审核，不能撤销");
        return Err(Error::refused("reviewed", message));
    }
    Ok(row)
}

/// A bill that was settled by the filing must be taken back first.
fn refuse_used(folder: &Folder<'_>, row: &FilingRow, detail: &FilingDetail) -> Result<(), Error> {
    if row.state != FilingState::Valid.word() {
        return Ok(());
    }
    for visit in folder.visits {
        let visit = Visit::of(visit)?;
        if visit.status != VisitStatus::Settled {
            continue;
        }
        let day = visit.row.started_at.date();
        let disease = visit.detail.disease.as_ref();
        let concerned = match FilingClass::of(&row.class)? {
            FilingClass::Referral => visit.row.institution == detail.target.code,
            FilingClass::Recognition => {
                disease.is_some_and(|(code, _)| *code == detail.subject.code)
            }
            _ => false,
        };
        if concerned && crate::facts::spans(row.starts_on, row.ends_on, day) {
            let message = format!(
                "备案“{}”已用于就诊“{}”的结算，请先撤销结算",
                row.filing_id, visit.row.visit_id
            );
            return Err(Error::refused("filing_used", message));
        }
    }
    Ok(())
}
