use std::collections::BTreeMap;

use ::store::{
    Answer, NettingBatchRow, NettingLineRow, NettingOffsetRow, PaymentOrderRow, ProviderCommit,
};
use bookkeeping::{ProviderAmount, SupplierLine};
use ledger::{Batch, Refusal};
use money::Fen;
use policy::FeeMonth;
use terms::{AdjustmentKind, BenefitClass, Date};

use super::batch::checked;
use super::shown::BatchShown;
use super::{APPROVED, DRAFT, SUPPLIER_BATCH};
use crate::clearing::NewAdjustment;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Approves a batch (代结算审批): the settlements of institutions fall, suppliers are owed the
    /// same yuan, and a payment order is made for each supplier and book.
    ///
    /// # Errors
    /// [`Error::Denied`] to whoever made it; [`Error::Missing`]; a refusal where it is not a draft
    /// or a supplier has no account.
    pub async fn approve_netting_batch(
        &self,
        actor: &Actor,
        batch: &str,
    ) -> Result<BatchShown, Error> {
        let row = self.batch_in_draft(actor, batch).await?;
        if row.made_by == actor.name {
            let message = "代结算批次由另一人审批：经办人不能审批自己建的批次";
            return Err(Error::Denied(message.to_owned()));
        }
        let lines = self.store.netting_lines(actor.area, (batch, "")).await?;
        let offsets = self.store.netting_offsets(actor.area, (batch, "")).await?;
        let mut commit = ProviderCommit::new(actor.area);
        for offset in &offsets {
            self.adjust(actor, &mut commit, (&row, offset))?;
        }
        self.order_suppliers(actor, &mut commit, (&row, &lines))
            .await?;
        let on = actor.at.date();
        for line in &lines {
            let number = format!("{batch}-{}-A", line.line_no);
            let posted = bookkeeping::supplier_owed(&supplier_line(line, &number, on));
            let entry = (line.institution.clone(), posted_of(posted)?);
            commit.clearing.ledger.push(entry);
        }
        commit.batch_move = Some((DRAFT.to_owned(), checked(actor, row, APPROVED)));
        let access = actor.access(self, "approve_netting_batch", batch, "done");
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => self.netting_batch(actor.area, batch).await,
            _ => Err(Error::Busy),
        }
    }

    /// What falls due of a settlement: the month's part, and what was short from the next on.
    fn adjust(
        &self,
        actor: &Actor,
        commit: &mut ProviderCommit,
        (row, offset): (&NettingBatchRow, &NettingOffsetRow),
    ) -> Result<(), Error> {
        let month = row.month.parse::<FeeMonth>();
        let month = month.map_err(|error| Error::Bug(error.to_string()))?;
        let (batch, place) = (&row.batch, (&offset.institution, &offset.book));
        let number = format!("{batch}-{}-{}", place.0, place.1);
        let mut add = |adjustment: String, amount: Fen, first_month, text: String| {
            if amount.is_zero() {
                return Ok(());
            }
            let checked = self.checked_adjustment(
                actor,
                &NewAdjustment {
                    adjustment,
                    institution: offset.institution.clone(),
                    book: offset.book.clone(),
                    class: BenefitClass::Inpatient,
                    kind: AdjustmentKind::SupplierNetting,
                    amount,
                    first_month,
                    document: batch.clone(),
                    text,
                },
            );
            checked.map(|checked| commit.clearing.adjustments.push(checked))
        };
        let (now, later) = (offset.offset, offset.shortfall);
        let text = format!("代结算批次{batch}由基金代付供应商{now}元");
        add(number.clone(), -now, month, text)?;
        let text = format!("代结算批次{batch}{}应付不足的{later}元", row.month);
        add(format!("{number}-S"), -later, month.later(1), text)?;
        if later > Fen::ZERO {
            let posted = bookkeeping::shortfall_noted(&ProviderAmount {
                batch: &format!("{number}-S"),
                document: batch,
                institution: &offset.institution,
                book: &offset.book,
                on: actor.at.date(),
                amount: later,
            });
            let entry = (offset.institution.clone(), posted_of(posted)?);
            commit.clearing.ledger.push(entry);
        }
        Ok(())
    }

    /// One payment order for each supplier and book; none of nothing.
    async fn order_suppliers(
        &self,
        actor: &Actor,
        commit: &mut ProviderCommit,
        (row, lines): (&NettingBatchRow, &[NettingLineRow]),
    ) -> Result<(), Error> {
        let mut orders: BTreeMap<&str, Vec<&NettingLineRow>> = BTreeMap::new();
        for line in lines {
            orders.entry(&line.order).or_default().push(line);
        }
        for (order, lines) in orders {
            let first = lines[0];
            let amount: Fen = lines.iter().map(|line| line.amount).sum();
            if amount.is_zero() {
                // What the supplier would get is what it owes: no money moves, the books do.
                let all: Vec<NettingLineRow> = lines.into_iter().cloned().collect();
                let posted = super::paid::lines_paid(&all, actor.at.date())?;
                commit.clearing.ledger.extend(posted);
                continue;
            }
            let payee = self.store.payee(actor.area, &first.supplier).await?;
            let payee = payee.ok_or_else(|| {
                let message = format!("供应商“{}”没有登记收款账户", first.supplier);
                Error::refused("no_payee", message)
            })?;
            commit.clearing.orders.push(PaymentOrderRow {
                order: order.to_owned(),
                source_kind: SUPPLIER_BATCH.to_owned(),
                source: row.batch.clone(),
                month: row.month.clone(),
                book: first.book.clone(),
                payee: payee.payee,
                payee_name: payee.name,
                bank: payee.bank,
                account: payee.account,
                amount,
                state: "made".to_owned(),
                reissues: String::new(),
                file: String::new(),
                line_no: 0,
                made_by: actor.name.clone(),
                made_at: actor.at,
                paid_on: None,
                bank_reference: String::new(),
                note: String::new(),
            });
        }
        Ok(())
    }
}

pub(super) fn supplier_line<'a>(
    line: &'a NettingLineRow,
    batch: &'a str,
    on: Date,
) -> SupplierLine<'a> {
    SupplierLine {
        batch,
        invoice: &line.invoice,
        institution: &line.institution,
        supplier: &line.supplier,
        book: &line.book,
        on,
        amount: line.amount,
    }
}

/// Turns a refusal of the ledger into what it is here: a broken rule of ours.
pub(super) fn posted_of(batch: Result<Batch, Refusal>) -> Result<Batch, Error> {
    batch.map_err(|refusal| Error::Bug(format!("posting provider money: {refusal}")))
}
