//! What is known of one scheme while events are taken.

use policy::FeeMonth;
use terms::{AreaCode, Category, Date, Word};

use super::overlay::Hold;
use super::strip::Strip;

/// The cover of one scheme while events are taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Track {
    pub strip: Strip,
    /// As what the person contributes now, where contributions run.
    pub member: Option<Member>,
    /// The contribution that runs, or ran last.
    pub entry: Option<Entry>,
    /// The last fee month paid, here or elsewhere, before the contribution that runs.
    pub last_paid: Option<FeeMonth>,
    /// Fee months of gaps that were paid in.
    pub repaid: Vec<(FeeMonth, FeeMonth)>,
    pub debt: Option<Debt>,
    pub holds: Vec<Hold>,
    /// Months that a pensioner has not paid in yet.
    pub years_missing: Option<i32>,
}

impl Track {
    /// Ends the contribution that runs; benefits need not rest for its arrears any longer.
    pub fn leave(&mut self, ended: Date) {
        self.member = None;
        if let Some(entry) = &mut self.entry {
            entry.ended = Some(ended);
        }
        for hold in &mut self.holds {
            hold.days.last = Some(hold.days.last.map_or(ended, |last| last.min(ended)));
        }
    }
}

/// As what a person contributes.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub category: Category,
    pub employer: Option<Word>,
    pub county: AreaCode,
    /// The last day that an older register gave; open otherwise.
    pub until: Option<Date>,
}

/// A run of contributions.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub on: Date,
    /// The last fee month paid before it, here or elsewhere; nothing at first enrolment.
    pub before: Option<FeeMonth>,
    /// The first day with benefits, where there is one yet.
    pub start: Option<Date>,
    pub ended: Option<Date>,
}

/// Unpaid months.
#[derive(Debug, Clone, Copy)]
pub(super) struct Debt {
    pub since: FeeMonth,
    /// Its place among the holds, where benefits rest for it.
    pub hold: Option<usize>,
}
