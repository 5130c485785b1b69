use std::collections::{BTreeMap, BTreeSet};

use terms::Word;

use crate::{Balances, Batch, Refusal};

/// Posted batches in order (序时账): takes each batch once and each reversal once.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    batches: Vec<Batch>,
    places: BTreeMap<Word, usize>,
    reversed: BTreeSet<Word>,
}

impl Journal {
    /// Posts a batch.
    ///
    /// # Errors
    /// In this order: [`Refusal::DuplicateBatch`], [`Refusal::UnknownOriginal`],
    /// [`Refusal::AlreadyReversed`], [`Refusal::NotAMirror`].
    pub fn post(&mut self, batch: Batch) -> Result<(), Refusal> {
        if self.places.contains_key(batch.id()) {
            return Err(Refusal::DuplicateBatch(batch.id().to_string()));
        }
        if let Some(original) = batch.reverses() {
            let Some(place) = self.places.get(original) else {
                return Err(Refusal::UnknownOriginal(original.to_string()));
            };
            if self.reversed.contains(original) {
                return Err(Refusal::AlreadyReversed(original.to_string()));
            }
            if !batch.mirrors(&self.batches[*place]) {
                return Err(Refusal::NotAMirror(original.to_string()));
            }
            self.reversed.insert(original.clone());
        }
        self.places.insert(batch.id().clone(), self.batches.len());
        self.batches.push(batch);
        Ok(())
    }

    /// The batches, oldest first.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// The balances after everything posted.
    pub fn balances(&self) -> Balances {
        Balances::replay(self.batches.iter().flat_map(Batch::transfers))
    }
}
