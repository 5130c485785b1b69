//! 就诊：登记、明细、出院，以及它们的撤销。

mod cancel;
mod change;
mod dosage;
mod lines;
mod open;
mod record;

pub use cancel::cancel;
pub use change::{Discharge, Update, cancel_discharge, discharge, update};
pub use dosage::{milligrams, twelfths_a_day};
pub use lines::{Batch, LineNote, NewLine, SplitLine, cancel_lines, upload};
pub(crate) use lines::{room_lines, row_of, sent, split, totals};
pub use open::{OpenVisit, open};
pub(crate) use record::Visit;
pub use record::{Diagnosis, Receipt, VisitDetail, VisitKind, VisitStatus};
