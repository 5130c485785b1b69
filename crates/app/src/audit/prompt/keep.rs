use ::store::{Answer, AuditPromptRow, Commit};

use super::{Prompt, PromptMoment};
use crate::{App, Call, Error};

impl App {
    /// Records prompts that belong to no bill, each once.
    pub(super) async fn keep_prompts(&self, commit: Commit) -> Result<(), Error> {
        match self.store.commit(commit).await? {
            Answer::Done => Ok(()),
            _ => Err(Error::Busy),
        }
    }
}

/// Prompts as the store keeps them.
pub(super) fn rows_of(
    call: &Call,
    moment: PromptMoment,
    prompts: &[Prompt],
) -> Vec<AuditPromptRow> {
    prompts
        .iter()
        .map(|one| row_of(call, moment, one))
        .collect()
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
