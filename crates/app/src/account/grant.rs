use enrolment::account::{AccountRefusal, sharing_rule};
use enrolment::register::{Fact, NewFact};
use money::Fen;
use store::Context;
use terms::{Date, Relation, Scheme, SharingPurpose, Word};

use crate::register::{Actor, Change, PersonRecord};
use crate::{App, Error};

/// An owner lets a relative use the account (共济授权).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantAsk {
    /// The owner of the account.
    pub sponsor: String,
    /// The relative.
    pub member: String,
    /// What the owner is to the relative.
    pub relation: Relation,
    /// What may be paid; empty means all that the law allows.
    pub purposes: Vec<SharingPurpose>,
    /// At most so much in a calendar year.
    pub limit: Option<Fen>,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

/// A grant as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The entry of the relative's register.
    pub entry: i64,
}

impl App {
    /// Enters a grant in the relative's register after asking the law of the owner's scheme.
    ///
    /// # Errors
    /// A refusal where the law does not share with such a relative or for such a purpose, the owner
    /// has no account or is dead, the days or the limit make no sense, or a grant holds already.
    pub async fn grant_account(&self, actor: &Actor, ask: &GrantAsk) -> Result<Granted, Error> {
        self.lawful(actor, ask)?;
        let sponsor = self.person_record(actor.area, &ask.sponsor).await?;
        let sponsor = sponsor.ok_or_else(|| Error::missing("参保人", &ask.sponsor))?;
        must_own(&sponsor.context)?;
        let decide = |record: &PersonRecord| {
            let of_sponsor = record.open("grant").into_iter().any(|entry| {
                matches!(&entry.fact, Fact::Grant { sponsor, .. } if *sponsor == ask.sponsor)
            });
            if of_sponsor {
                let name = &sponsor.context.person.name;
                let message = format!("{name}已授权该人员使用个人账户，请先解除再重新授权");
                return Err(Error::refused("granted_already", message));
            }
            let word = |purpose: &SharingPurpose| Word::new(purpose.word());
            let fact = Fact::Grant {
                sponsor: ask.sponsor.clone(),
                relation: Word::new(ask.relation.word()),
                purposes: ask.purposes.iter().map(word).collect(),
                limit: ask.limit,
            };
            Ok(Change::from(vec![NewFact::over(ask.from, ask.to, fact)]))
        };
        let changed = self
            .change_register(actor, &ask.member, "grant_account", decide)
            .await?;
        let entry = changed.last_entry;
        Ok(Granted { entry })
    }

    fn lawful(&self, actor: &Actor, ask: &GrantAsk) -> Result<(), Error> {
        if ask.sponsor == ask.member {
            return Err(Error::refused("same_person", "不能授权给本人"));
        }
        if ask.to.is_some_and(|to| to < ask.from) {
            let message = format!("授权截止日期早于起始日期{}", ask.from);
            return Err(Error::refused("bad_dates", message));
        }
        if ask.limit.is_some_and(|limit| limit <= Fen::ZERO) {
            return Err(AccountRefusal::AmountNotPositive {
                fact: "年度限额"
            }
            .into());
        }
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let (rule, _) = sharing_rule(law, ask.from.max(actor.at.date()))?;
        let relation = ask.relation.inverse();
        if !rule.relations.contains(&relation) {
            return Err(AccountRefusal::RelationNotShared { relation }.into());
        }
        let foreign = ask.purposes.iter().find(|one| !rule.purposes.contains(one));
        if let Some(purpose) = foreign.copied() {
            let by_owner = false;
            return Err(AccountRefusal::PurposeNotShared { purpose, by_owner }.into());
        }
        Ok(())
    }

    /// Ends a grant: from `from` on the account pays no more for the relative (解除授权).
    ///
    /// # Errors
    /// A refusal where the owner granted nothing that is still open.
    pub async fn revoke_grant(
        &self,
        actor: &Actor,
        (sponsor, member): (&str, &str),
        from: Date,
    ) -> Result<(), Error> {
        let decide = |record: &PersonRecord| {
            let last = from.yesterday().unwrap_or(from);
            let of_sponsor = |entry: &&&enrolment::register::Entry| {
                matches!(&entry.fact, Fact::Grant { sponsor: of, .. } if of == sponsor)
                    && entry.to.is_none_or(|to| to > last)
            };
            let current = record.register.current();
            let open: Vec<_> = current.iter().filter(of_sponsor).collect();
            if open.is_empty() {
                let message = "没有可解除的共济授权";
                return Err(Error::refused("no_grant", message));
            }
            let end = |entry: &&&enrolment::register::Entry| {
                if entry.from > last {
                    NewFact::withdrawing(entry)
                } else {
                    NewFact::ended(entry, last)
                }
            };
            Ok(Change::from(open.iter().map(end).collect::<Vec<_>>()))
        };
        self.change_register(actor, member, "revoke_grant", decide)
            .await
            .map(|_| ())
    }
}

fn must_own(sponsor: &Context) -> Result<(), Error> {
    let name = &sponsor.person.name;
    if sponsor.accounts.is_empty() {
        return Err(Error::refused("no_account", format!("{name}没有个人账户")));
    }
    if let Some(death) = sponsor.person.death {
        let message = format!("{name}已于{death}死亡，不能授权");
        return Err(Error::refused("owner_dead", message));
    }
    Ok(())
}
