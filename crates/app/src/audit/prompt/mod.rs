//! 提醒：开单、上传、结算时的同一次审核，只看本次就诊，连同参保人一年的记录。

mod answer;
mod ask;
mod during;
mod found;
mod judge;
mod keep;
mod told;
mod touch;

pub use answer::PromptAnswer;
pub use ask::{PromptAsk, PromptLine, PromptMoment, PromptPerson, PromptVisit};
pub(crate) use during::{BillAudit, notes};
pub use found::{Prompt, PromptedLine};

use std::sync::Arc;

use ::store::{AuditRecord, AuditVisit, Commit, PersonRow};

pub(crate) use told::told;

use self::judge::{Case, rules_of};
use self::keep::rows_of;
use crate::register::Actor;
use crate::{App, Call, Error};

impl App {
    /// What is doubtful about orders or a bill before it is settled, with the last year of each
    /// patient considered (明细审核事前、事中分析).
    ///
    /// What is found is kept and can be answered; a message that is sent again finds the same and
    /// keeps nothing twice.
    ///
    /// # Errors
    /// `rule_unknown`, `rule_not_now`; [`Error::Missing`] for a person insured here whom the
    /// register does not know; [`Error::Fault`] where the store fails.
    pub async fn prompt(&self, call: &Call, ask: &PromptAsk) -> Result<Vec<Prompt>, Error> {
        let rules = rules_of(ask.settling, &ask.rules)?;
        let book = self.book_at_hand().await;
        let mut found = Vec::new();
        for person in &ask.people {
            let told: Vec<AuditVisit> = person
                .visits
                .iter()
                .map(told::told)
                .collect::<Result<_, _>>()?;
            let known = self.context(call, &person.number, None).await?;
            let stranger = known.is_none();
            let record = match known {
                Some(context) => self.record_of(call.area, &context, told).await?,
                None if person.from_elsewhere => told_only(call, person, told),
                None => return Err(Error::missing("参保人", &person.number)),
            };
            let message = call
                .message
                .as_ref()
                .map_or("", |message| message.number.as_str());
            let key = format!("{}\n{message}\n{}", call.institution.code, person.number);
            let case = Case {
                rules: rules.clone(),
                record,
                current: person.current.clone(),
                stranger,
                key,
                book: Arc::clone(&book),
            };
            found.push((person, self.found_of(call.area, case).await?));
        }
        // Only now: a message that is refused for one patient keeps nothing of the others.
        for (person, prompts) in &found {
            let access = Actor::institution(call).access(self, "prompt", &person.current, "done");
            let mut commit = Commit::new(call.area, person.number.as_str());
            commit.access = Some(access);
            commit.prompts = rows_of(call, ask.moment, prompts);
            self.keep_prompts(commit).await?;
        }
        Ok(found.into_iter().flat_map(|(_, prompts)| prompts).collect())
    }
}

/// Somebody insured elsewhere, as the message tells of them.
fn told_only(call: &Call, person: &PromptPerson, told: Vec<AuditVisit>) -> AuditRecord {
    AuditRecord {
        person: PersonRow {
            person_no: person.number.clone(),
            name: String::new(),
            sex: person.sex.map_or("", |sex| sex.word()).to_owned(),
            birth: person.birth,
            death: None,
            county: call.area,
            marks: "{}".to_owned(),
            detail: "{}".to_owned(),
        },
        version: 0,
        coverage: Vec::new(),
        recognitions: Vec::new(),
        registrations: Vec::new(),
        visits: told,
    }
}
