use money::Fen;
use policy::LaterBills;
use serde::Serialize;
use terms::Word;

use crate::{AccountDraw, Booked, CounterChange, CounterKey, Counters, FundShare, Purse, Refusal};

/// A bill settled after the one to be reversed, and the counters it read or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterBill {
    /// Its settlement number.
    pub id: Word,
    /// Counters it moved.
    pub counters: Vec<CounterKey>,
}

/// The undoing of a settlement (冲正、退费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reversal {
    /// The exact negative of what was booked; counters and accounts as they stand afterwards.
    pub booked: Booked,
    /// Later settlements that have to be worked out again, in their original order.
    pub resettle: Vec<Word>,
}

/// Undoes a settlement: exact negatives of every posting, account money back where it came from.
///
/// `later` are the person's live settlements after the original, oldest first. What they mean is
/// the policy's choice: refuse until they are reversed, have them settled again, or leave them.
///
/// # Errors
/// [`Refusal::LaterBills`] where the policy wants last-in-first-out, [`Refusal::NotRestorable`]
/// where a counter would fall below zero.
pub fn reverse(
    original: &Booked,
    counters: &Counters,
    purses: &[Purse],
    later: &[LaterBill],
    rule: LaterBills,
) -> Result<Reversal, Refusal> {
    let dependent: Vec<&LaterBill> = later
        .iter()
        .filter(|bill| depends(bill, original))
        .collect();
    if rule == LaterBills::Refuse && !dependent.is_empty() {
        let newest_first = dependent.iter().rev().map(|bill| bill.id.to_string());
        return Err(Refusal::LaterBills {
            later: newest_first.collect(),
        });
    }
    let resettle = match rule {
        LaterBills::Resettle => dependent.iter().map(|bill| bill.id.clone()).collect(),
        LaterBills::Refuse | LaterBills::Carry => Vec::new(),
    };
    let booked = Booked {
        total: -original.total,
        self_paid: -original.self_paid,
        over_limit: -original.over_limit,
        prior: -original.prior,
        in_scope: -original.in_scope,
        funds: original.funds.iter().map(negated).collect(),
        accounts: returned(&original.accounts, purses),
        cash: -original.cash,
        institution: -original.institution,
        deductible: -original.deductible,
        benefit_year: original.benefit_year,
        counters: restored(original, counters)?,
    };
    Ok(Reversal { booked, resettle })
}

fn depends(bill: &LaterBill, original: &Booked) -> bool {
    original
        .counters
        .iter()
        .any(|change| bill.counters.contains(&change.key))
}

fn negated(share: &FundShare) -> FundShare {
    FundShare {
        fund: share.fund,
        amount: -share.amount,
    }
}

/// The draws undone, last first: balances rise from what they are today, not from what they were.
fn returned(draws: &[AccountDraw], purses: &[Purse]) -> Vec<AccountDraw> {
    let mut undone: Vec<AccountDraw> = Vec::with_capacity(draws.len());
    for draw in draws.iter().rev() {
        let same = |kind, owner: &Word| kind == draw.kind && *owner == draw.owner;
        let earlier = undone.iter().rev().find(|one| same(one.kind, &one.owner));
        let purse = purses.iter().find(|purse| same(purse.kind, &purse.owner));
        let before = match earlier {
            Some(earlier) => earlier.after,
            None => purse.map_or(Fen::ZERO, |purse| purse.balance),
        };
        undone.push(AccountDraw {
            kind: draw.kind,
            owner: draw.owner.clone(),
            amount: -draw.amount,
            before,
            after: before + draw.amount,
        });
    }
    undone
}

fn restored(original: &Booked, counters: &Counters) -> Result<Vec<CounterChange>, Refusal> {
    let restore = |change: &CounterChange| {
        let before = counters.value(&change.key);
        let after = before - (change.after - change.before);
        if after < 0 {
            let what = format!("累计“{}”", change.key.name);
            return Err(Refusal::NotRestorable {
                what,
                short: Fen::new(after),
            });
        }
        Ok(CounterChange {
            key: change.key.clone(),
            before,
            after,
        })
    };
    original.counters.iter().map(restore).collect()
}
