//! 存储：SQL、迁移、成组提交写入器。
//!
//! The only crate that speaks SQL. One [`Store`] stands for an embedded SQLite file or a
//! PostgreSQL server; its verbs are coarse: load all that a decision about one person needs
//! ([`Store::load_context`]), record all that a decision changes ([`Store::commit`]), search,
//! verify. It knows rows, versions and message numbers, and none of the law.
//!
//! Every key begins with the pooling area; what belongs to a person carries the person's number
//! next, so that a distributed engine keeps all of one person on one node
//! ([`distribution_statements`]).

mod account;
mod audit;
mod backup;
mod budget;
mod cell;
mod clearing;
mod commit;
mod conditions;
mod context;
mod contribution;
mod cover;
mod credential;
mod discharge;
mod distribute;
mod engine;
mod enter;
mod fault;
mod filing;
mod findings;
mod imports;
mod lists;
mod merges;
mod office;
mod points;
mod procurement;
mod record;
mod register;
mod rows;
mod search;
mod stock;
mod store;
mod table;
mod tables;
mod tally;
mod verify;
mod watch;
mod writer;

pub use account::{
    AccountBaseRow, AccountEventRow, AccountHold, AccountHolder, AccountProposalRow, AccountRunRow,
    EventTotals,
};
pub use audit::{
    AuditBill, AuditCommit, AuditCoverage, AuditDeductionRow, AuditDue, AuditFindingRow,
    AuditPromptRow, AuditRecord, AuditRunRow, AuditScanRow, AuditStandingRow, AuditVisit,
    AuditWindow, DoubtAttachmentRow, DoubtBatchRow, DoubtFileRow, DoubtFilter, DoubtNoticeRow,
    DoubtRow, DoubtStepRow, DoubtTally, KnowledgeEditionRow, KnowledgeRow, RuleTally,
    SettlementShare,
};
pub use budget::{InterviewRow, SpentRow, TargetRow};
pub use clearing::{
    AdjustmentBooked, AdjustmentFilter, AdjustmentMoved, AdjustmentRow, ApplicationMoved,
    ApplicationRow, BankFileRow, BankReceiptLineRow, BankReceiptRow, BillShown, BuildPlan,
    Candidate, ClearingCommit, ClearingDiffers, ClearingSums, Composed, FlowRow, Gathered, Makers,
    MonthBuilt, ObjectionMoved, ObjectionRow, OrderFilter, OrderMoved, PayeeRow, PaymentOrderRow,
    SettlementSums, StatementBillRow, StatementEventRow, StatementFilter, StatementMoved,
    StatementRow,
};
pub use commit::{Answer, Commit, Occasion};
pub use context::{Context, ContextQuery};
pub use contribution::{
    AllocationRow, BooksDiffer, ContributionCommit, ContributionSums, DueFilter, DueRow,
    EmployerMonthRow, EmployerRow, LateFeeRow, LineMoved, MonthLineRow, MonthPaid, MonthSums,
    PaidPeriodRow, PremiumRow, ReceiptFileRow, ReceiptLineRow, ReceiptSums, RefundMoved, RefundRow,
    ResidentRow, StaffFacts, StaffRow, WageRow,
};
pub use cover::{CoverCount, CoveredRow};
pub use discharge::{
    DischargeChange, DischargeFilter, DischargeRow, FindingTally, GroupFilter, GroupRow,
    GroupTally, ListTally, QualityRow,
};
pub use distribute::distribution_statements;
pub use fault::Fault;
pub use findings::{
    CleaningRunRow, FindingCount, FindingDecisionRow, FindingFilter, FindingRow, RunCount,
    ScannedPerson,
};
pub use imports::{HolderRow, ImportRow, ImportStep};
pub use lists::{ListChangeRow, ListLineRow, ListResultRow, ListRow, ListStepRow};
pub use merges::MergeRow;
pub use points::{
    AnnualClearingRow, AnnualFilter, AnnualMoved, AnnualPartRow, CaseFilter, CaseRow,
    CaseValueFilter, CaseValueRow, MethodCommit, MethodMonthFilter, MethodMonthRow,
};
pub use procurement::{
    AdvancePartRow, AdvanceRow, AssessmentRow, ClaimRow, DueOfRow, InvoiceFilter, NettingBatchRow,
    NettingLineRow, NettingOffsetRow, PartMoved, ProviderCommit, ProviderSums, ReturnRow,
    SupplierInvoiceRow,
};
pub use rows::*;
pub use search::{Page, SettlementFilter, SettlementState};
pub use stock::{
    CodeChange, SettledQuantityRow, StockChange, StockFilter, StockMonthRow, StockRecordRow,
    TraceCodeRow, TraceEventRow,
};
pub use store::Store;
pub use tally::{MinuteRow, TallyRow};
pub use verify::{Difference, ExpectedLedger, LedgerOf, Verified};
pub use watch::{OwnMoneyRow, WatchAnswerRow, WatchLineRow, WatchRunRow};
