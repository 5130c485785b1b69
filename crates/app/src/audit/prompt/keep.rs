use ::store::{Answer, AuditCommit, AuditPromptRow};

use super::{Prompt, PromptMoment};
use crate::register::Actor;
use crate::{App, Call, Error};

impl App {
    /// Keeps prompts that were given, each once, and whose record was read for which visit.
    pub(super) async fn keep_prompts(
        &self,
        call: &Call,
        moment: PromptMoment,
        found: &[Prompt],
        read: &[(&str, &str)],
    ) -> Result<(), Error> {
        let actor = Actor::institution(call);
        let mut commit = AuditCommit::new(call.area);
        let row = |prompt: &Prompt| row_of(call, moment, prompt);
        commit.prompts = found.iter().map(row).collect();
        for (person, visit) in read {
            let access = actor.access(self, "prompt", visit, "done");
            commit.access.push(((*person).to_owned(), access));
        }
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(()),
            _ => Err(Error::Busy),
        }
    }
}

fn row_of(call: &Call, moment: PromptMoment, prompt: &Prompt) -> AuditPromptRow {
    let lines = prompt.lines.iter().map(|line| {
        serde_json::json!({ "visit": line.visit, "line": line.line,
            "violates": line.violates, "amount": line.amount })
    });
    let evidence = serde_json::json!({ "basis": prompt.basis, "rule_name": prompt.rule_name,
        "lines": lines.collect::<Vec<_>>() });
    AuditPromptRow {
        person_no: prompt.person_no.clone(),
        prompt: prompt.id.clone(),
        moment: moment.word().to_owned(),
        asked_at: call.at,
        institution: call.institution.code.clone(),
        doctor: prompt.doctor.clone(),
        visit_id: prompt.visit.clone(),
        rule: prompt.rule.clone(),
        rule_version: prompt.rule_version,
        strength: prompt.strength.word().to_owned(),
        amount: prompt.amount,
        knowledge: prompt.knowledge.clone(),
        says: prompt.says.clone(),
        evidence: evidence.to_string(),
        answer: String::new(),
        answer_text: String::new(),
        answered_by: String::new(),
        answered_at: None,
    }
}
