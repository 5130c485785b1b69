//! Which purses may pay a bill, and how family draws meet relatives' purses.

use ::settlement::{AccountDraw, Purse};
use enrolment::account::{DrawFacts, Purses, Sponsor, may_draw, sharing_rule, sponsors};
use money::Fen;
use policy::SchemePolicy;
use store::{AccountChange, AccountRow, Context, FamilyRow, MovementRow};
use terms::{AccountKind, CareType, Date, Relation, SharingPurpose, Word};

use crate::Error;
use crate::facts::word;

/// The person's own purses that are not frozen, then what relatives' accounts may pay in the
/// order of the law: nothing where a grant, the law or a freeze stands against it.
pub(crate) fn purses(
    context: &Context,
    law: Option<&SchemePolicy>,
    care: CareType,
    on: Date,
) -> Result<Vec<Purse>, Error> {
    let mut found = Vec::new();
    for row in context.accounts.iter().filter(|row| row.hold.is_empty()) {
        found.push(Purse {
            kind: word(&row.kind)?,
            owner: Word::new(&row.owner),
            balance: row.balance,
        });
    }
    let Some(law) = law.filter(|_| !context.family.is_empty()) else {
        return Ok(found);
    };
    let purpose = match care {
        CareType::Pharmacy => SharingPurpose::Pharmacy,
        _ => SharingPurpose::OwnShare,
    };
    for sponsor in granted(context, law, on)? {
        if let Ok(allowed) = may_draw(&sponsor.facts, purpose, on, law) {
            found.push(Purse {
                kind: AccountKind::Family,
                owner: Word::new(&sponsor.owner),
                balance: allowed.amount,
            });
        }
    }
    Ok(found)
}

/// Everybody whose account the person may be granted to use, in the order in which they pay.
pub(super) fn granted(
    context: &Context,
    law: &SchemePolicy,
    on: Date,
) -> Result<Vec<Sponsor>, Error> {
    let Ok((rule, _)) = sharing_rule(law, on) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for grant in &context.family {
        let of_owner = |row: &&AccountRow| row.owner == grant.sponsor;
        if context.family_accounts.iter().any(|row| of_owner(&row)) {
            found.push(Sponsor {
                owner: grant.sponsor.clone(),
                facts: draw_facts(context, grant, on)?,
            });
        }
    }
    sponsors(&mut found, rule, |sponsor| sponsor.facts.clone());
    Ok(found)
}

fn draw_facts(context: &Context, grant: &FamilyRow, on: Date) -> Result<DrawFacts, Error> {
    let rows = || {
        let rows = context.family_accounts.iter();
        rows.filter(|row| row.owner == grant.sponsor)
    };
    let words: Vec<String> = serde_json::from_str(&grant.purposes)
        .map_err(|cause| Error::Bug(format!("purposes of a grant: {cause}")))?;
    let purposes = words.iter().map(|text| word(text));
    let drawn: Fen = context
        .family_draws
        .iter()
        .filter(|row| row.owner == grant.sponsor && row.moved_at.year() == on.year())
        .map(|row| -row.delta)
        .sum();
    Ok(DrawFacts {
        relation: Relation::named(&grant.relation),
        purposes: purposes.collect::<Result<_, _>>()?,
        limit: grant.limit,
        from: grant.starts_on,
        to: grant.ends_on,
        drawn: drawn.max(Fen::ZERO),
        frozen: rows()
            .map(|row| row.hold.clone())
            .find(|hold| !hold.is_empty()),
        purses: purses_of(rows())?,
    })
}

/// Rows of the store as the room sees purses.
pub(super) fn purses_of<'a>(rows: impl Iterator<Item = &'a AccountRow>) -> Result<Purses, Error> {
    let purse = |row: &AccountRow| Ok((word(&row.kind)?, row.balance));
    let purses = rows.map(purse).collect::<Result<_, Error>>()?;
    Ok(Purses(purses))
}

/// Which purses of relatives pay, in order; the historic one where the law is silent.
pub(crate) fn family_kinds(law: Option<&SchemePolicy>, on: Date) -> Vec<AccountKind> {
    let rule = law.and_then(|law| sharing_rule(law, on).ok());
    rule.map_or_else(
        || vec![AccountKind::Historic],
        |(rule, _)| rule.purses.clone(),
    )
}

/// What a family draw takes from which of the relative's purses.
pub(crate) fn family_changes(
    context: &Context,
    draw: &AccountDraw,
    kinds: &[AccountKind],
) -> Result<Vec<AccountChange>, Error> {
    let owner = draw.owner.as_str();
    let rows: Vec<&AccountRow> = {
        let rows = context.family_accounts.iter();
        rows.filter(|row| row.owner == owner).collect()
    };
    let taken = purses_of(rows.iter().copied())?.taken(kinds, draw.amount);
    let sum: Fen = taken.iter().map(|(_, amount)| *amount).sum();
    if sum != draw.amount {
        let amount = draw.amount;
        return Err(Error::Bug(format!(
            "{amount} drawn on {owner}, {sum} there"
        )));
    }
    let mut changes = Vec::with_capacity(taken.len());
    for (kind, amount) in taken {
        let row = rows.iter().find(|row| row.kind == kind.word());
        changes.extend(row.map(|row| AccountChange {
            read: (*row).clone(),
            delta: -amount,
        }));
    }
    Ok(changes)
}

/// What a bill moved on accounts and how these stand today (撤销时退回).
pub(crate) struct Returned {
    /// The movements of the original bill.
    pub moved: Vec<MovementRow>,
    /// The purses of relatives that it moved.
    pub relatives: Vec<AccountRow>,
}

impl Returned {
    /// The exact opposite of every movement on a relative's purse, whatever became of the grant.
    pub fn changes(&self, person_no: &str) -> Result<Vec<AccountChange>, Error> {
        let of_relatives = self.moved.iter().filter(|row| row.owner != person_no);
        let back = |row: &MovementRow| {
            let known = self
                .relatives
                .iter()
                .find(|purse| purse.owner == row.owner && purse.kind == row.kind);
            let read = known.cloned().ok_or_else(|| {
                Error::Bug(format!("the {} account of {} is gone", row.kind, row.owner))
            })?;
            let delta = -row.delta;
            Ok(AccountChange { read, delta })
        };
        of_relatives.map(back).collect()
    }

    /// What lies on a relative's purses together.
    pub fn balance(&self, owner: &str) -> Fen {
        let rows = self.relatives.iter().filter(|row| row.owner == owner);
        rows.map(|row| row.balance).sum()
    }
}
