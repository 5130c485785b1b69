mod doubts;
mod findings;
mod runs;

pub(crate) use doubts::{ATTACHMENTS, BATCHES, DEDUCTIONS, DOUBTS, FILES, NOTICES, STEPS};
pub use doubts::{
    AuditDeductionRow, DoubtAttachmentRow, DoubtBatchRow, DoubtFileRow, DoubtNoticeRow, DoubtRow,
    DoubtStepRow,
};
pub use findings::AuditFindingRow;
pub(crate) use findings::FINDINGS;
pub use runs::{AuditPromptRow, AuditRunRow, AuditScanRow, AuditStandingRow};
pub(crate) use runs::{PROMPTS, RUNS, SCANS, STANDINGS};

use crate::table::{Home, Kind, Table};

/// Who may change an owner's findings next: raised with every scan and every deduction.
pub(crate) const HEADS: Table = Table {
    name: "audit_heads",
    home: Home::Column("owner"),
    columns: &[
        ("area", Kind::Int),
        ("owner", Kind::Text),
        ("version", Kind::Int),
    ],
};
