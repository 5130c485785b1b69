use enrolment::register::{Entry, Fact, NewFact};
use serde::Serialize;
use store::{AccountHold, Context};
use terms::Word;

use super::event::Happening;
use crate::register::{Actor, Change, PersonRecord};
use crate::{App, Error};

/// What a hold fact holds when it is about the account.
const ACCOUNT: &str = "account";

#[derive(Serialize)]
struct SavedHold<'a> {
    reason: &'a str,
}

impl App {
    /// Freezes a person's account: it pays no bill, no relative and no premium until it is set
    /// free; credits go on (冻结).
    ///
    /// # Errors
    /// A refusal where there is no account, it is frozen already, or no reason is given.
    pub async fn freeze_account(
        &self,
        actor: &Actor,
        person_no: &str,
        reason: &str,
    ) -> Result<(), Error> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::refused("no_reason", "请写明冻结原因"));
        }
        let decide = |record: &PersonRecord| {
            let before = held(&record.context)?;
            if !before.is_empty() {
                let message = format!("个人账户已冻结：{before}");
                return Err(Error::refused("account_frozen", message));
            }
            let fact = Fact::Hold {
                hold: Word::new(ACCOUNT),
                reason: reason.to_owned(),
            };
            let facts = vec![NewFact::from(actor.at.date(), fact)];
            self.hold(actor, record, facts, (String::new(), reason))
        };
        self.change_register(actor, person_no, "freeze_account", decide)
            .await
            .map(|_| ())
    }

    /// Lets a frozen account pay again (解冻).
    ///
    /// # Errors
    /// A refusal where the account is not frozen.
    pub async fn unfreeze_account(&self, actor: &Actor, person_no: &str) -> Result<(), Error> {
        let decide = |record: &PersonRecord| {
            let before = held(&record.context)?;
            if before.is_empty() {
                return Err(Error::refused("not_frozen", "个人账户没有冻结"));
            }
            let today = actor.at.date();
            let of_account = |entry: &&Entry| match &entry.fact {
                Fact::Hold { hold, .. } => *hold == *ACCOUNT,
                _ => false,
            };
            let open = record.open("hold");
            let facts = open.into_iter().filter(of_account);
            let facts = facts.map(|entry| NewFact::ended(entry, today)).collect();
            self.hold(actor, record, facts, (before, ""))
        };
        self.change_register(actor, person_no, "unfreeze_account", decide)
            .await
            .map(|_| ())
    }

    fn hold(
        &self,
        actor: &Actor,
        record: &PersonRecord,
        facts: Vec<NewFact>,
        (before, hold): (String, &str),
    ) -> Result<Change, Error> {
        let event_id = self.numbers.named("A");
        let purses = record.context.accounts.len();
        let happening = Happening {
            area: actor.area,
            person_no: &record.person_no,
            version: record.context.version,
            kind: if hold.is_empty() {
                "unfreeze"
            } else {
                "freeze"
            },
            occasion: &event_id,
            event_id: &event_id,
            amount: money::Fen::ZERO,
            at: actor.at,
            by: &actor.name,
            detail: &SavedHold {
                reason: if hold.is_empty() { &before } else { hold },
            },
        };
        let mut commit = happening.commit(self, Vec::new(), None)?;
        commit.occasion = None;
        commit.account_hold = Some(AccountHold {
            hold: hold.to_owned(),
            before,
            purses: purses as u64,
        });
        let commit = Some(commit);
        Ok(Change { facts, commit })
    }
}

/// Why the person's account does not pay; empty while it does.
fn held(context: &Context) -> Result<String, Error> {
    let first = context.accounts.first();
    let first = first.ok_or_else(|| {
        let name = &context.person.name;
        Error::refused("no_account", format!("{name}没有个人账户"))
    })?;
    Ok(first.hold.clone())
}
