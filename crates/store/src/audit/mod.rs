//! The audit: scans, findings, doubts with their steps, and what was deducted.
//!
//! One [`AuditCommit`] is one transaction. A doubt moves only from the version it was read at, so
//! two people at one doubt follow each other; whatever adds findings or deducts money also raises
//! the version of the owners it read, so that no line is deducted twice.

mod batches;
mod commit;
mod count;
mod due;
mod history;
pub(crate) mod knowledge;
mod read;
pub(crate) mod rows;
mod visits;

pub use commit::AuditCommit;
pub(crate) use commit::prompts;
pub use count::{AuditCoverage, DoubtTally, RuleTally};
pub use due::AuditDue;
pub use history::{AuditBill, AuditRecord, AuditVisit, AuditWindow};
pub use knowledge::{KnowledgeEditionRow, KnowledgeRow};
pub use read::{DoubtFilter, SettlementShare};
pub use rows::{
    AuditDeductionRow, AuditFindingRow, AuditPromptRow, AuditRunRow, AuditScanRow,
    AuditStandingRow, DoubtAttachmentRow, DoubtBatchRow, DoubtFileRow, DoubtNoticeRow, DoubtRow,
    DoubtStepRow,
};
