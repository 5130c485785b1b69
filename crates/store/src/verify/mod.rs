//! Recomputing: settlements = counters = accounts = ledger, person by person.
//!
//! A page of persons is read at one moment and checked in memory; then the next page. The first
//! difference ends the run and is named.

mod bills;
mod chains;
mod members;
mod page;

use std::fmt;

use terms::AreaCode;

use crate::{Fault, SettlementRow, Store};
use page::Page;

/// Persons read at once.
const PERSONS: usize = 200;

/// What a settlement should have posted to the ledger, computed anew; an error says why it
/// cannot be computed. Called with settlements and their funds, not with reversals.
pub type LedgerOf<'a> = dyn Fn(&SettlementRow) -> ExpectedLedger + Sync + 'a;

/// The batch a settlement should have posted, none, or why it cannot be computed.
pub type ExpectedLedger = Result<Option<ledger::Batch>, String>;

/// The first place where two records of the same money disagree (核对差异).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The person.
    pub person_no: String,
    /// The settlement, counter, account or batch.
    pub place: String,
    /// Which equation fails; a stable code.
    pub check: &'static str,
    /// What follows from one record.
    pub expected: String,
    /// What the other record shows.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            person_no,
            place,
            check,
            expected,
            found,
        } = self;
        write!(
            f,
            "人员{person_no}，{place}：核对项 {check} 不符，应为{expected}，实为{found}"
        )
    }
}

/// What was recomputed and agrees.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// Persons.
    pub persons: u64,
    /// Settlements and reversals.
    pub settlements: u64,
    /// Changes of counters.
    pub postings: u64,
    /// Movements of accounts.
    pub movements: u64,
    /// Transfers of the ledger.
    pub transfers: u64,
    /// The balances these transfers give.
    pub balances: ledger::Balances,
}

impl Store {
    /// Recomputes every sum of an area from the records underneath; stops at the first difference.
    ///
    /// `progress` is told how many persons are done. On one server this may run beside traffic;
    /// on a cluster run it when nothing is being written.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn verify(
        &self,
        area: AreaCode,
        ledger_of: &LedgerOf<'_>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Result<Verified, Difference>, Fault> {
        let mut sums = Verified::default();
        let mut after = None;
        loop {
            let page = Page::load(&self.engine, area, after.as_deref(), PERSONS).await?;
            sums.persons += page.heads;
            for (person_no, file) in &page.files {
                if let Err(difference) = file.check(person_no, ledger_of) {
                    return Ok(Err(difference));
                }
                file.count(&mut sums);
            }
            progress(sums.persons);
            match page.last {
                Some(last) => after = Some(last),
                None => return Ok(Ok(sums)),
            }
        }
    }
}

/// Says that two records of the same thing disagree.
pub(crate) fn differ<T: fmt::Display, U: fmt::Display>(
    check: &'static str,
    place: impl Into<String>,
    expected: T,
    found: U,
) -> Difference {
    Difference {
        person_no: String::new(),
        place: place.into(),
        check,
        expected: expected.to_string(),
        found: found.to_string(),
    }
}

/// Compares two records of the same thing.
pub(crate) fn same<T: PartialEq + fmt::Display>(
    check: &'static str,
    place: &str,
    expected: T,
    found: T,
) -> Result<(), Difference> {
    if expected == found {
        Ok(())
    } else {
        Err(differ(check, place, expected, found))
    }
}
