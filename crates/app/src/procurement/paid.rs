use ::store::{Answer, NettingLineRow, PaymentOrderRow, ProviderCommit};
use bookkeeping::ProviderAmount;
use ledger::Batch;
use terms::{AreaCode, Date};

use super::approve::{posted_of, supplier_line};
use super::{ADVANCE, APPROVED, SUPPLIER_BATCH};
use crate::register::Actor;
use crate::{App, Error};

/// What is posted with the institutions it concerns.
type Posted = Vec<(String, Batch)>;

impl App {
    /// What the books say when the bank has paid an order of a supplier or of an advance; nothing
    /// for an order of another kind (付款记账).
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn provider_order_paid(
        &self,
        area: AreaCode,
        order: &PaymentOrderRow,
        on: Date,
    ) -> Result<Posted, Error> {
        match order.source_kind.as_str() {
            SUPPLIER_BATCH => {
                let which = ("", order.order.as_str());
                lines_paid(&self.store.netting_lines(area, which).await?, on)
            }
            ADVANCE => {
                let posted = bookkeeping::advance_paid(&ProviderAmount {
                    batch: &format!("{}-P", order.source),
                    document: &order.source,
                    institution: &order.payee,
                    book: &order.book,
                    on,
                    amount: order.amount,
                });
                Ok(vec![(order.payee.clone(), posted_of(posted)?)])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Books what later settlements took of what institutions were short of (不足冲回); how many
    /// that were. Doing it again changes nothing.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn meet_shortfalls(&self, actor: &Actor) -> Result<usize, Error> {
        let batches = self.store.netting_batches(actor.area, "").await?;
        let approved = batches.iter().filter(|batch| batch.state == APPROVED);
        let mut met = 0;
        for batch in approved {
            let which = (batch.batch.as_str(), "");
            for offset in self.store.netting_offsets(actor.area, which).await? {
                let (place, book) = (&offset.institution, &offset.book);
                let number = format!("{}-{place}-{book}-S", batch.batch);
                let short = self.store.clearing_adjustment(actor.area, &number).await?;
                if short.is_none_or(|short| short.state != "taken") {
                    continue;
                }
                let posted = bookkeeping::shortfall_met(&ProviderAmount {
                    batch: &format!("{number}-M"),
                    document: &batch.batch,
                    institution: place,
                    book,
                    on: actor.at.date(),
                    amount: offset.shortfall,
                });
                let mut commit = ProviderCommit::new(actor.area);
                let entry = (place.clone(), posted_of(posted)?);
                commit.clearing.ledger.push(entry);
                // A conflict says that it was booked before.
                let done = self.store.record_provider(&commit).await?;
                met += usize::from(done == Answer::Done);
            }
        }
        Ok(met)
    }
}

/// What each line of a paid order moves.
pub(super) fn lines_paid(lines: &[NettingLineRow], on: Date) -> Result<Posted, Error> {
    let post = |line: &NettingLineRow| {
        let number = format!("{}-{}-P", line.batch, line.line_no);
        let posted = bookkeeping::supplier_paid(&supplier_line(line, &number, on));
        Ok((line.institution.clone(), posted_of(posted)?))
    };
    lines.iter().map(post).collect()
}
