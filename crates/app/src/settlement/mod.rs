//! 结算：预结算、结算、撤销、冲正。

mod books;
mod compensate;
mod ledger;
mod reverse;
mod sale;
mod saved;
mod settle;

use jiff::civil::Date;
use policy::CaseDates;

use crate::facts::VisitInput;
use crate::visit::Visit;

pub use compensate::{Compensate, compensate};
pub use ledger::ledger_of;
pub(crate) use reverse::saved_of;
pub use reverse::{Reverse, Reversed, reverse};
pub use sale::{Sale, presell, sell};
pub use saved::{SavedFacts, SavedLine, SavedSettlement, SavedStep};
pub use settle::{Settle, Settled, presettle, settle};

/// The facts of a stored visit, to be settled on a day.
///
/// A stay that is not discharged yet is settled up to that day (中途结算、预结算).
pub(crate) fn visit_input(visit: &Visit<'_>, today: Date, use_account: bool) -> VisitInput {
    let admission = visit.row.started_at.date();
    let end = visit.row.ended_at.map_or(today, |end| end.date());
    let main_first = {
        let mut all: Vec<_> = visit.diagnoses.iter().collect();
        all.sort_by_key(|diagnosis| !diagnosis.main);
        all
    };
    VisitInput {
        id: visit.row.visit_id.clone(),
        scheme: Some(visit.scheme),
        care: visit.care,
        cause: visit.detail.cause,
        disease: visit.detail.disease.as_ref().map(|(code, _)| code.clone()),
        diagnoses: main_first
            .iter()
            .map(|diagnosis| diagnosis.code.clone())
            .collect(),
        marks: visit.detail.marks.clone(),
        dates: CaseDates {
            admission,
            discharge: end.max(admission),
            settlement: today.max(end).max(admission),
        },
        use_account,
    }
}
