use std::collections::BTreeMap;

use enrolment::difficulty::{Change, Intake};
use store::{ListChangeRow, ListResultRow, ListRow};

use super::facts::facts_of;
use super::receive::step_row;
use super::report::result_rows;
use super::{ListReport, ListState, ListSummary, source};
use crate::register::Actor;
use crate::{App, Error};

/// Changes of one person, and the rows they come from.
type ByPerson = BTreeMap<String, Vec<Change>>;

impl App {
    /// Writes a list into the register, person by person (入册).
    ///
    /// Everything is decided again first, on today's register. Rows that are sent back stop the
    /// whole list unless `accept_good` takes the others; so does a change that the register
    /// refuses. An interrupted list is finished by applying it again: what is believed already
    /// changes nothing.
    ///
    /// # Errors
    /// A refusal where the list has been applied or sent back, rows are sent back and the good
    /// ones were not accepted, or a second person has to agree and the same asks who received it.
    pub async fn apply_list(
        &self,
        actor: &Actor,
        list_no: &str,
        accept_good: bool,
    ) -> Result<ListReport, Error> {
        let list = self.store.list(actor.area, list_no).await?;
        let list = list.ok_or_else(|| Error::missing("名单", list_no))?;
        let report = self.report(actor, list.clone(), false).await?;
        let actor = Actor {
            source: source(&list.bureau, list_no),
            ..actor.clone()
        };
        may_go_on(&report)?;
        let intake = self.decide_list(actor.area, &list, &report.rows).await?;
        agreed(&intake, &report, &actor)?;
        let (changes, refused) = self.try_changes(&actor, &list, &intake).await?;
        let sent_back = intake.rejected().count() + refused.len();
        if sent_back > 0 && !accept_good {
            let message = format!("名单有{sent_back}行退回，没有入册；可以选择只入册其余各行");
            return Err(Error::refused("list_has_rejected_rows", message));
        }
        let mut step_no = report.steps.last().map_or(0, |step| step.step_no);
        if report.state == ListState::Checked {
            step_no += 1;
            let summary = ListSummary::of(&intake);
            let step = step_row(list_no, step_no, ListState::Applying, &actor, &summary)?;
            self.store.step_list(actor.area, &step, &[]).await?;
        }
        let results = results_of(&intake, &refused, step_no + 1);
        let done = self.write(&actor, &list, &changes).await?;
        let summary = ListSummary {
            enrolled: done.0,
            reopened: done.1,
            rejected: sent_back,
            ..ListSummary::of(&intake)
        };
        let step = step_row(list_no, step_no + 1, ListState::Applied, &actor, &summary)?;
        self.store.step_list(actor.area, &step, &results).await?;
        self.note_list(&actor, "apply_list", list_no).await?;
        self.report(&actor, list, false).await
    }

    /// Sends a list back as a whole, unapplied (整份退回).
    ///
    /// # Errors
    /// A refusal where it has been applied, even in part.
    pub async fn send_list_back(&self, actor: &Actor, list_no: &str) -> Result<ListReport, Error> {
        let list = self.store.list(actor.area, list_no).await?;
        let list = list.ok_or_else(|| Error::missing("名单", list_no))?;
        let report = self.report(actor, list.clone(), false).await?;
        if report.state != ListState::Checked {
            let message = format!("名单{list_no}{}，不能退回", report.state.zh());
            return Err(Error::refused("list_not_open", message));
        }
        let step_no = report.steps.last().map_or(0, |step| step.step_no) + 1;
        let state = ListState::SentBack;
        let step = step_row(list_no, step_no, state, actor, &report.summary)?;
        self.store.step_list(actor.area, &step, &[]).await?;
        self.note_list(actor, "send_list_back", list_no).await?;
        self.report(actor, list, false).await
    }

    /// Tries every change on the register without making it; those that it refuses come back with
    /// the reason.
    async fn try_changes(
        &self,
        actor: &Actor,
        list: &ListRow,
        intake: &Intake,
    ) -> Result<(ByPerson, BTreeMap<String, String>), Error> {
        let mut changes = ByPerson::new();
        for change in &intake.changes {
            let of_person = changes.entry(change.person_no.clone()).or_default();
            of_person.push(change.clone());
        }
        let mut refused = BTreeMap::new();
        for (person, of_person) in &changes {
            let tried = self
                .preview_change(actor, person, |record| {
                    facts_of(record, of_person, &list.bureau).map(Into::into)
                })
                .await;
            match tried {
                Ok(_) => {}
                Err(error) if error.is_decided() => {
                    refused.insert(person.clone(), error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        changes.retain(|person, _| !refused.contains_key(person));
        Ok((changes, refused))
    }

    /// Writes every change; how many people were enrolled and how many bills re-opened.
    async fn write(
        &self,
        actor: &Actor,
        list: &ListRow,
        changes: &ByPerson,
    ) -> Result<(usize, usize), Error> {
        let (mut enrolled, mut reopened) = (0, 0);
        for (person, of_person) in changes {
            let changed = self
                .change_register(actor, person, "apply_list", |record| {
                    facts_of(record, of_person, &list.bureau).map(Into::into)
                })
                .await?;
            let subsidies = self.subsidise(actor, person, of_person).await?;
            enrolled += usize::from(of_person.iter().any(|change| change.enrol_from.is_some()));
            reopened += changed.reopened.len();
            let followed = (changed.reopened.len(), subsidies.join("；"));
            let noted = change_rows(actor, list, of_person, &followed);
            self.store.note_list_changes(actor.area, &noted).await?;
        }
        Ok((enrolled, reopened))
    }
}

/// Whether a list can still be applied.
fn may_go_on(report: &ListReport) -> Result<(), Error> {
    match report.state {
        ListState::Checked | ListState::Applying => Ok(()),
        ListState::Applied | ListState::SentBack => {
            let (no, state) = (&report.list.list_no, report.state.zh());
            let message = format!("名单{no}{state}，不能再入册");
            Err(Error::refused("list_not_open", message))
        }
    }
}

/// A full list that ends many needs somebody else than who received it.
fn agreed(intake: &Intake, report: &ListReport, actor: &Actor) -> Result<(), Error> {
    let asked = intake.needs_second_person || report.summary.needs_second_person;
    if asked && actor.name == report.list.received_by {
        let message = format!(
            "名单使{}人中的{}人退出，须由收件人以外的人复核入册",
            report.summary.held_before, report.summary.ended
        );
        return Err(Error::refused("second_person_needed", message));
    }
    Ok(())
}

/// What came of the rows, with those whose changes the register refused.
fn results_of(
    intake: &Intake,
    refused: &BTreeMap<String, String>,
    step_no: i64,
) -> Vec<ListResultRow> {
    let mut rows = result_rows(intake, step_no);
    for row in &mut rows {
        if let Some(why) = refused
            .get(&row.person_no)
            .filter(|_| row.reason_code.is_empty())
        {
            row.result = "rejected".to_owned();
            row.reason_code = "register_refused".to_owned();
            row.reason = format!("登记册不能记载：{why}");
        }
    }
    rows
}

fn change_rows(
    actor: &Actor,
    list: &ListRow,
    changes: &[Change],
    (reopened, subsidies): &(usize, String),
) -> Vec<ListChangeRow> {
    let row = |(change, change_no): (&Change, i64)| ListChangeRow {
        person_no: change.person_no.clone(),
        list_no: list.list_no.clone(),
        change_no,
        identity: change.identity.to_string(),
        kind: change.kind.word().to_owned(),
        was_from: change.before.map(|days| days.from),
        was_to: change.before.and_then(|days| days.to),
        now_from: change.after.map(|days| days.from),
        now_to: change.after.and_then(|days| days.to),
        enrolled_on: change.enrol_from,
        reopened: if change_no == 1 {
            i64::try_from(*reopened).unwrap_or(i64::MAX)
        } else {
            0
        },
        reason: match change_no == 1 && !subsidies.is_empty() {
            true => format!("{}；{subsidies}", change.reason),
            false => change.reason.clone(),
        },
        changed_at: actor.at,
    };
    changes.iter().zip(1..).map(row).collect()
}
