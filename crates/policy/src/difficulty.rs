use money::Ratio;
use terms::Word;

/// Which bureau may state which identity of people in difficulty, and what a received list may do
/// (困难人员身份, catalogue §9 and §6.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyRule {
    /// The identities in order of precedence: the first that a person holds is the main one.
    pub identities: Vec<IdentityRule>,
    /// A full list that ends more than this share of what its bureau had stated needs a second
    /// person.
    pub second_person_above: Ratio,
}

/// What lists may say of one identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRule {
    /// 救助身份.
    pub identity: Word,
    /// The bureaus that may state it (认定部门).
    pub bureaus: Vec<Word>,
    /// Months that a recognition lasts when the list names no last day (认定有效期); without it
    /// the identity holds until it is ended.
    pub term_months: Option<i32>,
    /// Months before the recognition from which benefits already run (申请前追溯).
    pub look_back_months: i32,
    /// How many months a recognition may lie back on the day of the list; an older one counts from
    /// that bound. Without it there is no bound.
    pub late_months: Option<i32>,
    /// Whether somebody without cover is enrolled at once (随时认定、随时参保).
    pub enrol: bool,
}

impl DifficultyRule {
    /// The rule of an identity and its place in the order of precedence, from 0.
    pub fn of(&self, identity: &str) -> Option<(usize, &IdentityRule)> {
        let mut numbered = self.identities.iter().enumerate();
        numbered.find(|(_, rule)| rule.identity == *identity)
    }

    /// The first of some identities in the order of precedence (主身份); those without a rule come
    /// last, in their own order.
    pub fn main<'w>(&self, identities: impl IntoIterator<Item = &'w Word>) -> Option<&'w Word> {
        let place = |word: &&Word| {
            let known = self.of(word.as_str());
            known.map_or(usize::MAX, |(place, _)| place)
        };
        identities.into_iter().min_by_key(place)
    }
}
