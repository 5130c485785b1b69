use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use enrolment::cleaning::{Check, Likeness, Limits, blocking_keys, likeness};

use super::keep::Kept;

/// Two records that may be one person.
pub(super) struct Pair {
    pub(super) check: Check,
    pub(super) one: u32,
    pub(super) two: u32,
    pub(super) likeness: Likeness,
}

/// Pairs worth a look, and how many groups were too large to compare.
pub(super) struct Found {
    pub(super) pairs: Vec<Pair>,
    pub(super) skipped: usize,
}

/// Compares all records that have a key in common.
///
/// Keys are kept as hashes: two keys of one hash only mean a comparison in vain.
pub(super) fn find(kept: &Kept, limits: &Limits) -> Found {
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(kept.len() * 5);
    for person in 0..u32::try_from(kept.len()).unwrap_or(u32::MAX) {
        let record = kept.record(person);
        keyed.extend(
            blocking_keys(&record)
                .into_iter()
                .map(|key| (hash(&key), person)),
        );
        if !record.document.is_empty() {
            keyed.push((hash(&format!("document {}", record.document)), person));
        }
    }
    keyed.sort_unstable();
    let mut met: HashSet<(u32, u32)> = HashSet::new();
    let mut found = Found {
        pairs: Vec::new(),
        skipped: 0,
    };
    for block in keyed.chunk_by(|one, two| one.0 == two.0) {
        if block.len() > limits.largest_block {
            found.skipped += 1;
            continue;
        }
        for (place, (_, one)) in block.iter().enumerate() {
            for (_, two) in &block[place + 1..] {
                if one == two || met.contains(&(*one, *two)) {
                    continue;
                }
                if let Some(pair) = compare(kept, (*one, *two), limits) {
                    met.insert((*one, *two));
                    found.pairs.push(pair);
                }
            }
        }
    }
    found
}

fn compare(kept: &Kept, (one, two): (u32, u32), limits: &Limits) -> Option<Pair> {
    let (first, second) = (kept.record(one), kept.record(two));
    let same_document = !first.document.is_empty() && first.document == second.document;
    if same_document {
        // The document alone says it; the names may be as different as they like.
        let anyhow = Limits {
            least_name: 0,
            ..limits.clone()
        };
        let likeness = likeness(&first, &second, &anyhow)?;
        let check = Check::SameDocument;
        return Some(Pair {
            check,
            one,
            two,
            likeness,
        });
    }
    let likeness = likeness(&first, &second, limits)?;
    let check = Check::SamePerson;
    let alike = likeness.score >= limits.same_person;
    alike.then_some(Pair {
        check,
        one,
        two,
        likeness,
    })
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
