//! 困难人员名单：收到的身份名单对照登记册，得出开始、延续、退出、不变或退回。
//!
//! A bureau sends a full list (全量) or a change list (增减). [`intake`] reads every row, sets it
//! against what the register believes of the same bureau's identities, and says what changes and
//! why; rows that cannot stand are rejected with a reason, and a full list ends what its bureau
//! had stated of the listed identities and states no more. The order of rows does not matter, and
//! a list received twice changes nothing the second time.
//!
//! Where to add: a new reason to reject is a variant of [`Rejection`]; what a row may ask for is
//! an [`Action`].

mod belief;
mod claim;
mod days;
mod list;
mod match_up;
mod outcome;
#[cfg(test)]
mod properties;
mod reject;
mod twins;

pub use days::Days;
pub use list::{Action, Held, KnownPerson, ListKind, ListLaw, ListTotals, RawRow, ReceivedList};
pub use outcome::{Change, ChangeKind, Intake, RowResult, RowState};
pub use reject::{ListRefusal, Rejection};

use claim::{Claim, read_row};
use match_up::Matching;

/// What a received list changes, row by row (名单核对).
///
/// `register` must hold everybody the list names by document and everybody of whom the bureau has
/// stated an identity; others do no harm.
///
/// # Errors
/// A [`ListRefusal`] where the list cannot be taken as a whole: its totals are wrong, or its
/// bureau may state nothing.
pub fn intake(
    list: &ReceivedList,
    register: &[KnownPerson],
    law: &ListLaw<'_>,
) -> Result<Intake, ListRefusal> {
    reject::check_list(list, law)?;
    let read: Vec<Result<Claim<'_>, (&RawRow, Rejection)>> = list
        .rows
        .iter()
        .map(|row| read_row(list, row, law).map_err(|rejection| (row, rejection)))
        .collect();
    let mut matching = Matching::new(list, register, law);
    let mut claims = Vec::new();
    for one in read {
        match one {
            Ok(claim) => claims.push(claim),
            Err((row, rejection)) => matching.reject(row, rejection),
        }
    }
    for group in twins::groups(claims) {
        matching.group(group);
    }
    Ok(matching.finish())
}
