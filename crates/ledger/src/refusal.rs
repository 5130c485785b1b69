use std::fmt;

use money::Fen;

use crate::Account;

/// Why the ledger does not take a transfer or a batch (记账拒绝).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The amount is zero or negative.
    AmountNotPositive(Fen),
    /// Debit and credit are the same account.
    SameAccount(Account),
    /// Debit and credit lie in different books: one fund would advance money for another.
    AcrossBooks {
        /// The account debited.
        debit: Account,
        /// The account credited.
        credit: Account,
    },
    /// The batch holds no transfer.
    EmptyBatch(String),
    /// A batch of this number has been posted before.
    DuplicateBatch(String),
    /// The batch to reverse was never posted.
    UnknownOriginal(String),
    /// The batch to reverse has been reversed before.
    AlreadyReversed(String),
    /// The reversal is not the exact mirror of its original.
    NotAMirror(String),
}

impl Refusal {
    /// The stable code of this refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AmountNotPositive(_) => "ledger.amount_not_positive",
            Self::SameAccount(_) => "ledger.same_account",
            Self::AcrossBooks { .. } => "ledger.across_books",
            Self::EmptyBatch(_) => "ledger.empty_batch",
            Self::DuplicateBatch(_) => "ledger.duplicate_batch",
            Self::UnknownOriginal(_) => "ledger.unknown_original",
            Self::AlreadyReversed(_) => "ledger.already_reversed",
            Self::NotAMirror(_) => "ledger.not_a_mirror",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AmountNotPositive(fen) => write!(f, "记账金额必须大于零，实为{fen}元"),
            Self::SameAccount(account) => write!(f, "借贷方不能是同一科目{account}"),
            Self::AcrossBooks { debit, credit } => {
                write!(
                    f,
                    "借方{debit}与贷方{credit}不在同一账套，基金之间不得相互垫付"
                )
            }
            Self::EmptyBatch(id) => write!(f, "批次{id}没有分录"),
            Self::DuplicateBatch(id) => write!(f, "批次{id}已经记账"),
            Self::UnknownOriginal(id) => write!(f, "被冲销的批次{id}不存在"),
            Self::AlreadyReversed(id) => write!(f, "批次{id}已经冲销"),
            Self::NotAMirror(id) => write!(f, "冲销分录与原批次{id}不是完全相反"),
        }
    }
}

impl std::error::Error for Refusal {}
