use std::fmt;

use money::Fen;
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use crate::{Account, Refusal};

/// One entry (分录) before it has a number and a date: debit, credit, amount and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub(crate) debit: Account,
    pub(crate) credit: Account,
    pub(crate) amount: Fen,
    pub(crate) reason: Word,
}

impl Entry {
    /// An entry of a positive amount between two accounts of one book.
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], [`Refusal::AcrossBooks`], [`Refusal::SameAccount`].
    pub fn try_new(
        debit: Account,
        credit: Account,
        amount: Fen,
        reason: &str,
    ) -> Result<Self, Refusal> {
        if amount <= Fen::ZERO {
            return Err(Refusal::AmountNotPositive(amount));
        }
        if debit.book != credit.book {
            return Err(Refusal::AcrossBooks { debit, credit });
        }
        if debit == credit {
            return Err(Refusal::SameAccount(debit));
        }
        Ok(Self {
            debit,
            credit,
            amount,
            reason: Word::new(reason),
        })
    }

    /// The account debited (借方).
    pub fn debit(&self) -> &Account {
        &self.debit
    }

    /// The account credited (贷方).
    pub fn credit(&self) -> &Account {
        &self.credit
    }

    /// The amount moved, above zero.
    pub fn amount(&self) -> Fen {
        self.amount
    }

    /// The reason code (记账事由).
    pub fn reason(&self) -> &Word {
        &self.reason
    }

    /// The same amount moved back, for another reason.
    pub(crate) fn mirrored(&self, reason: &Word) -> Self {
        Self {
            debit: self.credit.clone(),
            credit: self.debit.clone(),
            amount: self.amount,
            reason: reason.clone(),
        }
    }

    pub(crate) fn mirrors(&self, other: &Self) -> bool {
        self.debit == other.credit && self.credit == other.debit && self.amount == other.amount
    }
}

/// The number of a transfer: its batch and its place in the batch, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TransferId {
    /// The batch.
    pub batch: Word,
    /// The place in the batch, from 1.
    pub sequence: u32,
}

impl fmt::Display for TransferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.batch, self.sequence)
    }
}

/// One posted transfer (记账分录): an [`Entry`] with its number, document and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Its number.
    pub id: TransferId,
    /// What moved where, and why.
    pub entry: Entry,
    /// The settlement or document this rests on (凭据).
    pub reference: Word,
    /// The business date (业务日期).
    pub on: Date,
    /// The transfer this one mirrors, when it reverses (被冲销分录).
    pub reverses: Option<TransferId>,
}
