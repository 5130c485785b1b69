use ::store::{
    Answer, ClaimRow, NettingBatchRow, NettingLineRow, NettingOffsetRow, ProviderCommit,
};
use money::Fen;
use payment::methods::supplier_batch::{BatchPlan, BatchQuestion, Claim, Due, plan_batch};
use payment::methods::supplier_netting::NettingMode;
use policy::{FeeMonth, Shortfall};

use super::shown::BatchShown;
use super::{CANCELLED, DRAFT, provider_funds, refused_by};
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Makes a batch of all confirmed invoices, to be taken from the settlements of a month
    /// (代结算批次); what institutions did not answer in time is confirmed first where the law says
    /// so.
    ///
    /// # Errors
    /// A refusal where another batch waits for approval, or there is nothing to pay.
    pub async fn make_netting_batch(
        &self,
        actor: &Actor,
        month: FeeMonth,
    ) -> Result<BatchShown, Error> {
        self.confirm_silent_invoices(actor).await?;
        let known = self.store.netting_batches(actor.area, "").await?;
        if let Some(draft) = known.iter().find(|batch| batch.state == DRAFT) {
            let message = format!("代结算批次{}还没有审批，不能另建一批", draft.batch);
            return Err(Error::refused("batch_waits", message));
        }
        let rule = provider_funds(&self.law, actor.area, "E", actor.at.date())?;
        let mode = rule.netting.shortfall;
        let question = self.netting_question(actor, month, mode).await?;
        let plan = plan_batch(&question).map_err(refused_by)?;
        if plan.lines.is_empty() {
            let message = format!("{month}没有可以支付的供应商发票，或各机构没有应付款");
            return Err(Error::refused("nothing_to_pay", message));
        }
        let number = format!("DJS{:06}", known.len() + 1);
        let commit = self.drafted(actor, (&number, month, mode), plan);
        match self.store.record_provider(&commit).await? {
            Answer::Done => self.netting_batch(actor.area, &number).await,
            _ => Err(Error::Busy),
        }
    }

    async fn netting_question(
        &self,
        actor: &Actor,
        month: FeeMonth,
        mode: Shortfall,
    ) -> Result<BatchQuestion, Error> {
        let days = (month.first_day(), month.later(1).first_day());
        let (store, month) = (&self.store, month.to_string());
        let dues = store.provider_dues(actor.area, &month, days).await?;
        let claims = store.supplier_claims(actor.area).await?;
        let dues = dues.into_iter().map(|row| Due {
            institution: row.institution,
            book: row.book,
            due: row.due.max(Fen::ZERO),
        });
        Ok(BatchQuestion {
            mode: match mode {
                Shortfall::WithinDue => NettingMode::WithinDue,
                Shortfall::Advance => NettingMode::Advance,
            },
            claims: claims.into_iter().map(claim).collect(),
            dues: dues.collect(),
        })
    }

    fn drafted(
        &self,
        actor: &Actor,
        (number, month, mode): (&str, FeeMonth, Shortfall),
        plan: BatchPlan,
    ) -> ProviderCommit {
        let mut commit = ProviderCommit::new(actor.area);
        let sentences: Vec<&str> = plan.trace.iter().map(|step| &*step.sentence).collect();
        commit.batch = Some(NettingBatchRow {
            batch: number.to_owned(),
            month: month.to_string(),
            mode: match mode {
                Shortfall::WithinDue => "within_due",
                Shortfall::Advance => "advance",
            }
            .to_owned(),
            state: DRAFT.to_owned(),
            invoices: i64::try_from(plan.lines.len()).unwrap_or(i64::MAX),
            total: plan.lines.iter().map(|line| line.amount).sum(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            checked_by: String::new(),
            checked_at: None,
            trace: serde_json::json!(sentences).to_string(),
        });
        let lines = (1..).zip(plan.lines).map(|(line_no, line)| NettingLineRow {
            batch: number.to_owned(),
            line_no,
            order: format!("{number}-{}-{}", line.supplier, line.book),
            institution: line.institution,
            supplier: line.supplier,
            book: line.book,
            invoice: line.invoice,
            amount: line.amount,
        });
        commit.lines = lines.collect();
        let offsets = plan.offsets.into_iter().map(|of| NettingOffsetRow {
            batch: number.to_owned(),
            institution: of.institution,
            book: of.book,
            due: of.due,
            offset: of.offset,
            shortfall: of.shortfall,
        });
        commit.offsets = offsets.collect();
        let access = actor.access(self, "make_netting_batch", number, "done");
        commit.clearing.access = Some(access);
        commit
    }

    /// Takes a batch back before it is approved; its invoices wait for the next one (撤销批次).
    ///
    /// # Errors
    /// [`Error::Missing`]; a refusal where it is approved or cancelled.
    pub async fn cancel_netting_batch(&self, actor: &Actor, batch: &str) -> Result<(), Error> {
        let row = self.batch_in_draft(actor, batch).await?;
        let mut commit = ProviderCommit::new(actor.area);
        commit.batch_move = Some((DRAFT.to_owned(), checked(actor, row, CANCELLED)));
        let access = actor.access(self, "cancel_netting_batch", batch, "done");
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => Ok(()),
            _ => Err(Error::Busy),
        }
    }

    pub(super) async fn batch_in_draft(
        &self,
        actor: &Actor,
        batch: &str,
    ) -> Result<NettingBatchRow, Error> {
        let found = self.store.netting_batches(actor.area, batch).await?.pop();
        let row = found.ok_or_else(|| Error::missing("代结算批次", batch))?;
        if row.state != DRAFT {
            let message = format!("代结算批次{batch}已经审批或撤销");
            return Err(Error::refused("batch_state", message));
        }
        Ok(row)
    }
}

pub(super) fn checked(actor: &Actor, row: NettingBatchRow, state: &str) -> NettingBatchRow {
    NettingBatchRow {
        state: state.to_owned(),
        checked_by: actor.name.clone(),
        checked_at: Some(actor.at),
        ..row
    }
}

fn claim(row: ClaimRow) -> Claim {
    Claim {
        invoice: row.invoice,
        institution: row.institution,
        supplier: row.supplier,
        accepted_on: row.accepted_on,
        remaining: row.remaining,
        paid: row.paid,
    }
}
