use std::cmp::Reverse;
use std::sync::Arc;

use money::Fen;
use policy::{Provenance, SchemePolicy, SharingRule, SponsorOrder};
use serde::{Deserialize, Serialize};
use terms::{AccountKind, Date, Relation, SharingPurpose};

use super::AccountRefusal;
use crate::trace::{Measure, Step, Trace};

/// What lies on an owner's purses (账户余额).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purses(pub Vec<(AccountKind, Fen)>);

impl Purses {
    /// What lies on the purses of these kinds together.
    pub fn of(&self, kinds: &[AccountKind]) -> Fen {
        let counted = self.0.iter().filter(|(kind, _)| kinds.contains(kind));
        counted.map(|(_, balance)| *balance).sum()
    }

    /// All of it.
    pub fn total(&self) -> Fen {
        self.0.iter().map(|(_, balance)| *balance).sum()
    }

    /// An amount taken from purses of these kinds, in their order; what lacks is left out.
    pub fn taken(&self, kinds: &[AccountKind], amount: Fen) -> Vec<(AccountKind, Fen)> {
        let mut left = amount;
        let mut taken = Vec::new();
        for kind in kinds {
            let from = self.of(&[*kind]).min(left).max(Fen::ZERO);
            if !from.is_zero() {
                taken.push((*kind, from));
                left -= from;
            }
        }
        taken
    }
}

/// A relative who asks an owner's account to pay (共济支付).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawFacts {
    /// What the owner is to the relative, as the grant says.
    pub relation: Relation,
    /// What the owner allowed; empty means all that the law allows.
    pub purposes: Vec<SharingPurpose>,
    /// The owner's own limit in a calendar year, if there is one.
    pub limit: Option<Fen>,
    /// First day of the grant.
    pub from: Date,
    /// Last day of the grant, if it has one.
    pub to: Option<Date>,
    /// What the relative has drawn on this owner in the year.
    pub drawn: Fen,
    /// Why the account is frozen, if it is.
    pub frozen: Option<String>,
    /// What lies on the owner's purses.
    pub purses: Purses,
}

/// How much of an owner's account a relative may use (可共济金额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// At most so much.
    pub amount: Fen,
    /// Which purses pay, in order.
    pub purses: Vec<AccountKind>,
    /// How it came out.
    pub trace: Vec<Step>,
}

/// The rule of family sharing on a day, with its law.
///
/// # Errors
/// [`AccountRefusal::NoAccountRule`] where the scheme has none.
pub fn sharing_rule(
    law: &SchemePolicy,
    on: Date,
) -> Result<(&SharingRule, &Arc<Provenance>), AccountRefusal> {
    let found = law.sharings.iter().find_map(|topic| topic.on(on));
    found.ok_or(AccountRefusal::NoAccountRule {
        scheme: law.scheme,
        what: "家庭共济",
        on,
    })
}

/// Says how much a relative may draw on an owner's account for a purpose on a day.
///
/// The relation is turned round before it is looked up: grants say what the owner is to the
/// relative, the law what the relative is to the owner.
///
/// # Errors
/// An [`AccountRefusal`] where the law or the owner does not allow it, or nothing is left.
pub fn may_draw(
    facts: &DrawFacts,
    purpose: SharingPurpose,
    on: Date,
    law: &SchemePolicy,
) -> Result<Allowed, AccountRefusal> {
    let (rule, basis) = sharing_rule(law, on)?;
    check(facts, purpose, on, rule)?;
    let mut trace = Trace::default();
    let balance = facts.purses.of(&rule.purses);
    let mut amount = (facts.purses.total().minus_to_zero(rule.keeps)).min(balance);
    if amount <= Fen::ZERO {
        let keeps = rule.keeps;
        return Err(AccountRefusal::NothingToShare { balance, keeps });
    }
    let sentence = match rule.keeps.is_zero() {
        true => format!("账户余额{balance}元可供共济"),
        false => format!("账户余额{balance}元，超过{}元的部分可供共济", rule.keeps),
    };
    trace.money("可共济余额", (balance, amount), basis, sentence);
    for (limit, whose) in [(rule.yearly_limit, "政策"), (facts.limit, "授权")] {
        let Some(limit) = limit else { continue };
        let left = limit.minus_to_zero(facts.drawn);
        if left.is_zero() {
            return Err(AccountRefusal::LimitUsedUp { limit });
        }
        if left < amount {
            let drawn = facts.drawn;
            let sentence = format!("{whose}年度限额{limit}元，已用{drawn}元");
            let span = (Measure::Money(amount), Measure::Money(left));
            trace.add("共济限额", span, Some(basis), sentence);
            amount = left;
        }
    }
    Ok(Allowed {
        amount,
        purses: rule.purses.clone(),
        trace: trace.0,
    })
}

fn check(
    facts: &DrawFacts,
    purpose: SharingPurpose,
    on: Date,
    rule: &SharingRule,
) -> Result<(), AccountRefusal> {
    if let Some(reason) = &facts.frozen {
        let reason = reason.clone();
        return Err(AccountRefusal::Frozen { reason });
    }
    if on < facts.from || facts.to.is_some_and(|to| to < on) {
        let (from, to) = (facts.from, facts.to);
        return Err(AccountRefusal::GrantNotInForce { from, to, on });
    }
    let relation = facts.relation.inverse();
    if !rule.relations.contains(&relation) {
        return Err(AccountRefusal::RelationNotShared { relation });
    }
    let by_owner = rule.purposes.contains(&purpose);
    if !by_owner || !(facts.purposes.is_empty() || facts.purposes.contains(&purpose)) {
        return Err(AccountRefusal::PurposeNotShared { purpose, by_owner });
    }
    Ok(())
}

/// Puts several owners' grants into the order in which they pay; equals keep theirs.
pub fn sponsors<T>(grants: &mut [T], rule: &SharingRule, facts: impl Fn(&T) -> DrawFacts) {
    match rule.order {
        SponsorOrder::EarliestGrant => grants.sort_by_key(|grant| facts(grant).from),
        SponsorOrder::LargestBalance => {
            grants.sort_by_key(|grant| Reverse(facts(grant).purses.of(&rule.purses)));
        }
        SponsorOrder::Relation => grants.sort_by_key(|grant| {
            let relation = facts(grant).relation.inverse();
            let place = rule.relations.iter().position(|one| *one == relation);
            place.unwrap_or(rule.relations.len())
        }),
    }
}

/// An owner whose account a relative may ask to pay (授权人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsor {
    /// The owner's number.
    pub owner: String,
    /// The grant and the account.
    pub facts: DrawFacts,
}

/// What one owner's account pays (账户支付).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// The owner's number.
    pub owner: String,
    /// How much.
    pub amount: Fen,
    /// From which purses.
    pub purses: Vec<(AccountKind, Fen)>,
}

/// Who pays a sum, and what is left for cash (分担结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedOut {
    /// In the order in which they pay.
    pub payments: Vec<Payment>,
    /// Owners who do not pay, and why.
    pub refused: Vec<(String, AccountRefusal)>,
    /// What nobody's account pays.
    pub cash: Fen,
    /// How it came out.
    pub trace: Vec<Step>,
}

/// Lets a person's own account pay first and then relatives' accounts in the law's order.
///
/// `own` is the person's own account where it may pay, with its owner's number.
///
/// # Errors
/// [`AccountRefusal::NoAccountRule`] where the scheme has no rule of sharing, and
/// [`AccountRefusal::AmountNotPositive`].
pub fn share_out(
    amount: Fen,
    own: Option<(&str, &Purses)>,
    mut others: Vec<Sponsor>,
    purpose: SharingPurpose,
    on: Date,
    law: &SchemePolicy,
) -> Result<SharedOut, AccountRefusal> {
    let (rule, basis) = sharing_rule(law, on)?;
    if amount <= Fen::ZERO {
        let fact = "应支付的金额";
        return Err(AccountRefusal::AmountNotPositive { fact });
    }
    let mut trace = Trace::default();
    let (mut payments, mut refused, mut left) = (Vec::new(), Vec::new(), amount);
    let mut pay = |owner: &str, taken: Vec<(AccountKind, Fen)>, left: &mut Fen, whose: &str| {
        let pays: Fen = taken.iter().map(|(_, pays)| *pays).sum();
        if pays.is_zero() {
            return;
        }
        let sentence = format!("{whose}账户支付{pays}元");
        trace.money("账户支付", (*left, *left - pays), basis, sentence);
        *left -= pays;
        payments.push(Payment {
            owner: owner.to_owned(),
            amount: pays,
            purses: taken,
        });
    };
    if let Some((owner, purses)) = own {
        let kinds = [AccountKind::CurrentYear, AccountKind::Historic];
        pay(owner, purses.taken(&kinds, left), &mut left, "本人");
    }
    sponsors(&mut others, rule, |sponsor| sponsor.facts.clone());
    for sponsor in others {
        match may_draw(&sponsor.facts, purpose, on, law) {
            Ok(allowed) => {
                let most = allowed.amount.min(left);
                let taken = sponsor.facts.purses.taken(&allowed.purses, most);
                let relation = sponsor.facts.relation.zh();
                pay(&sponsor.owner, taken, &mut left, relation);
            }
            Err(refusal) => refused.push((sponsor.owner, refusal)),
        }
    }
    Ok(SharedOut {
        payments,
        refused,
        cash: left,
        trace: trace.0,
    })
}
