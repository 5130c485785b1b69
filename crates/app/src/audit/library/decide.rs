use ::store::{Answer, AuditCommit, KnowledgeEditionRow};

use super::Edition;
use crate::audit::Officer;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Approves a proposal (批准知识库): its versions speak from now on, each for its own fee
    /// dates. Who imported it cannot approve it.
    ///
    /// # Errors
    /// [`Error::Denied`] to who imported it and to who is no second reviewer, [`Error::Missing`]
    /// for an unknown one, `knowledge_state` where it is decided already.
    pub async fn approve_knowledge(
        &self,
        officer: &Officer,
        edition: &str,
    ) -> Result<Edition, Error> {
        officer.decides_knowledge()?;
        let actor = &officer.actor;
        let proposed = self.undecided(actor, edition).await?;
        if proposed.proposed_by == actor.name {
            let message = "知识库由另一人批准：导入人不能批准自己的导入";
            return Err(Error::Denied(message.to_owned()));
        }
        self.decide(actor, &proposed, ("approved", "")).await
    }

    /// Sends a proposal back (退回知识库); its rows stay on record and never speak.
    ///
    /// # Errors
    /// `knowledge_reason` without a reason, else as for approving.
    pub async fn reject_knowledge(
        &self,
        officer: &Officer,
        edition: &str,
        reason: &str,
    ) -> Result<Edition, Error> {
        officer.decides_knowledge()?;
        let actor = &officer.actor;
        if reason.trim().is_empty() {
            return Err(Error::refused("knowledge_reason", "退回知识库要写明理由"));
        }
        let proposed = self.undecided(actor, edition).await?;
        self.decide(actor, &proposed, ("rejected", reason.trim()))
            .await
    }

    async fn undecided(&self, actor: &Actor, edition: &str) -> Result<Edition, Error> {
        let found = self.knowledge_edition(actor.area, edition).await?;
        if found.state == "proposed" {
            return Ok(found);
        }
        let state = found.state_name();
        let message = format!("知识库版本{edition}{state}，不能再办理");
        Err(Error::refused("knowledge_state", message))
    }

    async fn decide(
        &self,
        actor: &Actor,
        from: &Edition,
        (state, note): (&str, &str),
    ) -> Result<Edition, Error> {
        let mut commit = AuditCommit::new(actor.area);
        commit.editions.push(KnowledgeEditionRow {
            edition: from.edition.clone(),
            sequence: 2,
            state: state.to_owned(),
            by: actor.name.clone(),
            at: actor.at,
            note: note.to_owned(),
            rows: from.rows,
            hash: from.hash.clone(),
            report: "{}".to_owned(),
        });
        let access = actor.access(self, "decide_knowledge", &from.edition, state);
        commit.access.push((String::new(), access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => self.knowledge_edition(actor.area, &from.edition).await,
            _ => Err(Error::Busy),
        }
    }
}
