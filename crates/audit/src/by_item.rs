use lines::{Care, Data, Day, NONE};

use crate::{Hit, Spot, Strength};

/// Knowledge rows by item, dense: one look-up per line (按项目的知识).
#[derive(Debug, Clone, Default)]
pub struct ByItem<T> {
    begin: Vec<u32>,
    entries: Vec<Entry<T>>,
}

/// One knowledge row for one item.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// Number of the knowledge row in the plan.
    pub knowledge: u32,
    /// Where and when it applies; most rows apply everywhere and always.
    pub terms: Option<Box<Terms>>,
    /// What it says.
    pub value: T,
}

/// The common columns of knowledge rows that narrow where they apply (适用条件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// First fee date.
    pub from: Day,
    /// Last fee date, included.
    pub until: Day,
    /// Care types; empty for all.
    pub cares: Vec<Care>,
    /// Insurance codes; empty for all.
    pub insurances: Vec<u16>,
    /// Prefixes of diagnoses that exempt.
    pub exempt_diagnoses: Vec<String>,
    /// Parts of names of departments that exempt.
    pub exempt_departments: Vec<String>,
    /// Instead of the rule's strength.
    pub strength: Option<Strength>,
}

impl Default for Terms {
    /// Everywhere and always.
    fn default() -> Self {
        Self {
            from: Day(i32::MIN),
            until: Day(i32::MAX),
            cares: Vec::new(),
            insurances: Vec::new(),
            exempt_diagnoses: Vec::new(),
            exempt_departments: Vec::new(),
            strength: None,
        }
    }
}

impl Terms {
    /// Whether the row applies to a line.
    pub fn apply(&self, spot: &Spot<'_>) -> bool {
        let department = spot.department();
        self.hold(spot.data, spot.visit, spot.day())
            && !self
                .exempt_departments
                .iter()
                .any(|one| department.contains(one.as_str()))
    }

    /// Whether the row applies to a visit as of a day; departments are of lines and not asked.
    fn hold(&self, data: &Data, visit: u32, day: Day) -> bool {
        let (care, insurance) = (
            data.visits.care[visit as usize],
            data.visits.insurance[visit as usize],
        );
        let exempt = |code: &str| {
            self.exempt_diagnoses
                .iter()
                .any(|one| code.starts_with(one))
        };
        let mut diagnoses = data.visits.diagnoses_of(visit);
        self.from <= day
            && day <= self.until
            && (self.cares.is_empty() || self.cares.contains(&care))
            && (self.insurances.is_empty() || self.insurances.contains(&insurance))
            && !diagnoses.any(|diagnosis| exempt(diagnosis.code))
    }
}

impl<T> Entry<T> {
    /// A row that applies everywhere and always.
    pub fn plain(value: T) -> Self {
        Self {
            knowledge: NONE,
            terms: None,
            value,
        }
    }

    /// The same row between two days only.
    #[must_use]
    pub fn between(mut self, from: Day, until: Day) -> Self {
        let terms = self.terms.get_or_insert_default();
        (terms.from, terms.until) = (from, until);
        self
    }

    /// Whether it applies to a line.
    pub fn applies(&self, spot: &Spot<'_>) -> bool {
        self.terms.as_ref().is_none_or(|terms| terms.apply(spot))
    }

    /// Whether it applies to a visit as a whole, as of the day it began.
    pub fn applies_to_visit(&self, data: &Data, visit: u32) -> bool {
        let begin = data.visits.begin[visit as usize].day();
        let terms = self.terms.as_ref();
        terms.is_none_or(|terms| terms.hold(data, visit, begin))
    }

    /// A hit that rests on this row, no stronger than the row says.
    pub fn cited(&self, hit: Hit) -> Hit {
        let hit = hit.by(self.knowledge);
        match self.terms.as_ref().and_then(|terms| terms.strength) {
            Some(strength) => hit.only(hit.strength.map_or(strength, |said| said.min(strength))),
            None => hit,
        }
    }
}

impl<T> ByItem<T> {
    /// Entries with their items, in any order; those of one item keep their order.
    pub fn new(items: usize, mut pairs: Vec<(u32, Entry<T>)>) -> Self {
        pairs.sort_by_key(|pair| pair.0);
        let mut begin = vec![0; items + 1];
        for pair in &pairs {
            begin[pair.0 as usize + 1] += 1;
        }
        for at in 1..begin.len() {
            begin[at] += begin[at - 1];
        }
        Self {
            begin,
            entries: pairs.into_iter().map(|pair| pair.1).collect(),
        }
    }

    /// The same rows saying something else.
    pub fn map<U>(self, value: impl Fn(T) -> U) -> ByItem<U> {
        let entry = |one: Entry<T>| Entry {
            knowledge: one.knowledge,
            terms: one.terms,
            value: value(one.value),
        };
        ByItem {
            begin: self.begin,
            entries: self.entries.into_iter().map(entry).collect(),
        }
    }

    /// The rows of an item.
    pub fn of(&self, item: u32) -> &[Entry<T>] {
        let at = item as usize;
        match (self.begin.get(at), self.begin.get(at + 1)) {
            (Some(&begin), Some(&end)) => &self.entries[begin as usize..end as usize],
            _ => &[],
        }
    }

    /// The rows of a line's item that apply to it.
    pub fn at<'e>(&'e self, spot: &Spot<'_>) -> impl Iterator<Item = &'e Entry<T>> {
        let spot = *spot;
        self.of(spot.item())
            .iter()
            .filter(move |entry| entry.applies(&spot))
    }

    /// The items that have rows.
    pub fn items(&self) -> Vec<u32> {
        let spans = self.begin.windows(2);
        (0..)
            .zip(spans)
            .filter(|(_, span)| span[0] < span[1])
            .map(|(item, _)| item)
            .collect()
    }

    /// Whether no item of the batch has a row.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
