//! 代结算、预付金、考核返还：账单之外基金与机构之间的钱。
//!
//! Suppliers' invoices come from the purchasing platform and are confirmed by institutions; a
//! batch plans who is paid from which book, a second person approves it, the bank pays. What
//! suppliers get is what settlements fall by: both are recorded in one commit. What changes a
//! statement goes through [`App::checked_adjustment`](crate::App::checked_adjustment).

mod advance;
mod advance_back;
mod approve;
mod assess;
mod batch;
mod confirm;
mod paid;
mod receive;
mod rule;
mod shown;

pub use advance::{AdvanceAsked, AdvanceBasis};
pub use receive::{InvoiceReceived, InvoicesTaken};
pub use shown::{AdvanceShown, BatchShown};

pub(crate) use rule::{provider_funds, refused_by};

/// What payment orders of a batch say they pay.
pub(crate) const SUPPLIER_BATCH: &str = "supplier_batch";
/// What payment orders of an advance say they pay.
pub(crate) const ADVANCE: &str = "advance";
/// 起草, 待审批.
const DRAFT: &str = "draft";
const PROPOSED: &str = "proposed";
const APPROVED: &str = "approved";
const REJECTED: &str = "rejected";
const CANCELLED: &str = "cancelled";
