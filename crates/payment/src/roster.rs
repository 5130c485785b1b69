use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::Refusal;

/// The place of an institution in a [`Roster`]; in order of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstitutionIndex(u32);

impl InstitutionIndex {
    pub(crate) const fn at(self) -> usize {
        self.0 as usize
    }
}

/// The institutions of a region (机构表) by code, each with what the method knows about it.
#[derive(Debug, Clone)]
pub struct Roster<T> {
    /// Sorted by code, so that ties by code are ties by position.
    institutions: Vec<(String, T)>,
}

impl<T> Roster<T> {
    /// A roster of institutions, in any order.
    ///
    /// # Errors
    /// [`Refusal::Duplicate`] when a code stands twice, [`Refusal::NothingToDivideBy`] for none.
    pub fn try_new(mut institutions: Vec<(String, T)>) -> Result<Self, Refusal> {
        institutions.sort_by(|a, b| a.0.cmp(&b.0));
        let pairs = institutions.windows(2);
        if let Some(pair) = pairs.into_iter().find(|pair| pair[0].0 == pair[1].0) {
            return Err(Refusal::Duplicate {
                what: "机构编码",
                number: pair[0].0.clone(),
            });
        }
        if institutions.is_empty() {
            let what = "机构数".into();
            return Err(Refusal::NothingToDivideBy { what });
        }
        Ok(Self { institutions })
    }

    /// The place of a code; `at` says where the code was met.
    ///
    /// # Errors
    /// [`Refusal::UnknownInstitution`].
    pub fn find(&self, code: &str, at: impl Fn() -> String) -> Result<InstitutionIndex, Refusal> {
        let found = self
            .institutions
            .binary_search_by(|(known, _)| known.as_str().cmp(code));
        let position = found.ok().and_then(|position| u32::try_from(position).ok());
        let position = position.ok_or_else(|| Refusal::UnknownInstitution {
            institution: code.to_owned(),
            at: at(),
        })?;
        Ok(InstitutionIndex(position))
    }

    /// How many institutions there are.
    pub fn len(&self) -> usize {
        self.institutions.len()
    }

    /// Never: a roster has at least one institution.
    pub fn is_empty(&self) -> bool {
        self.institutions.is_empty()
    }

    /// The code at a place.
    pub fn code(&self, index: InstitutionIndex) -> &str {
        &self.institutions[index.at()].0
    }

    /// What is known about the institution at a place.
    pub fn get(&self, index: InstitutionIndex) -> &T {
        &self.institutions[index.at()].1
    }

    /// Every code with its place, in order of code.
    pub fn codes(&self) -> impl Iterator<Item = (&str, InstitutionIndex)> + Clone {
        let each = self.institutions.iter().zip(0_u32..);
        each.map(|((code, _), place)| (code.as_str(), InstitutionIndex(place)))
    }

    /// Every institution in order of code.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        let each = self.institutions.iter();
        each.map(|(code, facts)| (code.as_str(), facts))
    }
}

/// The place of a group in [`Groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupIndex(NonZeroU32);

impl GroupIndex {
    pub(crate) const fn at(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The case-mix groups met so far (病组), numbered as they come.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    by_code: BTreeMap<String, GroupIndex>,
}

impl Groups {
    /// The place of a group, given to it when it is met for the first time.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] beyond four thousand million groups.
    pub fn place(&mut self, code: &str) -> Result<GroupIndex, Refusal> {
        if let Some(known) = self.by_code.get(code) {
            return Ok(*known);
        }
        let next = u32::try_from(self.by_code.len() + 1).ok();
        let next = next.and_then(NonZeroU32::new).map(GroupIndex);
        let next = next.ok_or(Refusal::TooLarge {
            what: "病组数".into(),
        })?;
        self.by_code.insert(code.to_owned(), next);
        Ok(next)
    }

    /// Takes over every group of another list and says where it now stands.
    ///
    /// # Errors
    /// As [`Groups::place`].
    pub fn absorb(&mut self, other: &Self) -> Result<Absorbed, Refusal> {
        let mut places = Vec::with_capacity(other.len());
        for (code, index) in other.iter() {
            places.push((index, self.place(code)?));
        }
        places.sort_unstable();
        let places = places.into_iter().map(|(_, place)| place);
        Ok(Absorbed(places.collect()))
    }

    /// The place of a group that has been met.
    pub fn find(&self, code: &str) -> Option<GroupIndex> {
        self.by_code.get(code).copied()
    }

    /// Every group in order of code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, GroupIndex)> + Clone {
        let each = self.by_code.iter();
        each.map(|(code, index)| (code.as_str(), *index))
    }

    /// The code at a place; a search, for explanations only.
    pub fn code(&self, index: GroupIndex) -> &str {
        let found = self.iter().find(|(_, known)| *known == index);
        found.map_or("", |(code, _)| code)
    }

    /// How many groups have been met.
    pub fn len(&self) -> usize {
        self.by_code.len()
    }

    /// Whether no group has been met.
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }
}

/// Where the groups of one list stand in another (病组对照).
#[derive(Debug, Clone)]
pub struct Absorbed(Vec<GroupIndex>);

impl Absorbed {
    /// The place in the list that took over, of a place in the one that was taken over.
    pub fn place(&self, index: GroupIndex) -> GroupIndex {
        self.0[index.at()]
    }
}
