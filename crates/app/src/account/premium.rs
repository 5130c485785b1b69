use enrolment::account::{Payment, share_out};
use ledger::Batch;
use money::Fen;
use serde::{Deserialize, Serialize};
use store::{AccountChange, AccountEventRow, AccountRow, Answer, Context, DueFilter};
use terms::{AccountKind, Date, Scheme, SharingPurpose};

use super::event::{Happening, broken};
use super::purses::{granted, purses_of};
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// A premium that accounts shall pay (代缴保费).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PremiumAsk {
    /// For whom.
    pub member: String,
    /// Which premium: 居民医保缴费, 大额医疗补助缴费, 长期护理保险缴费.
    pub purpose: SharingPurpose,
    /// The year it is for.
    pub year: i16,
    /// How much.
    pub amount: Fen,
}

/// A premium that was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PremiumPaid {
    /// The event's number, by which it is taken back.
    pub event: String,
    /// Who paid how much, in order.
    pub payers: Vec<(String, Fen)>,
}

/// What is kept of it (代缴留存).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedPremium {
    purpose: SharingPurpose,
    year: i16,
    on: Date,
    payments: Vec<SavedPayment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedPayment {
    owner: String,
    amount: Fen,
    purses: Vec<(AccountKind, Fen)>,
}

const PREMIUM: &str = "premium";
const REVERSAL: &str = "premium_reversal";
/// Events looked at for a premium paid before; nobody has more.
const EVENTS: usize = 10_000;

impl App {
    /// Lets accounts pay a premium: the person's own first, then relatives' in the law's order; all
    /// of it or nothing.
    ///
    /// The money leaves the accounts at once and waits to be passed on to the fund the premium is
    /// for.
    ///
    /// # Errors
    /// A refusal where the accounts do not suffice or may not pay for this, or it was paid before.
    pub async fn pay_premium(&self, actor: &Actor, ask: &PremiumAsk) -> Result<PremiumPaid, Error> {
        if matches!(
            ask.purpose,
            SharingPurpose::OwnShare | SharingPurpose::Pharmacy
        ) {
            let message = format!("{}不是保费", ask.purpose);
            return Err(Error::refused("not_a_premium", message));
        }
        for _ in 0..ATTEMPTS {
            let context = self.member(actor, &ask.member).await?;
            self.must_be_owed(actor, ask).await?;
            let saved = self.shared(actor, &context, ask)?;
            let event_id = self.numbers.named("A");
            let batch = batch_of(&event_id, &ask.member, &saved)?;
            let changes = changes(&context, &saved.payments, -1)?;
            let mut commit = Happening {
                area: actor.area,
                person_no: &ask.member,
                version: context.version,
                kind: PREMIUM,
                occasion: &event_id,
                event_id: &event_id,
                amount: ask.amount,
                at: actor.at,
                by: &actor.name,
                detail: &saved,
            }
            .commit(self, changes, Some(batch))?;
            commit.access = Some(actor.access(self, "pay_premium", &event_id, "done"));
            if self.store.commit(commit).await? == Answer::Done {
                let payers = saved.payments.into_iter();
                return Ok(PremiumPaid {
                    event: event_id,
                    payers: payers.map(|one| (one.owner, one.amount)).collect(),
                });
            }
        }
        Err(Error::Busy)
    }

    /// Takes a premium back: every owner gets back what the account paid, on the same purse.
    ///
    /// # Errors
    /// [`Error::Missing`] where no such premium was paid, a refusal where it was taken back before.
    pub async fn reverse_premium(
        &self,
        actor: &Actor,
        (member, event): (&str, &str),
    ) -> Result<(), Error> {
        let area = actor.area;
        for _ in 0..ATTEMPTS {
            let context = self.member(actor, member).await?;
            let paid = self.store.account_event(area, member, (PREMIUM, event));
            let paid = paid.await?;
            let paid = paid.ok_or_else(|| Error::missing("代缴记录", event))?;
            let back = self.store.account_event(area, member, (REVERSAL, event));
            if back.await?.is_some() {
                return Err(Error::refused("already_reversed", "该笔代缴已经退回"));
            }
            let saved = saved_of(&paid)?;
            let rows = self.rows_of(actor, &saved).await?;
            let event_id = self.numbers.named("A");
            let batch = batch_of(event, member, &saved)?;
            let batch = batch.reversal(&event_id, &event_id, actor.at.date(), "reversed");
            let mut commit = Happening {
                area,
                person_no: member,
                version: context.version,
                kind: REVERSAL,
                occasion: event,
                event_id: &event_id,
                amount: -paid.amount,
                at: actor.at,
                by: &actor.name,
                detail: &saved,
            }
            .commit(self, changes_on(&rows, &saved.payments, 1)?, Some(batch))?;
            commit.access = Some(actor.access(self, "reverse_premium", event, "done"));
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// Refuses a premium that accounts have paid for the year, and more than was assessed.
    async fn must_be_owed(&self, actor: &Actor, ask: &PremiumAsk) -> Result<(), Error> {
        let (area, year) = (actor.area, ask.year);
        let events = self.store.account_events(area, &ask.member, EVENTS).await?;
        let taken_back = |id: &str| {
            let mut of_kind = events.iter().filter(|row| row.kind == REVERSAL);
            of_kind.any(|row| row.occasion == id)
        };
        for row in events.iter().filter(|row| row.kind == PREMIUM) {
            let paid = saved_of(row)?;
            let same = paid.purpose == ask.purpose && paid.year == year;
            if same && !taken_back(&row.event_id) {
                let message = format!("{year}年{}已由账户代缴", ask.purpose);
                return Err(Error::refused("already_paid", message));
            }
        }
        if ask.purpose != SharingPurpose::ResidentPremium {
            return Ok(());
        }
        let filter = DueFilter {
            owners: vec![ask.member.clone()],
            period: Some(year.to_string()),
            ..DueFilter::default()
        };
        let dues = self.store.contribution_dues(area, &filter).await?;
        let Some(due) = dues.first() else {
            return Ok(());
        };
        let owed = due.owed_person.minus_to_zero(due.paid_person);
        if ask.amount > owed {
            let message = format!("{year}年应缴{owed}元，不能代缴{}元", ask.amount);
            return Err(Error::refused("more_than_owed", message));
        }
        Ok(())
    }

    async fn member(&self, actor: &Actor, person_no: &str) -> Result<Context, Error> {
        let query = store::ContextQuery {
            area: actor.area,
            person_no,
            counters_from: i32::from(actor.at.year()),
            visit_id: None,
        };
        let context = self.store.load_context(&query).await?;
        context.ok_or_else(|| Error::missing("参保人", person_no))
    }

    fn shared(
        &self,
        actor: &Actor,
        context: &Context,
        ask: &PremiumAsk,
    ) -> Result<SavedPremium, Error> {
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let on = actor.at.date();
        let own = context.accounts.iter().filter(|row| row.hold.is_empty());
        let own = purses_of(own)?;
        let sponsors = granted(context, law, on)?;
        let me = Some((ask.member.as_str(), &own));
        let shared = share_out(ask.amount, me, sponsors, ask.purpose, on, law)?;
        if !shared.cash.is_zero() {
            let short = shared.cash;
            let why = shared.refused.first();
            let why = why.map_or_else(String::new, |(_, refusal)| format!("；{refusal}"));
            let message = format!("账户可支付的金额不足，还差{short}元{why}");
            return Err(Error::refused("accounts_short", message));
        }
        let save = |payment: Payment| SavedPayment {
            owner: payment.owner,
            amount: payment.amount,
            purses: payment.purses,
        };
        Ok(SavedPremium {
            purpose: ask.purpose,
            year: ask.year,
            on,
            payments: shared.payments.into_iter().map(save).collect(),
        })
    }

    /// The purses a premium was paid from, as they stand now.
    async fn rows_of(&self, actor: &Actor, saved: &SavedPremium) -> Result<Vec<AccountRow>, Error> {
        let mut rows = Vec::new();
        for payment in &saved.payments {
            rows.extend(self.store.accounts_of(actor.area, &payment.owner).await?);
        }
        Ok(rows)
    }
}

fn saved_of(row: &AccountEventRow) -> Result<SavedPremium, Error> {
    serde_json::from_str(&row.detail)
        .map_err(|cause| Error::Bug(format!("event {}: {cause}", row.event_id)))
}

fn batch_of(event: &str, member: &str, saved: &SavedPremium) -> Result<Batch, Error> {
    let amounts = saved.payments.iter().map(|one| one.amount);
    let posting = bookkeeping::AccountPosting {
        batch: event,
        owner: member,
        on: saved.on,
        amount: amounts.sum(),
    };
    let owners: Vec<(&str, Fen)> = saved
        .payments
        .iter()
        .map(|one| (one.owner.as_str(), one.amount))
        .collect();
    bookkeeping::premium(&posting, &owners).map_err(broken)
}

fn changes(
    context: &Context,
    payments: &[SavedPayment],
    sign: i64,
) -> Result<Vec<AccountChange>, Error> {
    let rows: Vec<AccountRow> = context
        .accounts
        .iter()
        .chain(&context.family_accounts)
        .cloned()
        .collect();
    changes_on(&rows, payments, sign)
}

fn changes_on(
    rows: &[AccountRow],
    payments: &[SavedPayment],
    sign: i64,
) -> Result<Vec<AccountChange>, Error> {
    let mut changes = Vec::new();
    for payment in payments {
        for (kind, amount) in &payment.purses {
            let row = rows
                .iter()
                .find(|row| row.owner == payment.owner && row.kind == kind.word());
            let read = row.cloned().ok_or_else(|| {
                Error::Bug(format!("the {kind} account of {} is gone", payment.owner))
            })?;
            changes.push(AccountChange {
                read,
                delta: Fen::new(amount.get() * sign),
            });
        }
    }
    Ok(changes)
}
