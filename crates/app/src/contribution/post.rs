use bookkeeping::{Levied, Levy};
use enrolment::contribution::Both;
use ledger::Batch;
use terms::Date;

use crate::Error;

/// A document that moves an owner's money, while its batches are being made.
pub(super) struct Document<'a> {
    /// The number batches begin with.
    pub batch: &'a str,
    /// What they rest on.
    pub reference: &'a str,
    /// 单位或人员编号.
    pub owner: &'a str,
    /// The business date.
    pub on: Date,
}

/// Turns a refusal of the ledger into what it is here: a broken rule of ours.
pub(super) fn posted(
    batch: Result<Option<Batch>, ledger::Refusal>,
) -> Result<Option<Batch>, Error> {
    batch.map_err(|refusal| Error::Bug(format!("posting contributions: {refusal}")))
}

impl<'a> Document<'a> {
    /// The levy of so much of one kind of contribution.
    pub fn levy(&self, levied: Levied, parts: Both) -> Levy<'a> {
        Levy {
            batch: self.batch,
            reference: self.reference,
            owner: self.owner,
            levied,
            on: self.on,
            employer: parts.employer,
            person: parts.person,
        }
    }
}

/// Which contributions a period of an owner is about, seen from a business day.
pub(super) fn levied(owner_kind: &str, period: &str, on: Date) -> Levied {
    if owner_kind == EMPLOYER {
        return Levied::Employee;
    }
    match period.parse::<i16>() {
        Ok(year) if year > on.year() => Levied::ResidentPrepaid,
        _ => Levied::Resident,
    }
}

/// How owners that are employers are marked.
pub(super) const EMPLOYER: &str = "employer";
/// How owners that are residents are marked.
pub(super) const PERSON: &str = "person";
