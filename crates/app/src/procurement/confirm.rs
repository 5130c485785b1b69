use ::store::{Answer, InvoiceFilter, ProviderCommit, SupplierInvoiceRow};
use policy::Silence;

use super::provider_funds;
use super::receive::{CONFIRMED, OBJECTED, SUBMITTED};
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// An institution confirms an invoice or objects to it (机构确认); one it objected to may be
    /// confirmed later.
    ///
    /// # Errors
    /// [`Error::Missing`]; a refusal where it was confirmed before, the term to object has run out,
    /// or the reason is missing.
    pub async fn answer_invoice(
        &self,
        actor: &Actor,
        invoice: &str,
        (confirm, note): (bool, &str),
    ) -> Result<SupplierInvoiceRow, Error> {
        let found = self.invoice(actor, invoice).await?;
        let row = found.ok_or_else(|| Error::missing("供应商发票", invoice))?;
        if row.state == CONFIRMED {
            let message = format!("发票申请{invoice}已经确认");
            return Err(Error::refused("invoice_confirmed", message));
        }
        if !confirm && note.trim().is_empty() {
            let message = format!("对发票申请{invoice}提出异议，须写明理由");
            return Err(Error::refused("no_reason", message));
        }
        let today = actor.at.date();
        if !confirm && today > row.confirm_by {
            let message = format!("发票申请{invoice}的确认期限{}已过", row.confirm_by);
            return Err(Error::refused("too_late", message));
        }
        let state = if confirm { CONFIRMED } else { OBJECTED };
        self.move_invoice(actor, row, (state, &actor.name, note))
            .await
    }

    /// Confirms what institutions did not answer in time, where the law says so (视同确认); how
    /// many that were.
    ///
    /// # Errors
    /// A fault of the store; what was confirmed before stays so.
    pub async fn confirm_silent_invoices(&self, actor: &Actor) -> Result<usize, Error> {
        let today = actor.at.date();
        let rule = provider_funds(&self.law, actor.area, "E", today)?.netting;
        if rule.silence == Silence::Waits {
            return Ok(0);
        }
        let filter = InvoiceFilter {
            state: SUBMITTED.to_owned(),
            ..InvoiceFilter::default()
        };
        let open = self.store.supplier_invoices(actor.area, &filter).await?;
        let late = open.into_iter().filter(|row| row.confirm_by < today);
        let mut confirmed = 0;
        for row in late {
            let note = format!("{}前未提出异议，视同确认", row.confirm_by);
            let to = (CONFIRMED, "", note.as_str());
            self.move_invoice(actor, row, to).await?;
            confirmed += 1;
        }
        Ok(confirmed)
    }

    async fn move_invoice(
        &self,
        actor: &Actor,
        row: SupplierInvoiceRow,
        (state, by, note): (&str, &str, &str),
    ) -> Result<SupplierInvoiceRow, Error> {
        let from = row.state.clone();
        let to = SupplierInvoiceRow {
            state: state.to_owned(),
            decided_by: by.to_owned(),
            decided_at: Some(actor.at),
            note: note.to_owned(),
            ..row
        };
        let mut commit = ProviderCommit::new(actor.area);
        commit.invoice_moves.push((from, to.clone()));
        let access = actor.access(self, "answer_invoice", &to.invoice, state);
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => Ok(to),
            _ => Err(Error::Busy),
        }
    }
}
