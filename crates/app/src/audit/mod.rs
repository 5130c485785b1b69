//! 费用审核：命中入库、疑点办理、扣减、规则质量。
//!
//! What a scan finds is kept once per rule, version and target ([`App::record_scan`]); each finding
//! becomes a doubt that people move to a decision ([`App::move_doubt`]); what is confirmed reaches
//! the institution's month as an adjustment of clearing ([`App::deduct_doubt`]). Which moves there
//! are, who makes them and until when is decided by `workflow`; what reviewers decide comes back to
//! the rules as their confirmed share ([`App::rule_board`]).
//!
//! [`App::record_scan`]: crate::App::record_scan
//! [`App::move_doubt`]: crate::App::move_doubt
//! [`App::deduct_doubt`]: crate::App::deduct_doubt
//! [`App::rule_board`]: crate::App::rule_board

mod attach;
mod book;
mod bulk;
mod case;
mod deduct;
mod desk;
mod export;
mod finding;
pub mod intake;
mod lapse;
mod library;
mod list;
mod money;
mod notice;
mod offer;
mod officer;
mod opening;
mod page;
mod prompt;
mod quality;
mod record;
mod release;
mod sample;
mod sampled;
mod service;
mod shares;
mod step;

pub use ::audit::library::{Given, VersionedRow};
pub use attach::{ATTACHMENT_BYTES, ATTACHMENTS_PER_DOUBT, NewAttachment};
pub use book::{AuditBook, BookSource};
pub use bulk::Bulk;
pub use case::{CoveredLine, DoubtCase, VisitOnTimeline};
pub use deduct::Deducted;
pub use export::{AuditExport, ExportPart};
pub use finding::{FindingLine, NewFinding, RuleHeader, ScanHeader, ScanPage};
pub use library::{Edition, KnowledgeTable, NewKnowledge, Proposal, RowVersion, report_of};
pub use list::{DoubtPage, DoubtSums};
pub use money::DoubtMoney;
pub use notice::Published;
pub use offer::{Action, Offer};
pub use officer::Officer;
pub use page::{RulePage, rule_page};
pub(crate) use prompt::{BillAudit, notes, told};
pub use prompt::{
    Prompt, PromptAnswer, PromptAsk, PromptLine, PromptMoment, PromptPerson, PromptVisit,
    PromptedLine,
};
pub use quality::{Coverage, MonthRecord, RuleQuality};
pub use record::ScanCounts;
pub use sample::{Drawn, Sample};
pub use sampled::SampleState;
pub use service::{AuditNight, ScanAsk, ServiceRun};
pub use step::Move;
pub use workflow::doubt::{Outcome, Role, State, Strength, Verb};
