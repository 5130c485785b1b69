use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use crate::{Entry, Refusal, Transfer, TransferId};

/// The transfers of one business event (记账批次); they stand or fall together.
///
/// Every entry debits and credits the same amount in one book, so a batch balances by
/// construction, book by book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    id: Word,
    reference: Word,
    on: Date,
    reverses: Option<Word>,
    entries: Vec<Entry>,
}

impl Batch {
    /// A batch of `entries` resting on the document `reference`.
    ///
    /// # Errors
    /// [`Refusal::EmptyBatch`].
    pub fn try_new(
        id: &str,
        reference: &str,
        on: Date,
        entries: Vec<Entry>,
    ) -> Result<Self, Refusal> {
        if entries.is_empty() {
            return Err(Refusal::EmptyBatch(id.to_owned()));
        }
        Ok(Self {
            id: Word::new(id),
            reference: Word::new(reference),
            on,
            reverses: None,
            entries,
        })
    }

    /// The exact mirror of this batch (冲销批次): same amounts, sides swapped, a reason of its own.
    pub fn reversal(&self, id: &str, reference: &str, on: Date, reason: &str) -> Self {
        let reason = Word::new(reason);
        Self {
            id: Word::new(id),
            reference: Word::new(reference),
            on,
            reverses: Some(self.id.clone()),
            entries: self
                .entries
                .iter()
                .map(|entry| entry.mirrored(&reason))
                .collect(),
        }
    }

    /// Rebuilds a batch from its stored transfers, which must be complete and in order.
    ///
    /// # Errors
    /// [`Refusal::EmptyBatch`].
    pub fn from_transfers(transfers: Vec<Transfer>) -> Result<Self, Refusal> {
        let Some(first) = transfers.first() else {
            return Err(Refusal::EmptyBatch(String::new()));
        };
        Ok(Self {
            id: first.id.batch.clone(),
            reference: first.reference.clone(),
            on: first.on,
            reverses: first
                .reverses
                .as_ref()
                .map(|original| original.batch.clone()),
            entries: transfers
                .into_iter()
                .map(|transfer| transfer.entry)
                .collect(),
        })
    }

    /// The number of the batch.
    pub fn id(&self) -> &Word {
        &self.id
    }

    /// The settlement or document it rests on.
    pub fn reference(&self) -> &Word {
        &self.reference
    }

    /// The business date.
    pub fn on(&self) -> Date {
        self.on
    }

    /// The batch this one reverses, if it does.
    pub fn reverses(&self) -> Option<&Word> {
        self.reverses.as_ref()
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The numbered transfers, in order.
    pub fn transfers(&self) -> impl Iterator<Item = Transfer> + '_ {
        (1..).zip(&self.entries).map(|(sequence, entry)| Transfer {
            id: TransferId {
                batch: self.id.clone(),
                sequence,
            },
            entry: entry.clone(),
            reference: self.reference.clone(),
            on: self.on,
            reverses: self.reverses.as_ref().map(|original| TransferId {
                batch: original.clone(),
                sequence,
            }),
        })
    }

    /// Whether this batch is the exact mirror of `original`, entry by entry.
    pub fn mirrors(&self, original: &Self) -> bool {
        self.entries.len() == original.entries.len()
            && self
                .entries
                .iter()
                .zip(&original.entries)
                .all(|(ours, theirs)| ours.mirrors(theirs))
    }
}
