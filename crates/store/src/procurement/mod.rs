//! Suppliers' invoices, batches that pay them, advances, assessments.
//!
//! One [`ProviderCommit`] is one transaction; what it changes of clearing (adjustments, payment
//! orders, transfers) is recorded with it. Whatever moves on moves only from the state it was read
//! in.

mod check;
mod commit;
pub(crate) mod funding;
mod read;
pub(crate) mod rows;

pub use check::ProviderSums;
pub use commit::{PartMoved, ProviderCommit};
pub use funding::{AdvancePartRow, AdvanceRow, AssessmentRow, ReturnRow};
pub(crate) use read::asked;
pub use read::{ClaimRow, DueOfRow, InvoiceFilter};
pub use rows::{NettingBatchRow, NettingLineRow, NettingOffsetRow, SupplierInvoiceRow};
