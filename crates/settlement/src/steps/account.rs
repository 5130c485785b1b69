//! 个人账户支付：本人在前，共济在后，按政策的次序和范围。

use money::Fen;
use policy::{AccountRule, AccountUse, Ref, Topic};

use crate::working::Working;
use crate::{AccountDraw, Step, StepKind};

/// Lets the accounts of a rule pay what they may, purse by purse.
pub(crate) fn pay(work: &mut Working<'_>, reference: Ref<Topic<AccountRule>>) {
    let topic = work.law.account(reference);
    let Some((rule, provenance)) = topic.at(&work.at.dates) else {
        return;
    };
    let wanted = work.bill.use_account || rule.uses == AccountUse::Always;
    if !wanted || !rule.condition.holds(&work.at) {
        return;
    }
    let bill = work.bill;
    for kind in &rule.purses {
        for purse in bill.purses.iter().filter(|purse| purse.kind == *kind) {
            let spent = |draw: &&AccountDraw| draw.kind == purse.kind && draw.owner == purse.owner;
            let already: Fen = work
                .accounts
                .iter()
                .filter(spent)
                .map(|draw| draw.amount)
                .sum();
            let balance = purse.balance.minus_to_zero(already);
            let draws = work.draws(&rule.base, None);
            let owed: Fen = draws.iter().map(|draw| draw.amount).sum();
            let pays = balance.min(owed).max(Fen::ZERO);
            if pays.is_zero() {
                continue;
            }
            for taken in work.take(&draws, pays) {
                work.drawn_by_accounts[taken.part as usize] += taken.amount;
            }
            work.accounts.push(AccountDraw {
                kind: *kind,
                owner: purse.owner.clone(),
                amount: pays,
                before: balance,
                after: balance - pays,
            });
            work.trace.push(Step {
                topic: topic.key.clone(),
                kind: StepKind::Account {
                    kind: *kind,
                    balance,
                    pays,
                },
                before: owed,
                after: owed - pays,
                basis: Some(provenance.clone()),
            });
        }
    }
}
