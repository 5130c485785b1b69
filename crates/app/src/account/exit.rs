use enrolment::account::{CashOutFacts, Exit, ExitWay, cash_out, transfer_out};
use money::Fen;
use policy::CashOutReason;
use serde::Serialize;
use store::{AccountChange, Answer, Context};
use terms::{AccountKind, AreaCode, Scheme};

use super::event::{Happening, broken, emptied, purse};
use super::inherit::refuse_frozen;
use super::purses::purses_of;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// How an owner leaves the account (转出、支取).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveAsk {
    /// 关系转出 to another area.
    To(AreaCode),
    /// 一次性支取.
    InCash(CashOutReason),
}

/// A balance that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The event's number.
    pub event: String,
    /// How much.
    pub amount: Fen,
}

/// Money that comes back to an account (退回账户).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAsk {
    /// How much.
    pub amount: Fen,
    /// Who owes it: an institution, another area.
    pub debtor: String,
    /// Why.
    pub reason: String,
}

#[derive(Serialize)]
struct SavedLeave<'a> {
    exit: &'a Exit,
    to: Option<AreaCode>,
}

#[derive(Serialize)]
struct SavedRefund<'a> {
    debtor: &'a str,
    reason: &'a str,
}

impl App {
    /// Moves an owner's whole balance away: with the cover to another area, or out in cash.
    ///
    /// # Errors
    /// A refusal where the law does not allow it, the account is frozen or empty.
    pub async fn leave_account(
        &self,
        actor: &Actor,
        person_no: &str,
        ask: LeaveAsk,
    ) -> Result<Left, Error> {
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let on = actor.at.date();
        for _ in 0..ATTEMPTS {
            let context = self.account_context(actor, person_no).await?;
            refuse_frozen(&context.accounts)?;
            let purses = purses_of(context.accounts.iter())?;
            let exit = match ask {
                LeaveAsk::To(_) => transfer_out(&purses, on, law)?,
                LeaveAsk::InCash(reason) => cash_out(&purses, CashOutFacts { reason, on }, law)?,
            };
            let to = match (ask, exit.way) {
                (LeaveAsk::To(area), ExitWay::Transferred) => Some(area),
                _ => None,
            };
            let event_id = self.numbers.named("A");
            let posting = bookkeeping::AccountPosting {
                batch: &event_id,
                owner: person_no,
                on,
                amount: exit.amount,
            };
            let area = to.map(|area| area.to_string());
            let batch = bookkeeping::left(&posting, area.as_deref()).map_err(broken)?;
            let mut commit = Happening {
                area: actor.area,
                person_no,
                version: context.version,
                kind: match ask {
                    LeaveAsk::To(_) => "transfer_out",
                    LeaveAsk::InCash(_) => "cash_out",
                },
                occasion: &event_id,
                event_id: &event_id,
                amount: exit.amount,
                at: actor.at,
                by: &actor.name,
                detail: &SavedLeave { exit: &exit, to },
            }
            .commit(self, emptied(&context.accounts), Some(batch))?;
            commit.access = Some(actor.access(self, "leave_account", &event_id, "done"));
            if self.store.commit(commit).await? == Answer::Done {
                let (event, amount) = (event_id, exit.amount);
                return Ok(Left { event, amount });
            }
        }
        Err(Error::Busy)
    }

    /// Puts money that somebody gives back on an account, on its historic purse.
    ///
    /// # Errors
    /// A refusal where there is no account, the amount is not above zero, or nobody is named.
    pub async fn refund_to_account(
        &self,
        actor: &Actor,
        person_no: &str,
        ask: &RefundAsk,
    ) -> Result<String, Error> {
        if ask.amount <= Fen::ZERO {
            return Err(Error::refused("account_amount", "退回金额应大于零"));
        }
        if ask.debtor.trim().is_empty() || ask.reason.trim().is_empty() {
            let message = "请写明由谁退回和退回原因";
            return Err(Error::refused("no_reason", message));
        }
        for _ in 0..ATTEMPTS {
            let context = self.account_context(actor, person_no).await?;
            let event_id = self.numbers.named("A");
            let posting = bookkeeping::AccountPosting {
                batch: &event_id,
                owner: person_no,
                on: actor.at.date(),
                amount: ask.amount,
            };
            let batch = bookkeeping::account_refunded(&posting, &ask.debtor).map_err(broken)?;
            let change = AccountChange {
                read: purse(&context.accounts, person_no, AccountKind::Historic),
                delta: ask.amount,
            };
            let mut commit = Happening {
                area: actor.area,
                person_no,
                version: context.version,
                kind: "refund",
                occasion: &event_id,
                event_id: &event_id,
                amount: ask.amount,
                at: actor.at,
                by: &actor.name,
                detail: &SavedRefund {
                    debtor: &ask.debtor,
                    reason: &ask.reason,
                },
            }
            .commit(self, vec![change], Some(batch))?;
            commit.access = Some(actor.access(self, "refund_to_account", &event_id, "done"));
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(event_id);
            }
        }
        Err(Error::Busy)
    }

    /// A person who has an account, as read now.
    pub(super) async fn account_context(
        &self,
        actor: &Actor,
        person_no: &str,
    ) -> Result<Context, Error> {
        let query = store::ContextQuery {
            area: actor.area,
            person_no,
            counters_from: i32::from(actor.at.year()),
            visit_id: None,
        };
        let context = self.store.load_context(&query).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", person_no))?;
        if context.accounts.is_empty() {
            let name = &context.person.name;
            return Err(Error::refused("no_account", format!("{name}没有个人账户")));
        }
        Ok(context)
    }
}
