use enrolment::account::{Exit, Heir, inherit};
use money::Fen;
use policy::HeirTo;
use serde::{Deserialize, Serialize};
use store::{AccountChange, AccountProposalRow, AccountRow, Answer, Commit, Context};
use terms::{AccountKind, Scheme};

use super::event::{Happening, broken, emptied, purse};
use super::purses::purses_of;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// One heir as asked for (继承人).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeirAsk {
    /// 姓名.
    pub name: String,
    /// 人员编号, where the share goes to an account.
    pub person_no: Option<String>,
    /// How much.
    pub share: Fen,
}

/// What is kept of an inheritance (继承留存).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inheritance {
    /// Who inherits.
    pub heirs: Vec<HeirAsk>,
    /// The paper it rests on: a notary's deed, an agreement.
    pub document: String,
}

/// An inheritance that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    pub proposal: String,
    /// What is inherited.
    pub amount: Fen,
}

const INHERITANCE: &str = "inheritance";

impl App {
    /// Proposes how a dead owner's balance is inherited; somebody else approves it (继承申请).
    ///
    /// # Errors
    /// A refusal of the law, or where an heir's account does not exist.
    pub async fn propose_inheritance(
        &self,
        actor: &Actor,
        person_no: &str,
        inheritance: &Inheritance,
    ) -> Result<Proposed, Error> {
        let detail = serde_json::to_string(inheritance)
            .map_err(|cause| Error::Bug(format!("an inheritance: {cause}")))?;
        for _ in 0..ATTEMPTS {
            let context = self.owner(actor, person_no).await?;
            let exit = self.inheritable(actor, &context, inheritance)?;
            self.heirs(actor, inheritance).await?;
            let proposal = self.numbers.named("J");
            let mut commit = Commit::new(actor.area, person_no);
            commit.expected_version = Some(context.version);
            commit.account_proposal = Some(AccountProposalRow {
                person_no: person_no.to_owned(),
                proposal_id: proposal.clone(),
                version: 1,
                kind: INHERITANCE.to_owned(),
                state: "proposed".to_owned(),
                amount: exit.amount,
                proposed_at: actor.at,
                proposed_by: actor.name.clone(),
                decided_at: None,
                decided_by: String::new(),
                detail: detail.clone(),
            });
            commit.access = Some(actor.access(self, "propose_inheritance", &proposal, "done"));
            if self.store.commit(commit).await? == Answer::Done {
                let amount = exit.amount;
                return Ok(Proposed { proposal, amount });
            }
        }
        Err(Error::Busy)
    }

    /// Approves or rejects a proposed inheritance; approved, the balance moves at once (继承复核).
    ///
    /// # Errors
    /// [`Error::Denied`] to whoever proposed it, a refusal where it is decided already or no longer
    /// lawful, and [`Error::Missing`] where there is none.
    pub async fn decide_inheritance(
        &self,
        actor: &Actor,
        (person_no, proposal): (&str, &str),
        approve: bool,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let context = self.owner(actor, person_no).await?;
            let rows = self.store.account_proposals(actor.area, person_no).await?;
            let row = rows.into_iter().find(|row| row.proposal_id == proposal);
            let row = row.ok_or_else(|| Error::missing("继承申请", proposal))?;
            if row.state != "proposed" {
                return Err(Error::refused("decided_already", "该继承申请已经复核"));
            }
            if row.proposed_by == actor.name {
                return Err(Error::Denied("申请和复核不能是同一人".to_owned()));
            }
            let mut commit = if approve {
                self.inherited(actor, &context, &row).await?
            } else {
                let mut commit = Commit::new(actor.area, person_no);
                commit.expected_version = Some(context.version);
                commit
            };
            let state = if approve { "approved" } else { "rejected" };
            commit.account_proposal = Some(AccountProposalRow {
                version: row.version + 1,
                state: state.to_owned(),
                decided_at: Some(actor.at),
                decided_by: actor.name.clone(),
                ..row
            });
            commit.access = Some(actor.access(self, "decide_inheritance", proposal, state));
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    async fn owner(&self, actor: &Actor, person_no: &str) -> Result<Context, Error> {
        let record = self.person_record(actor.area, person_no).await?;
        let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
        Ok(record.context)
    }

    fn inheritable(
        &self,
        actor: &Actor,
        owner: &Context,
        inheritance: &Inheritance,
    ) -> Result<Exit, Error> {
        refuse_frozen(&owner.accounts)?;
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let purses = purses_of(owner.accounts.iter())?;
        let heirs: Vec<Heir> = inheritance.heirs.iter().map(heir).collect();
        let on = actor.at.date();
        Ok(inherit(&purses, owner.person.death, &heirs, on, law)?)
    }

    /// The purses of heirs whose share goes to an account.
    async fn heirs(
        &self,
        actor: &Actor,
        inheritance: &Inheritance,
    ) -> Result<Vec<AccountRow>, Error> {
        let mut found: Vec<AccountRow> = Vec::new();
        for heir in &inheritance.heirs {
            let Some(number) = &heir.person_no else {
                continue;
            };
            if found.iter().any(|row| row.owner == *number) {
                let message = format!("继承人“{number}”写了两次");
                return Err(Error::refused("heir_twice", message));
            }
            let rows = self.store.accounts_of(actor.area, number).await?;
            if rows.is_empty() {
                let name = &heir.name;
                let message = format!("继承人{name}没有个人账户，请改为一次性支付");
                return Err(Error::refused("heir_without_account", message));
            }
            found.extend(rows);
        }
        Ok(found)
    }

    async fn inherited(
        &self,
        actor: &Actor,
        owner: &Context,
        row: &AccountProposalRow,
    ) -> Result<Commit, Error> {
        let inheritance: Inheritance = serde_json::from_str(&row.detail)
            .map_err(|cause| Error::Bug(format!("proposal {}: {cause}", row.proposal_id)))?;
        let exit = self.inheritable(actor, owner, &inheritance)?;
        let purses = self.heirs(actor, &inheritance).await?;
        let number = owner.person.person_no.as_str();
        let mut changes = emptied(&owner.accounts);
        for heir in &inheritance.heirs {
            changes.extend(heir.person_no.as_ref().map(|number| AccountChange {
                read: purse(&purses, number, AccountKind::Historic),
                delta: heir.share,
            }));
        }
        let event_id = self.numbers.named("A");
        let posting = bookkeeping::AccountPosting {
            batch: &event_id,
            owner: number,
            on: actor.at.date(),
            amount: exit.amount,
        };
        let shares: Vec<bookkeeping::HeirShare<'_>> = inheritance
            .heirs
            .iter()
            .map(|heir| (heir.person_no.as_deref(), heir.share))
            .collect();
        let batch = bookkeeping::inherited(&posting, &shares).map_err(broken)?;
        let commit = Happening {
            area: actor.area,
            person_no: number,
            version: owner.version,
            kind: INHERITANCE,
            occasion: &row.proposal_id,
            event_id: &event_id,
            amount: exit.amount,
            at: actor.at,
            by: &actor.name,
            detail: &inheritance,
        }
        .commit(self, changes, Some(batch))?;
        Ok(commit)
    }
}

fn heir(ask: &HeirAsk) -> Heir {
    Heir {
        name: ask.name.clone(),
        person_no: ask.person_no.clone(),
        to: match ask.person_no {
            Some(_) => HeirTo::Account,
            None => HeirTo::Payout,
        },
        share: ask.share,
    }
}

/// Nothing leaves a frozen account.
pub(super) fn refuse_frozen(rows: &[AccountRow]) -> Result<(), Error> {
    match rows.iter().find(|row| !row.hold.is_empty()) {
        Some(row) => {
            let reason = row.hold.clone();
            Err(enrolment::account::AccountRefusal::Frozen { reason }.into())
        }
        None => Ok(()),
    }
}
