//! 清算单审批：扣款、预留、暂不拨付、结转改变应付（SETTLE_ACCRUE，管理账）。

use ledger::{Account, Batch, TransferId};
use terms::{AdjustmentKind, Date};

use super::super::{Adjusted, BUDGET_USED, Entries, HELD, OWED, RECEIVABLE, RETAINED, Unpostable};
use crate::postings::clearing::class::fits;

/// A statement that is approved.
#[derive(Debug, Clone, Copy)]
pub struct Approval<'a> {
    /// The batch number.
    pub batch: &'a str,
    /// 清算单号.
    pub statement: &'a str,
    /// 定点医药机构编号.
    pub institution: &'a str,
    /// 账套.
    pub book: &'a str,
    /// The business date.
    pub on: Date,
    /// What changes the sum of its bills.
    pub adjusted: &'a [Adjusted],
}

/// What an approval books, and which transfer took which adjustment (审批记账).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The batch.
    pub batch: Batch,
    /// By the place of the adjustment: its transfer; none for zero and for what is booked with the
    /// payment.
    pub transfers: Vec<Option<TransferId>>,
}

/// Books what an approved statement changes of what the institution is owed; what its bills owe it
/// was booked when they were settled. `None` where nothing changes.
///
/// Offsets of advances and of supplier payments are booked with the payment.
///
/// # Errors
/// [`Unpostable`] for a fine, and for a class that is not of the book.
pub fn statement_approved(approval: &Approval<'_>) -> Result<Option<Posted>, Unpostable> {
    let mut entries = Entries::default();
    let mut places = Vec::with_capacity(approval.adjusted.len());
    for one in approval.adjusted {
        fits(approval.book, one.class)?;
        let before = entries.0.len();
        if let Some(other) = counter(approval, one.kind)? {
            let owed = Account::held(approval.book, OWED, approval.institution);
            entries.post(other, owed, one.amount, one.kind.word())?;
        }
        places.push((entries.0.len() > before).then_some(before));
    }
    if entries.0.is_empty() {
        return Ok(None);
    }
    let (batch, on) = (approval.batch, approval.on);
    let batch = Batch::try_new(batch, approval.statement, on, entries.0)?;
    let numbers: Vec<TransferId> = batch.transfers().map(|transfer| transfer.id).collect();
    let number = |place: Option<usize>| numbers.get(place?).cloned();
    Ok(Some(Posted {
        transfers: places.into_iter().map(number).collect(),
        batch,
    }))
}

/// The account on the other side of M2001.
fn counter(approval: &Approval<'_>, kind: AdjustmentKind) -> Result<Option<Account>, Unpostable> {
    let held = |code| Account::held(approval.book, code, approval.institution);
    Ok(Some(match kind {
        AdjustmentKind::AuditDeduction
        | AdjustmentKind::AuditRelease
        | AdjustmentKind::Assessment
        | AdjustmentKind::ReopenedDifference
        | AdjustmentKind::Correction => Account::held(approval.book, BUDGET_USED, kind.word()),
        AdjustmentKind::Retention | AdjustmentKind::RetentionReturn => held(RETAINED),
        AdjustmentKind::HeldByMethod
        | AdjustmentKind::HeldRelease
        | AdjustmentKind::AnnualClearing => held(HELD),
        AdjustmentKind::CarriedForward => held(RECEIVABLE),
        AdjustmentKind::SupplierNetting | AdjustmentKind::AdvanceRecovery => return Ok(None),
        AdjustmentKind::AdministrativeFine => return Err(Unpostable::Fine),
    }))
}
