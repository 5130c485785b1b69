use std::collections::BTreeMap;

use terms::Word;

use super::claim::{Asks, Claim};
use super::{RawRow, Rejection};

/// The rows of one document and identity, as far as they stand beside each other.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// Rows that say something each, in the order in which they take effect.
    pub claims: Vec<Claim<'a>>,
    /// Rows that repeat one of these: the repeating and the repeated number.
    pub repeats: Vec<(&'a RawRow, u32)>,
    /// Rows that cannot stand beside each other.
    pub rejected: Vec<(&'a RawRow, Rejection)>,
}

/// Rows by document and identity, whatever their order in the file.
pub(super) fn groups(claims: Vec<Claim<'_>>) -> Vec<Group<'_>> {
    let mut by_key: BTreeMap<(String, Word), Vec<Claim<'_>>> = BTreeMap::new();
    for claim in claims {
        let key = (claim.document.clone(), claim.rule.identity.clone());
        by_key.entry(key).or_default().push(claim);
    }
    by_key.into_values().map(group).collect()
}

fn group(mut claims: Vec<Claim<'_>>) -> Group<'_> {
    claims.sort_by(|a, b| (order(a), a.name, a.row.row).cmp(&(order(b), b.name, b.row.row)));
    let mut repeats = Vec::new();
    let mut kept: Vec<Claim<'_>> = Vec::new();
    for claim in claims {
        match kept.last() {
            Some(last) if last.asks == claim.asks && last.name == claim.name => {
                repeats.push((claim.row, last.row.row));
            }
            _ => kept.push(claim),
        }
    }
    let Some(clash) = clash(&kept) else {
        let rejected = Vec::new();
        return Group {
            claims: kept,
            repeats,
            rejected,
        };
    };
    let repeated = repeats.into_iter().map(|(row, _)| row);
    let rows = kept.iter().map(|claim| claim.row).chain(repeated);
    Group {
        rejected: rows.map(|row| (row, clash.clone())).collect(),
        claims: Vec::new(),
        repeats: Vec::new(),
    }
}

/// Ends and withdrawals of a day take effect before what begins on it.
fn order(claim: &Claim<'_>) -> (terms::Date, Asks) {
    let day = match claim.asks {
        Asks::End(day) | Asks::Withdraw(day) => day,
        Asks::Hold { days, .. } => days.from,
    };
    (day, claim.asks)
}

/// How different rows of one person and identity get in each other's way.
fn clash(claims: &[Claim<'_>]) -> Option<Rejection> {
    let mut rows: Vec<u32> = claims.iter().map(|claim| claim.row.row).collect();
    rows.sort_unstable();
    let mut overlap = false;
    for (place, one) in claims.iter().enumerate() {
        for other in &claims[place + 1..] {
            let contradicts = one.name != other.name
                || match (one.asks, other.asks) {
                    (
                        Asks::Hold {
                            recognised: a,
                            days: first,
                        },
                        Asks::Hold {
                            recognised: b,
                            days: second,
                        },
                    ) => {
                        overlap |= a != b && first.meets(&second);
                        a == b
                    }
                    (Asks::End(_), Asks::End(_)) => true,
                    (Asks::Withdraw(a), Asks::Hold { recognised: b, .. })
                    | (Asks::Hold { recognised: b, .. }, Asks::Withdraw(a)) => a == b,
                    // What is said to end on a day is not said to go on over it.
                    (Asks::End(last), Asks::Hold { days, .. })
                    | (Asks::Hold { days, .. }, Asks::End(last)) => days.holds(last),
                    (Asks::Withdraw(_), _) | (_, Asks::Withdraw(_)) => false,
                };
            if contradicts {
                return Some(Rejection::Contradicting { rows });
            }
        }
    }
    overlap.then_some(Rejection::Overlapping { rows })
}
