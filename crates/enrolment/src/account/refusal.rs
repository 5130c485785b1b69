use std::fmt;

use money::Fen;
use policy::{CashOutReason, HeirTo};
use serde::Serialize;
use terms::{Date, Relation, Scheme, SharingPurpose};

/// Why a personal account lawfully does not move (不予办理), in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AccountRefusal {
    /// The law of the scheme has no such rule on that day.
    NoAccountRule {
        /// 险种.
        scheme: Scheme,
        /// Which rule, in 中文.
        what: &'static str,
        /// The day that was looked for.
        on: Date,
    },
    /// The account is frozen.
    Frozen {
        /// Why.
        reason: String,
    },
    /// The grant does not hold on the day.
    GrantNotInForce {
        /// First day.
        from: Date,
        /// Last day, if it has one.
        to: Option<Date>,
        /// The day of the draw.
        on: Date,
    },
    /// Such a relative may not use the account.
    RelationNotShared {
        /// What the relative is to the owner.
        relation: Relation,
    },
    /// The account may not pay for this, by law or by the owner's will.
    PurposeNotShared {
        /// What for.
        purpose: SharingPurpose,
        /// Whether it is the owner who did not allow it.
        by_owner: bool,
    },
    /// The year's limit is used up.
    LimitUsedUp {
        /// The limit.
        limit: Fen,
    },
    /// Nothing lies above what the owner keeps.
    NothingToShare {
        /// What lies on the account.
        balance: Fen,
        /// What the owner keeps.
        keeps: Fen,
    },
    /// The owner is not dead.
    OwnerLives,
    /// The shares of the heirs do not add up to the balance.
    SharesDiffer {
        /// What is inherited.
        balance: Fen,
        /// What the shares add up to.
        shares: Fen,
    },
    /// The law does not let an inheritance go there.
    HeirToNotProvided {
        /// Where to.
        to: HeirTo,
    },
    /// The law leaves the balance where it is when cover moves.
    NotTransferable,
    /// The law does not pay the balance out for this reason.
    CashOutNotProvided {
        /// Why it was asked for.
        reason: CashOutReason,
    },
    /// There is nothing on the account.
    Empty,
    /// An amount is negative or zero where it must be above zero.
    AmountNotPositive {
        /// Which, in 中文.
        fact: &'static str,
    },
}

impl AccountRefusal {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAccountRule { .. } => "no_account_rule",
            Self::Frozen { .. } => "account_frozen",
            Self::GrantNotInForce { .. } => "grant_not_in_force",
            Self::RelationNotShared { .. } => "relation_not_shared",
            Self::PurposeNotShared { .. } => "purpose_not_shared",
            Self::LimitUsedUp { .. } => "limit_used_up",
            Self::NothingToShare { .. } => "nothing_to_share",
            Self::OwnerLives => "owner_lives",
            Self::SharesDiffer { .. } => "shares_differ",
            Self::HeirToNotProvided { .. } => "heir_to_not_provided",
            Self::NotTransferable => "not_transferable",
            Self::CashOutNotProvided { .. } => "cash_out_not_provided",
            Self::Empty => "account_empty",
            Self::AmountNotPositive { .. } => "account_amount",
        }
    }
}

impl fmt::Display for AccountRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAccountRule { scheme, what, on } => {
                write!(f, "{on}{scheme}没有{what}的规定")
            }
            Self::Frozen { reason } => write!(f, "个人账户已冻结：{reason}"),
            Self::GrantNotInForce { from, to, on } => {
                let to = to.map_or_else(|| "长期".to_owned(), |to| to.to_string());
                write!(f, "共济授权有效期{from}至{to}，{on}不在其中")
            }
            Self::RelationNotShared { relation } => {
                write!(f, "账户所有人的{relation}不在家庭共济的亲属范围内")
            }
            Self::PurposeNotShared { purpose, by_owner } => match by_owner {
                true => write!(f, "账户所有人没有授权用于{purpose}"),
                false => write!(f, "共济账户不能用于{purpose}"),
            },
            Self::LimitUsedUp { limit } => write!(f, "本年度共济限额{limit}元已用完"),
            Self::NothingToShare { balance, keeps } => {
                write!(f, "账户余额{balance}元，没有超过{keeps}元的部分可供共济")
            }
            Self::OwnerLives => f.write_str("账户所有人没有死亡登记，不能办理继承"),
            Self::SharesDiffer { balance, shares } => {
                write!(f, "各继承人份额合计{shares}元，与账户余额{balance}元不符")
            }
            Self::HeirToNotProvided { to } => write!(f, "政策没有规定继承时可以{}", to.zh()),
            Self::NotTransferable => f.write_str("政策规定个人账户余额不随同转移"),
            Self::CashOutNotProvided { reason } => {
                write!(f, "政策没有规定{}可以一次性支取", reason.zh())
            }
            Self::Empty => f.write_str("个人账户没有余额"),
            Self::AmountNotPositive { fact } => write!(f, "{fact}应大于零"),
        }
    }
}

impl std::error::Error for AccountRefusal {}
