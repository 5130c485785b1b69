//! From an application to a filing, and from a filing that counts to facts of the register.

use enrolment::register::{Entry, Fact, NewFact};
use jiff::civil::Date;
use policy::Effect;
use serde_json::json;
use store::{Commit, FilingRow};
use terms::Word;

use super::designation::FOR_DISEASES;
use super::folder::Folder;
use super::{Applied, FilingClass, FilingDetail, FilingState, FilingStep, filing_detail};
use super::{accident, designation, kind::Conclusion, non_local, recognition, referral};
use crate::Error;
use crate::register::{Change, PersonRecord};

/// An application that may be filed.
pub(super) struct Checked {
    /// What it is about, in a few words.
    pub subject: String,
    pub effect: Effect,
    pub from: Date,
    pub to: Option<Date>,
    pub detail: FilingDetail,
    /// The filings it takes the place of.
    pub ends: Vec<String>,
}

/// Checks an application against the law and against what stands.
fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    match applied.class {
        FilingClass::Recognition => recognition::check(folder, applied),
        FilingClass::Referral => referral::check(folder, applied),
        FilingClass::Designation => designation::check(folder, applied),
        FilingClass::NonLocal => non_local::check(folder, applied),
        FilingClass::Accident => accident::check(folder, applied),
    }
}

/// Files an application: pending, or valid where the law lets it count at once.
pub(super) fn lodge(
    folder: &Folder<'_>,
    record: &PersonRecord,
    applied: &Applied,
    by: &str,
) -> Result<(Change, FilingRow), Error> {
    let checked = check(folder, applied)?;
    let at_once = checked.effect == Effect::AtOnce;
    let mut detail = checked.detail;
    detail.replaces = checked.ends;
    let done = if at_once {
        "申请，即时生效"
    } else {
        "申请"
    };
    detail.steps.push(step(folder, by, done, ""));
    let state = match at_once {
        true => FilingState::Valid,
        false => FilingState::Pending,
    };
    let row = FilingRow {
        person_no: record.person_no.clone(),
        filing_id: folder.app.numbers.named("B"),
        version: 1,
        class: applied.class.word().to_owned(),
        state: state.word().to_owned(),
        reviewed: at_once && folder.institution.is_none(),
        person_name: record.context.person.name.clone(),
        institution: folder
            .institution
            .map_or(String::new(), |place| place.code.clone()),
        subject: checked.subject,
        starts_on: checked.from,
        ends_on: checked.to,
        filed_at: folder.at,
        detail: text(&detail)?,
    };
    let mut change = Change::default();
    let mut rows = vec![row.clone()];
    if at_once {
        let (facts, ended) = counts(folder, record, &row, &detail)?;
        change.facts = facts;
        rows.extend(ended);
    }
    change.commit = Some(commit(folder, record, rows));
    Ok((change, row))
}

pub(super) fn commit(folder: &Folder<'_>, record: &PersonRecord, rows: Vec<FilingRow>) -> Commit {
    let mut commit = Commit::new(folder.area, record.person_no.as_str());
    commit.filings = rows;
    commit
}

pub(super) fn step(folder: &Folder<'_>, by: &str, done: &str, note: &str) -> FilingStep {
    FilingStep {
        at: folder.at,
        by: by.to_owned(),
        done: done.to_owned(),
        note: note.to_owned(),
    }
}

pub(super) fn text(detail: &FilingDetail) -> Result<String, Error> {
    serde_json::to_string(detail).map_err(|cause| Error::Bug(format!("a filing: {cause}")))
}

/// What a filing that counts from now on makes true, and the filings it takes the place of.
pub(super) fn counts(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    detail: &FilingDetail,
) -> Result<(Vec<NewFact>, Vec<FilingRow>), Error> {
    let (mut facts, mut ended) = (Vec::new(), Vec::new());
    for replaced in &detail.replaces {
        let mut old = record.filings.iter();
        let Some(old) = old.find(|old| old.filing_id == *replaced) else {
            continue;
        };
        facts.extend(ending(record, replaced, row.starts_on));
        ended.push(superseded(old, row)?);
    }
    if detail.kind == FOR_DISEASES {
        facts.extend(chosen(folder, record, row, detail)?);
    } else {
        facts.push(NewFact::over(
            row.starts_on,
            row.ends_on,
            fact(row, detail)?,
        ));
    }
    Ok((facts, ended))
}

/// The fact a filing stands for.
fn fact(row: &FilingRow, detail: &FilingDetail) -> Result<Fact, Error> {
    let id = &row.filing_id;
    let registration =
        |class: &str, institution: &str, more: serde_json::Value| Fact::Registration {
            id: id.clone(),
            class: Word::new(class),
            state: Word::new(FilingState::Valid.word()),
            institution: institution.to_owned(),
            destination: detail.destinations.join(","),
            detail: more.to_string(),
        };
    Ok(match FilingClass::of(&row.class)? {
        FilingClass::Recognition => Fact::Recognition {
            class: recognition::class_of(&detail.kind),
            code: detail.subject.code.clone(),
            name: detail.subject.name.clone(),
            institutions: detail.institutions.clone(),
            detail: json!({ "filing": id }).to_string(),
        },
        FilingClass::Referral => {
            let more = json!({ "direction": detail.direction, "from": row.institution });
            registration("referred", &detail.target.code, more)
        }
        FilingClass::Designation => {
            let place = detail.institutions.first().map_or("", String::as_str);
            registration(&detail.kind, place, json!({ "order": detail.order }))
        }
        FilingClass::NonLocal => {
            let more = json!({ "kind": detail.kind, "promise": detail.promise });
            registration(&detail.direction, "", more)
        }
        FilingClass::Accident => {
            let finding = detail.finding.as_ref();
            let word = finding.map_or("", |finding| finding.conclusion.as_str());
            let conclusion = Conclusion::of(word)?;
            registration("accident", "", json!({ "conclusion": conclusion.word() }))
        }
    })
}

/// Recognitions with the newly chosen institution in its place, from the first day of the choice.
fn chosen(
    folder: &Folder<'_>,
    record: &PersonRecord,
    row: &FilingRow,
    detail: &FilingDetail,
) -> Result<Vec<NewFact>, Error> {
    let scheme = detail
        .scheme
        .ok_or_else(|| Error::Bug("a designation without scheme".into()))?;
    let law = folder.law(scheme)?;
    let place = detail.institutions.first().cloned().unwrap_or_default();
    let at = usize::try_from(detail.order - 1).unwrap_or(0);
    let mut facts = Vec::new();
    for entry in record.register.current() {
        let Fact::Recognition {
            code, institutions, ..
        } = &entry.fact
        else {
            continue;
        };
        let most = recognition::case_of(folder, law, code).map_or(0, |case| case.institutions);
        let over = entry.to.is_some_and(|end| end < row.starts_on);
        if most == 0 || over || institutions.contains(&place) {
            continue;
        }
        let mut places = institutions.clone();
        match places.get_mut(at) {
            Some(old) => old.clone_from(&place),
            None => places.push(place.clone()),
        }
        facts.extend(moved(entry, places, row.starts_on));
    }
    Ok(facts)
}

/// A recognition with other institutions from a day on.
fn moved(entry: &Entry, places: Vec<String>, from: Date) -> Vec<NewFact> {
    let mut fact = entry.fact.clone();
    if let Fact::Recognition { institutions, .. } = &mut fact {
        *institutions = places;
    }
    match from.yesterday() {
        Ok(last) if entry.from <= last => {
            vec![
                NewFact::ended(entry, last),
                NewFact::over(from, entry.to, fact),
            ]
        }
        _ => vec![NewFact::instead_of(
            entry.number,
            entry.from,
            entry.to,
            fact,
        )],
    }
}

/// Ends what a filing made true on the day before, or takes it back where it had not begun.
pub(super) fn ending(record: &PersonRecord, filing_id: &str, before: Date) -> Vec<NewFact> {
    let last = before.yesterday().unwrap_or(before);
    let end = |entry: &Entry| {
        if entry.to.is_some_and(|to| to <= last) {
            None
        } else if entry.from > last {
            Some(NewFact::withdrawing(entry))
        } else {
            Some(NewFact::ended(entry, last))
        }
    };
    made_by(record, filing_id)
        .into_iter()
        .filter_map(end)
        .collect()
}

/// Takes back whatever a filing made true.
pub(super) fn undoing(record: &PersonRecord, filing_id: &str) -> Vec<NewFact> {
    let made = made_by(record, filing_id).into_iter();
    made.map(NewFact::withdrawing).collect()
}

/// The entries a filing made.
fn made_by<'r>(record: &'r PersonRecord, filing_id: &str) -> Vec<&'r Entry> {
    let of_filing = |entry: &&Entry| match &entry.fact {
        Fact::Registration { id, .. } => id == filing_id,
        Fact::Recognition { detail, .. } => {
            let read: Result<serde_json::Value, _> = serde_json::from_str(detail);
            read.is_ok_and(|detail| detail["filing"] == *filing_id)
        }
        _ => false,
    };
    record
        .register
        .current()
        .into_iter()
        .filter(of_filing)
        .collect()
}

/// A filing whose place another takes.
fn superseded(old: &FilingRow, new: &FilingRow) -> Result<FilingRow, Error> {
    let mut detail = filing_detail(&old.detail)?;
    let waiting = old.state == FilingState::Pending.word();
    detail.steps.push(FilingStep {
        at: new.filed_at,
        by: String::new(),
        done: "由新的备案代替".to_owned(),
        note: new.filing_id.clone(),
    });
    let last = new.starts_on.yesterday().unwrap_or(new.starts_on);
    let state = match waiting || last < old.starts_on {
        true => FilingState::Withdrawn,
        false => FilingState::Valid,
    };
    Ok(FilingRow {
        version: old.version + 1,
        state: state.word().to_owned(),
        ends_on: Some(last.max(old.starts_on)),
        detail: text(&detail)?,
        ..old.clone()
    })
}
