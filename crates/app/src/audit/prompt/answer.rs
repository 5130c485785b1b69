use ::store::{Answer, AuditCommit, AuditPromptRow};

use super::PromptMoment;
use crate::register::Actor;
use crate::{App, Call, Error};

/// What an institution did about a prompt (处理结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptAnswer {
    /// 违规标识.
    pub prompt: String,
    /// The order was changed; else it stands, for the reason given (返回修改、继续执行).
    pub changed: bool,
    /// 处理原因.
    pub reason: String,
}

impl PromptAnswer {
    const fn word(&self) -> &'static str {
        if self.changed { "changed" } else { "continued" }
    }
}

impl App {
    /// Keeps what an institution did about prompts it was given; a later answer replaces an
    /// earlier one (反馈).
    ///
    /// # Errors
    /// `prompt_unknown` where the institution was never told so at this moment; then nothing of
    /// the message is kept. [`Error::Fault`] where the store fails.
    pub async fn answer_prompts(
        &self,
        call: &Call,
        moment: PromptMoment,
        answers: &[PromptAnswer],
    ) -> Result<(), Error> {
        let actor = Actor::institution(call);
        let mut commit = AuditCommit::new(call.area);
        for answer in answers {
            let row = self.prompted(call, moment, &answer.prompt).await?;
            let access = actor.access(self, "answer_prompt", &answer.prompt, "done");
            commit.access.push((row.person_no.clone(), access));
            commit.prompts.push(AuditPromptRow {
                answer: answer.word().to_owned(),
                answer_text: answer.reason.clone(),
                answered_by: call.operator.clone(),
                answered_at: Some(call.at),
                ..row
            });
        }
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(()),
            _ => Err(Error::Busy),
        }
    }

    async fn prompted(
        &self,
        call: &Call,
        moment: PromptMoment,
        id: &str,
    ) -> Result<AuditPromptRow, Error> {
        let found = self.store.audit_prompt(call.area, id).await?;
        let code = call.institution.code.as_str();
        let own = found.filter(|row| row.institution == code && row.moment == moment.word());
        own.ok_or_else(|| {
            let message = format!("本机构没有收到过{}提醒“{id}”", moment.zh());
            Error::refused("prompt_unknown", message)
        })
    }
}
