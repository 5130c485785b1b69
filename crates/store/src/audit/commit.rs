use terms::AreaCode;

use super::rows;
use super::{
    AuditDeductionRow, AuditFindingRow, AuditPromptRow, AuditRunRow, AuditScanRow,
    AuditStandingRow, DoubtAttachmentRow, DoubtBatchRow, DoubtFileRow, DoubtNoticeRow, DoubtRow,
    DoubtStepRow, KnowledgeEditionRow, KnowledgeRow,
};
use crate::cell::{Cells, Record};
use crate::clearing::rows::ADJUSTMENTS;
use crate::engine::Tx;
use crate::record::{Broken, insert_all};
use crate::table::Insert;
use crate::tables::access;
use crate::{AccessRow, AdjustmentRow, Answer, Commit, Fault, Store};

/// Everything one decision about the audit changes, recorded together or not at all.
#[derive(Debug, Clone)]
pub struct AuditCommit {
    /// The pooling area.
    pub area: AreaCode,
    /// Every owner whose findings or deductions this adds to, with the version read; 0 for one
    /// never written.
    pub owners: Vec<(String, i64)>,
    /// Scans that ended.
    pub runs: Vec<AuditRunRow>,
    /// Findings, new or changed.
    pub findings: Vec<AuditFindingRow>,
    /// How far people were looked at.
    pub scans: Vec<AuditScanRow>,
    /// What rules are worth from now on.
    pub standings: Vec<AuditStandingRow>,
    /// What institutions were told, answered now; new ones come with their bill in a [`Commit`].
    pub prompts: Vec<AuditPromptRow>,
    /// Doubts, new (version 1) or changed (version read plus one).
    pub doubts: Vec<DoubtRow>,
    /// Steps of doubts.
    pub steps: Vec<DoubtStepRow>,
    /// Notices, new or received.
    pub notices: Vec<DoubtNoticeRow>,
    /// Attachments.
    pub attachments: Vec<DoubtAttachmentRow>,
    /// Their bytes.
    pub files: Vec<DoubtFileRow>,
    /// Work on many doubts, and samples.
    pub batches: Vec<DoubtBatchRow>,
    /// What was deducted or given back.
    pub deductions: Vec<AuditDeductionRow>,
    /// The adjustments of clearing by which that reaches institutions.
    pub adjustments: Vec<AdjustmentRow>,
    /// What happened to editions of the knowledge.
    pub editions: Vec<KnowledgeEditionRow>,
    /// Versions of knowledge rows, all new.
    pub knowledge: Vec<KnowledgeRow>,
    /// The lines of the access log, with the person each is about or nobody.
    pub access: Vec<(String, AccessRow)>,
}

impl AuditCommit {
    /// A commit that does nothing yet.
    pub fn new(area: AreaCode) -> Self {
        Self {
            area,
            owners: Vec::new(),
            runs: Vec::new(),
            findings: Vec::new(),
            scans: Vec::new(),
            standings: Vec::new(),
            prompts: Vec::new(),
            doubts: Vec::new(),
            steps: Vec::new(),
            notices: Vec::new(),
            attachments: Vec::new(),
            files: Vec::new(),
            batches: Vec::new(),
            deductions: Vec::new(),
            adjustments: Vec::new(),
            editions: Vec::new(),
            knowledge: Vec::new(),
            access: Vec::new(),
        }
    }
}

const HEAD: Insert = Insert::or(
    &rows::HEADS,
    "ON CONFLICT (area, owner) DO UPDATE SET version = excluded.version \
     WHERE audit_heads.version = excluded.version - 1",
);
const FINDING: Insert = Insert::or(
    &rows::FINDINGS,
    "ON CONFLICT (area, owner, finding_id) DO UPDATE SET strength = excluded.strength, \
     settlement_id = excluded.settlement_id, institution = excluded.institution, \
     day = excluded.day, amount_fen = excluded.amount_fen, fund_fen = excluded.fund_fen, \
     knowledge = excluded.knowledge, says = excluded.says, evidence = excluded.evidence, \
     lines = excluded.lines, last_run = excluded.last_run, gone_at = excluded.gone_at, \
     gone_reason = excluded.gone_reason",
);
const SCAN: Insert = Insert::or(
    &rows::SCANS,
    "ON CONFLICT (area, person_no) DO UPDATE SET version = excluded.version, \
     edition = excluded.edition, scanned_at = excluded.scanned_at, \
     from_day = excluded.from_day, to_day = excluded.to_day",
);
const PROMPT: Insert = Insert::or(
    &rows::PROMPTS,
    "ON CONFLICT (area, person_no, prompt_id) DO UPDATE SET answer = excluded.answer, \
     answer_text = excluded.answer_text, answered_by = excluded.answered_by, \
     answered_at = excluded.answered_at WHERE excluded.answer <> ''",
);
const DOUBT: Insert = Insert::or(
    &rows::DOUBTS,
    "ON CONFLICT (area, owner, doubt_id) DO UPDATE SET version = excluded.version, \
     strength = excluded.strength, state = excluded.state, outcome = excluded.outcome, \
     scheme = excluded.scheme, person_name = excluded.person_name, \
     settlement_id = excluded.settlement_id, institution = excluded.institution, \
     day = excluded.day, in_scope_fen = excluded.in_scope_fen, \
     amount_fen = excluded.amount_fen, confirmed_fen = excluded.confirmed_fen, \
     deducted_fen = excluded.deducted_fen, released_fen = excluded.released_fen, \
     says = excluded.says, due = excluded.due, extended = excluded.extended, \
     first_reviewer = excluded.first_reviewer, dismissed_by = excluded.dismissed_by, \
     panel_before = excluded.panel_before, published_on = excluded.published_on, \
     appealed_on = excluded.appealed_on, decided_on = excluded.decided_on, \
     notice_id = excluded.notice_id, changed_at = excluded.changed_at \
     WHERE doubts.version = excluded.version - 1",
);
const NOTICE: Insert = Insert::or(
    &rows::NOTICES,
    "ON CONFLICT (area, notice_id) DO UPDATE SET received_by = excluded.received_by, \
     received_at = excluded.received_at WHERE doubt_notices.received_at IS NULL",
);
const FILE: Insert = Insert::or(&rows::FILES, "ON CONFLICT (area, owner, hash) DO NOTHING");

impl Store {
    /// Records a decision about the audit; a conflict means that something read before has changed
    /// since, and nothing was recorded.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_audit(&self, commit: &AuditCommit) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        match write(&mut tx, commit).await {
            Ok(()) => {
                let failed = |cause| Fault::database("record the audit", cause);
                tx.commit().await.map_err(failed)?;
                Ok(Answer::Done)
            }
            Err(broken) => {
                if let Err(cause) = tx.rollback().await {
                    tracing::warn!(%cause, "rollback failed");
                }
                match broken {
                    Broken::Conflict(over) => Ok(Answer::Conflict { over }),
                    Broken::Fault(fault) | Broken::Unknown(fault) => Err(fault),
                }
            }
        }
    }

    /// The versions of owners, in the order given; 0 for one never written.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_versions(
        &self,
        area: AreaCode,
        owners: &[String],
    ) -> Result<Vec<(String, i64)>, Fault> {
        let mut known = std::collections::HashMap::new();
        for some in owners.chunks(super::read::OWNERS) {
            let (list, cells) = super::read::list_of(area, some);
            let rest = format!("WHERE area = $1 AND owner IN ({list})");
            let take = |record: &mut Record| {
                record.skip(1);
                Ok((record.text()?, record.int()?))
            };
            known.extend(self.rows(&rows::HEADS, &rest, cells, take).await?);
        }
        let version = |owner: &String| known.get(owner).copied().unwrap_or(0);
        Ok(owners
            .iter()
            .map(|owner| (owner.clone(), version(owner)))
            .collect())
    }
}

macro_rules! cells_of {
    ($commit:ident, $rows:ident) => {{
        let mut cells = Cells::default();
        $commit
            .$rows
            .iter()
            .for_each(|row| row.put(&mut cells, $commit.area));
        cells
    }};
}

pub(super) use cells_of;

async fn write(tx: &mut Tx, commit: &AuditCommit) -> Result<(), Broken> {
    raise(tx, commit).await?;
    found(tx, commit).await?;
    decided(tx, commit).await?;
    super::knowledge::write(tx, commit).await?;
    let mut cells = Cells::default();
    for (person, row) in &commit.access {
        access::put(&mut cells, commit.area, person, &row.result, row);
    }
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}

async fn raise(tx: &mut Tx, commit: &AuditCommit) -> Result<(), Broken> {
    let mut owners: Vec<_> = commit.owners.iter().collect();
    owners.sort();
    let mut cells = Cells::default();
    for (owner, version) in owners {
        cells.area(commit.area).text(owner).int(version + 1);
    }
    insert_all(tx, HEAD, cells).await
}

async fn found(tx: &mut Tx, commit: &AuditCommit) -> Result<(), Broken> {
    insert_all(tx, Insert::into(&rows::RUNS), cells_of!(commit, runs)).await?;
    insert_all(tx, FINDING, cells_of!(commit, findings)).await?;
    insert_all(tx, SCAN, cells_of!(commit, scans)).await?;
    let standings = cells_of!(commit, standings);
    insert_all(tx, Insert::into(&rows::STANDINGS), standings).await?;
    put_prompts(tx, cells_of!(commit, prompts)).await
}

/// What institutions are told in a batch of commits.
pub(crate) async fn prompts(tx: &mut Tx, commits: &[&Commit]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for commit in commits {
        for row in &commit.prompts {
            row.put(&mut cells, commit.area);
        }
    }
    put_prompts(tx, cells).await
}

/// A prompt given again stays as it was answered, so fewer rows may be written than given.
async fn put_prompts(tx: &mut Tx, cells: Cells<'_>) -> Result<(), Broken> {
    let failed = |cause| Broken::database(rows::PROMPTS.name, cause);
    tx.insert(PROMPT, cells).await.map(|_| ()).map_err(failed)
}

async fn decided(tx: &mut Tx, commit: &AuditCommit) -> Result<(), Broken> {
    insert_all(tx, DOUBT, cells_of!(commit, doubts)).await?;
    insert_all(tx, Insert::into(&rows::STEPS), cells_of!(commit, steps)).await?;
    insert_all(tx, NOTICE, cells_of!(commit, notices)).await?;
    let attachments = cells_of!(commit, attachments);
    insert_all(tx, Insert::into(&rows::ATTACHMENTS), attachments).await?;
    let failed = |cause| Broken::database(rows::FILES.name, cause);
    let files = tx.insert(FILE, cells_of!(commit, files)).await;
    files.map_err(failed)?;
    insert_all(tx, Insert::into(&rows::BATCHES), cells_of!(commit, batches)).await?;
    let deductions = cells_of!(commit, deductions);
    insert_all(tx, Insert::into(&rows::DEDUCTIONS), deductions).await?;
    let adjustments = cells_of!(commit, adjustments);
    insert_all(tx, Insert::into(&ADJUSTMENTS), adjustments).await
}
