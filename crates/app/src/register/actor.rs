use jiff::civil::DateTime;
use store::AccessRow;
use terms::AreaCode;

use crate::office::Clerk;
use crate::{App, Call};

/// Who changes the register: a clerk, an institution's message, or a batch (经办主体).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Whose register.
    pub area: AreaCode,
    /// `user`, `institution` or `batch`.
    pub kind: &'static str,
    /// The user, the operator, or the batch's number.
    pub name: String,
    /// The institution, or empty.
    pub institution: String,
    /// Where it comes from, for the entry's source: `counter`, a transaction, a list's number.
    pub source: String,
    /// The network address.
    pub address: String,
    /// Business time.
    pub at: DateTime,
}

impl Actor {
    /// A clerk at the console.
    pub fn clerk(app: &App, clerk: &Clerk) -> Self {
        Self {
            area: clerk.area,
            kind: "user",
            name: clerk.user.clone(),
            institution: String::new(),
            source: "counter".to_owned(),
            address: clerk.address.clone(),
            at: app.clock.now(),
        }
    }

    /// An institution's operator, by message.
    pub fn institution(call: &Call) -> Self {
        let message = call.message.as_ref();
        Self {
            area: call.area,
            kind: "institution",
            name: call.operator.clone(),
            institution: call.institution.code.clone(),
            source: message.map_or_else(String::new, |message| message.transaction.clone()),
            address: call.address.clone(),
            at: call.at,
        }
    }

    /// A batch: a received list, an import, a monthly run.
    pub fn batch(area: AreaCode, number: &str, at: DateTime) -> Self {
        Self {
            area,
            kind: "batch",
            name: number.to_owned(),
            institution: String::new(),
            source: number.to_owned(),
            address: String::new(),
            at,
        }
    }

    /// The line of the access log for what the actor did.
    pub fn access(&self, app: &App, action: &str, target: &str, result: &str) -> AccessRow {
        AccessRow {
            log_id: app.numbers.named("L"),
            at: self.at,
            actor_kind: self.kind.to_owned(),
            actor: self.name.clone(),
            institution: self.institution.clone(),
            action: action.to_owned(),
            target: target.to_owned(),
            result: result.to_owned(),
            address: self.address.clone(),
            detail: "{}".to_owned(),
        }
    }
}
