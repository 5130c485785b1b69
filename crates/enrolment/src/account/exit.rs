use std::sync::Arc;

use money::Fen;
use policy::{CashOutReason, ExitRule, HeirTo, Provenance, SchemePolicy, TransferOut};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::{AccountRefusal, Purses};
use crate::trace::{Step, Trace};

/// One heir with the share that was agreed or judged (继承人).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    /// 姓名.
    pub name: String,
    /// 人员编号, where the share goes to an account.
    pub person_no: Option<String>,
    /// Where it goes.
    pub to: HeirTo,
    /// How much.
    pub share: Fen,
}

/// What an owner's leaving does to the account (账户注销).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exit {
    /// How the balance leaves.
    pub way: ExitWay,
    /// How much.
    pub amount: Fen,
    /// How it was decided.
    pub trace: Vec<Step>,
}

/// How a balance leaves an account (余额去向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitWay {
    /// 继承.
    Inherited,
    /// 随同转移.
    Transferred,
    /// 一次性支取.
    PaidOut,
}

fn rule_on(law: &SchemePolicy, on: Date) -> Result<(&ExitRule, &Arc<Provenance>), AccountRefusal> {
    let found = law.exits.iter().find_map(|topic| topic.on(on));
    found.ok_or(AccountRefusal::NoAccountRule {
        scheme: law.scheme,
        what: "个人账户转出与继承",
        on,
    })
}

impl ExitWay {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Transferred => "transferred",
            Self::PaidOut => "paid_out",
        }
    }
}

fn balance_of(purses: &Purses) -> Result<Fen, AccountRefusal> {
    let balance = purses.total();
    if balance <= Fen::ZERO {
        return Err(AccountRefusal::Empty);
    }
    Ok(balance)
}

fn explained(
    way: ExitWay,
    amount: Fen,
    (name, basis): (&'static str, &Arc<Provenance>),
    sentence: String,
) -> Exit {
    let mut trace = Trace::default();
    trace.money(name, (amount, Fen::ZERO), basis, sentence);
    Exit {
        way,
        amount,
        trace: trace.0,
    }
}

/// Says whether a dead owner's balance may go to these heirs; their shares must be all of it.
///
/// # Errors
/// An [`AccountRefusal`] where the owner lives, nothing is left, a share is not above zero, the
/// shares differ from the balance, or the law does not let one of them go where it should.
pub fn inherit(
    purses: &Purses,
    death: Option<Date>,
    heirs: &[Heir],
    on: Date,
    law: &SchemePolicy,
) -> Result<Exit, AccountRefusal> {
    let (rule, basis) = rule_on(law, on)?;
    let death = death.filter(|day| *day <= on);
    let death = death.ok_or(AccountRefusal::OwnerLives)?;
    let balance = balance_of(purses)?;
    for heir in heirs {
        if heir.share <= Fen::ZERO {
            let fact = "继承份额";
            return Err(AccountRefusal::AmountNotPositive { fact });
        }
        if !rule.inheritance.contains(&heir.to) {
            return Err(AccountRefusal::HeirToNotProvided { to: heir.to });
        }
    }
    let shares: Fen = heirs.iter().map(|heir| heir.share).sum();
    if shares != balance {
        return Err(AccountRefusal::SharesDiffer { balance, shares });
    }
    let count = heirs.len();
    let sentence = format!("账户所有人于{death}死亡，余额{balance}元由{count}名继承人继承");
    Ok(explained(
        ExitWay::Inherited,
        balance,
        ("继承", basis),
        sentence,
    ))
}

/// Says what becomes of the balance when the owner's cover moves to another area.
///
/// # Errors
/// An [`AccountRefusal`] where the law leaves the balance, or there is none.
pub fn transfer_out(purses: &Purses, on: Date, law: &SchemePolicy) -> Result<Exit, AccountRefusal> {
    let (rule, basis) = rule_on(law, on)?;
    let way = match rule.transfer_out {
        TransferOut::WithPerson => ExitWay::Transferred,
        TransferOut::Payout => ExitWay::PaidOut,
        TransferOut::Stays => return Err(AccountRefusal::NotTransferable),
    };
    let balance = balance_of(purses)?;
    let how = rule.transfer_out.zh();
    let sentence = format!("关系转出，账户余额{balance}元{how}");
    Ok(explained(way, balance, ("转出", basis), sentence))
}

/// A living owner who asks for the balance in cash (一次性支取).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashOutFacts {
    /// Why.
    pub reason: CashOutReason,
    /// When.
    pub on: Date,
}

/// Says whether the balance is paid out in cash.
///
/// # Errors
/// An [`AccountRefusal`] where the law does not pay it out for the reason, or there is nothing.
pub fn cash_out(
    purses: &Purses,
    facts: CashOutFacts,
    law: &SchemePolicy,
) -> Result<Exit, AccountRefusal> {
    let (rule, basis) = rule_on(law, facts.on)?;
    let reason = facts.reason;
    if !rule.cash_out.contains(&reason) {
        return Err(AccountRefusal::CashOutNotProvided { reason });
    }
    let balance = balance_of(purses)?;
    let sentence = format!("{}，账户余额{balance}元一次性支付给本人", reason.zh());
    Ok(explained(
        ExitWay::PaidOut,
        balance,
        ("支取", basis),
        sentence,
    ))
}
