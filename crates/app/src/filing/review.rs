use jiff::civil::{Date, DateTime};
use store::{FilingRow, VisitRow};

use super::applied::{commit, counts, ending, lodge, step, text};
use super::folder::{Folder, last_of_months};
use super::{AccidentFinding, Applied, Conclusion, Filing, FilingClass, FilingDetail, FilingState};
use super::{filing_detail, recognition};
use crate::office::Clerk;
use crate::register::{Actor, Change, PersonRecord};
use crate::{App, Error};

/// With what a filing is granted; what is absent stays as applied for (准予备案).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approval {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Institutions the person may use.
    pub institutions: Option<Vec<String>>,
    /// What the investigation of an accident concluded.
    pub conclusion: Option<Conclusion>,
    /// Remark, or facts and evidence.
    pub note: String,
}

/// What the agency makes of a filing (审核结论).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// 准予备案.
    Approve(Approval),
    /// 不予备案, with the reason.
    Reject(String),
}

impl App {
    /// Decides on a filing and returns it as it stands then (备案审核).
    ///
    /// One that counted at once is only confirmed or, with a reason, ended from today on.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown number; a refusal where it is decided already, a reason
    /// or conclusion is missing, or term and institutions go beyond the law.
    pub async fn decide_filing(
        &self,
        clerk: &Clerk,
        filing_id: &str,
        verdict: &Verdict,
    ) -> Result<Filing, Error> {
        let known = self.store.filing(clerk.area, filing_id).await?;
        let known = known.ok_or_else(|| Error::missing("备案", filing_id))?;
        let actor = Actor::clerk(self, clerk);
        let person_no = known.person_no.as_str();
        self.change_register(&actor, person_no, "decide_filing", |record| {
            let folder = folder(self, &actor, record, &[]);
            let row = record.filings.iter().find(|row| row.filing_id == filing_id);
            let row = row.ok_or_else(|| Error::missing("备案", filing_id))?;
            decide(&folder, record, row, verdict, &clerk.name)
        })
        .await?;
        let row = self.store.filing(clerk.area, filing_id).await?;
        Filing::of(row.ok_or_else(|| Error::missing("备案", filing_id))?)
    }

    /// Files an application at the agency's own counter; what counts at once needs no other review.
    ///
    /// # Errors
    /// As for an institution's filing.
    pub async fn file_at_counter(
        &self,
        clerk: &Clerk,
        person_no: &str,
        applied: &Applied,
    ) -> Result<Filing, Error> {
        let actor = Actor::clerk(self, clerk);
        let ever = (DateTime::MIN, DateTime::MAX);
        let visits = self
            .store
            .person_visits(clerk.area, person_no, ever.0, ever.1);
        let visits = visits.await?;
        let made = std::sync::Mutex::new(None);
        self.change_register(&actor, person_no, "file_at_counter", |record| {
            let folder = folder(self, &actor, record, &visits);
            let (change, row) = lodge(&folder, record, applied, &clerk.name)?;
            *made
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(row);
            Ok(change)
        })
        .await?;
        let made = made
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Filing::of(made.ok_or_else(|| Error::Bug("a filing was never made".to_owned()))?)
    }
}

fn folder<'a>(
    app: &'a App,
    actor: &Actor,
    record: &'a PersonRecord,
    visits: &'a [VisitRow],
) -> Folder<'a> {
    Folder {
        app,
        area: actor.area,
        at: actor.at,
        institution: None,
        context: &record.context,
        filings: &record.filings,
        visits,
    }
}

fn decide(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    verdict: &Verdict,
    by: &str,
) -> Result<Change, Error> {
    let state = FilingState::of(&row.state)?;
    match (state, verdict) {
        (FilingState::Pending, Verdict::Approve(approval)) => {
            approve(folder, record, row, approval, by)
        }
        (FilingState::Valid, Verdict::Approve(approval)) if !row.reviewed => {
            confirm(folder, record, row, approval, by)
        }
        (FilingState::Pending | FilingState::Valid, Verdict::Reject(reason)) => {
            reject(folder, record, row, reason, by)
        }
        _ => Err(Error::refused(
            "filing_state",
            format!("备案“{}”{}，不能再审核", row.filing_id, state.zh()),
        )),
    }
}

fn approve(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    approval: &Approval,
    by: &str,
) -> Result<Change, Error> {
    let class = FilingClass::of(&row.class)?;
    let mut detail = filing_detail(&row.detail)?;
    let mut granted = FilingRow {
        version: row.version + 1,
        state: FilingState::Valid.word().to_owned(),
        reviewed: true,
        starts_on: approval.from.unwrap_or(row.starts_on),
        ends_on: approval.to.or(row.ends_on),
        ..row.clone()
    };
    match class {
        FilingClass::Recognition => grant_term(folder, &mut granted, &mut detail, approval)?,
        FilingClass::Accident => conclude(row, &mut detail, approval)?,
        _ => {}
    }
    Folder::check_span(granted.starts_on, granted.ends_on)?;
    detail
        .steps
        .push(step(folder, by, "准予备案", &approval.note));
    granted.detail = text(&detail)?;
    let (facts, ended) = counts(folder, record, &granted, &detail)?;
    let mut rows = vec![granted];
    rows.extend(ended);
    Ok(Change {
        facts,
        commit: Some(commit(folder, record, rows)),
    })
}

/// Term and institutions of a recognition stay within the law.
fn grant_term(
    folder: &Folder<'_>,
    granted: &mut FilingRow,
    detail: &mut FilingDetail,
    approval: &Approval,
) -> Result<(), Error> {
    let scheme = detail
        .scheme
        .ok_or_else(|| Error::Bug("a recognition without scheme".into()))?;
    let case = recognition::case_of(folder, folder.law(scheme)?, &detail.subject.code)?;
    if let Some(months) = case.term_months {
        let most = last_of_months(granted.starts_on, months);
        if approval.to.is_some_and(|to| to > most) {
            let message = format!("{}认定最长{months}个月，至{most}", case.title);
            return Err(Error::refused("too_long", message));
        }
        if approval.to.is_none() && approval.from.is_some() {
            granted.ends_on = Some(most);
        }
    }
    if let Some(chosen) = &approval.institutions {
        recognition::check_places(folder, case, chosen)?;
        detail.institutions.clone_from(chosen);
    }
    Ok(())
}

fn conclude(row: &FilingRow, detail: &mut FilingDetail, approval: &Approval) -> Result<(), Error> {
    let Some(conclusion) = approval.conclusion else {
        let message = format!("备案“{}”是意外伤害，须写明调查结论", row.filing_id);
        return Err(Error::refused("no_conclusion", message));
    };
    detail.finding = Some(AccidentFinding {
        conclusion: conclusion.word().to_owned(),
        note: approval.note.clone(),
    });
    Ok(())
}

/// What counted at once is looked at afterwards and stands.
fn confirm(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    approval: &Approval,
    by: &str,
) -> Result<Change, Error> {
    let unchanged = approval.from.is_none_or(|from| from == row.starts_on)
        && approval.to.is_none_or(|to| Some(to) == row.ends_on)
        && approval.institutions.is_none();
    if !unchanged {
        let message = format!("备案“{}”已经生效，复核时不能改期限和机构", row.filing_id);
        return Err(Error::refused("counts_already", message));
    }
    let mut detail = filing_detail(&row.detail)?;
    detail
        .steps
        .push(step(folder, by, "复核通过", &approval.note));
    let confirmed = FilingRow {
        version: row.version + 1,
        reviewed: true,
        detail: text(&detail)?,
        ..row.clone()
    };
    Ok(Change {
        facts: Vec::new(),
        commit: Some(commit(folder, record, vec![confirmed])),
    })
}

fn reject(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    reason: &str,
    by: &str,
) -> Result<Change, Error> {
    if reason.trim().is_empty() {
        let message = "不予备案须写明理由".to_owned();
        return Err(Error::refused("no_reason", message));
    }
    let counted = row.state == FilingState::Valid.word();
    let mut detail = filing_detail(&row.detail)?;
    let done = if counted {
        "取消备案"
    } else {
        "不予备案"
    };
    detail.steps.push(step(folder, by, done, reason));
    let today = folder.today();
    let last = today.yesterday().unwrap_or(today);
    let rejected = FilingRow {
        version: row.version + 1,
        state: FilingState::Rejected.word().to_owned(),
        reviewed: true,
        ends_on: match counted && last >= row.starts_on {
            true => Some(row.ends_on.map_or(last, |end| end.min(last))),
            false => row.ends_on,
        },
        detail: text(&detail)?,
        ..row.clone()
    };
    Ok(Change {
        facts: ending(record, &row.filing_id, today),
        commit: Some(commit(folder, record, vec![rejected])),
    })
}
