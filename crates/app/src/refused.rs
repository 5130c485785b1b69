use store::{AccessRow, Commit};

use crate::{App, Error};

/// A message that was turned away, as far as it could be read (未受理报文).
#[derive(Debug, Clone, Default)]
pub struct RefusedMessage {
    /// The institution it claims to come from.
    pub institution: String,
    /// The operator it names.
    pub operator: String,
    /// The transaction it asks for.
    pub transaction: String,
    /// Its own number.
    pub number: String,
    /// Where it came from.
    pub address: String,
    /// Why it was turned away.
    pub reason: String,
}

impl App {
    /// Notes in the access log that a message was turned away; nothing else is kept of it.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn log_refusal(&self, message: &RefusedMessage) -> Result<(), Error> {
        let mut commit = Commit::new(self.home, "");
        commit.access = Some(AccessRow {
            log_id: self.numbers.named("L"),
            at: self.clock.now(),
            actor_kind: "institution".to_owned(),
            actor: message.operator.clone(),
            institution: message.institution.clone(),
            action: message.transaction.clone(),
            target: message.number.clone(),
            result: "refused".to_owned(),
            address: message.address.clone(),
            detail: serde_json::json!({ "reason": message.reason }).to_string(),
        });
        self.store.commit(commit).await?;
        Ok(())
    }
}
