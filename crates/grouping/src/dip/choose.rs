use money::Fen;

use super::scheme::Row;
use crate::tables::Preference;

/// A row of the directory that fits a case.
#[derive(Debug)]
pub(super) struct Candidate<'a, 'c> {
    /// Its number within the stage: what decides at last.
    pub number: usize,
    pub row: &'a Row,
    pub matched: Vec<&'c str>,
}

/// The best candidate by the declared preferences, then the one that stands first, so that the same
/// case always comes out the same.
pub(super) fn best<'l, 'a, 'c>(
    preferences: &[Preference],
    candidates: &'l [Candidate<'a, 'c>],
    cost: Option<Fen>,
) -> Option<&'l Candidate<'a, 'c>> {
    let marks = |candidate: &Candidate<'_, '_>| -> Vec<i64> {
        let each = preferences
            .iter()
            .map(|preference| mark(*preference, candidate, cost));
        each.collect()
    };
    let marked = candidates
        .iter()
        .map(|candidate| (marks(candidate), candidate));
    let better = |a: &(Vec<i64>, &Candidate<'_, '_>), b: &(Vec<i64>, &Candidate<'_, '_>)| {
        a.0.cmp(&b.0).then(b.1.number.cmp(&a.1.number))
    };
    marked.max_by(better).map(|(_, candidate)| candidate)
}

/// Higher is better.
fn mark(preference: Preference, candidate: &Candidate<'_, '_>, cost: Option<Fen>) -> i64 {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match preference {
        Preference::MoreTerms => count(candidate.row.terms()),
        Preference::MoreMatches => count(candidate.matched.len()),
        Preference::HigherClass => count(candidate.row.class),
        Preference::NearestCost => match (cost, candidate.row.mean_cost) {
            (Some(cost), Some(mean)) => {
                let apart = cost.get().abs_diff(mean.get());
                i64::try_from(apart).map_or(i64::MIN, |apart| -apart)
            }
            _ => 0,
        },
    }
}
