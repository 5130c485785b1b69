use std::collections::HashSet;

use ::store::{Answer, InvoiceFilter, ProviderCommit, SupplierInvoiceRow};
use money::Fen;
use terms::Date;

use super::provider_funds;
use crate::register::Actor;
use crate::{App, Error};

/// An invoice or credit note as the purchasing platform sends it (供应商结算申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceReceived {
    /// 结算申请编号.
    pub invoice: String,
    /// 医疗机构.
    pub institution: String,
    /// 供应商.
    pub supplier: String,
    /// The claim a credit note belongs to; empty for an invoice.
    pub original: String,
    /// 发票号码.
    pub number: String,
    /// 采购订单号.
    pub order_no: String,
    /// 发票金额.
    pub amount: Fen,
    /// 订单金额.
    pub ordered: Fen,
    /// 验收金额.
    pub delivered: Fen,
    /// 验收日期.
    pub accepted_on: Date,
}

/// What became of a file of invoices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvoicesTaken {
    /// Entered now.
    pub taken: usize,
    /// Entered before, with the same content.
    pub known: usize,
    /// Not entered: the claim and why, in 中文.
    pub refused: Vec<(String, String)>,
}

pub(super) const SUBMITTED: &str = "submitted";
pub(super) const CONFIRMED: &str = "confirmed";
pub(super) const OBJECTED: &str = "objected";
const INVOICE: &str = "invoice";
const CREDIT_NOTE: &str = "credit_note";

impl App {
    /// Enters invoices and credit notes of the purchasing platform; institutions are asked to
    /// confirm them. What cannot be entered is named, the rest is entered (供应商结算申请).
    ///
    /// # Errors
    /// A refusal where the area has no rules on it, or the term runs into a year without calendar.
    pub async fn receive_invoices(
        &self,
        actor: &Actor,
        received: &[InvoiceReceived],
    ) -> Result<InvoicesTaken, Error> {
        let today = actor.at.date();
        let rule = provider_funds(&self.law, actor.area, "E", today)?.netting;
        let calendar = &self.law.book.calendar;
        let confirm_by = calendar
            .nth_working_day_after(today, rule.confirm_days)
            .map_err(|year| Error::refused("no_calendar", year.to_string()))?;
        let mut done = InvoicesTaken::default();
        let mut within = HashSet::new();
        for one in received {
            let row = row(one, today, confirm_by);
            let known = self.invoice(actor, &one.invoice).await?;
            if known.as_ref().is_some_and(|known| same(known, &row)) {
                done.known += 1;
                continue;
            }
            let why = match known {
                Some(_) => Some("申请编号已用于另一张发票".to_owned()),
                None if !within.insert(one.invoice.as_str()) => {
                    Some("申请编号在文件中出现两次".to_owned())
                }
                None => self.why_not(actor, one).await?,
            };
            if let Some(why) = why {
                done.refused.push((one.invoice.clone(), why));
                continue;
            }
            let mut commit = ProviderCommit::new(actor.area);
            commit.invoices.push(row);
            let access = actor.access(self, "receive_invoice", &one.invoice, "done");
            commit.clearing.access = Some(access);
            match self.store.record_provider(&commit).await? {
                Answer::Done => done.taken += 1,
                _ => return Err(Error::Busy),
            }
        }
        Ok(done)
    }

    /// An invoice or credit note by its number.
    pub(super) async fn invoice(
        &self,
        actor: &Actor,
        invoice: &str,
    ) -> Result<Option<SupplierInvoiceRow>, Error> {
        let filter = InvoiceFilter {
            invoice: invoice.to_owned(),
            ..InvoiceFilter::default()
        };
        let mut found = self.store.supplier_invoices(actor.area, &filter).await?;
        Ok(found.pop())
    }

    /// Why an invoice cannot be entered: order, delivery and invoice must say the same
    /// (三单一致), and nothing is invoiced twice.
    async fn why_not(&self, actor: &Actor, one: &InvoiceReceived) -> Result<Option<String>, Error> {
        let (amount, ordered, delivered) = (one.amount, one.ordered, one.delivered);
        if self.institution(&one.institution).is_err() {
            return Ok(Some(format!("没有定点医药机构“{}”", one.institution)));
        }
        if amount <= Fen::ZERO {
            return Ok(Some(format!("金额{amount}元应大于零，退货也写正数")));
        }
        if amount != ordered || amount != delivered {
            return Ok(Some(format!(
                "三单不一致：订单{ordered}元，验收{delivered}元，发票{amount}元"
            )));
        }
        if one.accepted_on > actor.at.date() {
            return Ok(Some(format!("验收日期{}在今天之后", one.accepted_on)));
        }
        if self.store.payee(actor.area, &one.supplier).await?.is_none() {
            return Ok(Some(format!("供应商“{}”没有登记收款账户", one.supplier)));
        }
        let filter = InvoiceFilter {
            supplier: one.supplier.clone(),
            number: one.number.clone(),
            ..InvoiceFilter::default()
        };
        let twice = self.store.supplier_invoices(actor.area, &filter).await?;
        if let Some(twice) = twice.first() {
            let (number, other) = (&one.number, &twice.invoice);
            return Ok(Some(format!("发票{number}已用于申请{other}，重复开票")));
        }
        if one.original.is_empty() {
            return Ok(None);
        }
        self.why_not_credited(actor, one).await
    }

    /// A credit note gives back at most what its invoice says.
    async fn why_not_credited(
        &self,
        actor: &Actor,
        one: &InvoiceReceived,
    ) -> Result<Option<String>, Error> {
        let original = self.invoice(actor, &one.original).await?;
        let belongs = |row: &SupplierInvoiceRow| {
            row.kind == INVOICE
                && row.institution == one.institution
                && row.supplier == one.supplier
        };
        let Some(original) = original.filter(belongs) else {
            let number = &one.original;
            return Ok(Some(format!("没有同一机构、同一供应商的原申请“{number}”")));
        };
        let filter = InvoiceFilter {
            original: one.original.clone(),
            ..InvoiceFilter::default()
        };
        let credited = self.store.supplier_invoices(actor.area, &filter).await?;
        let credited: Fen = credited.iter().map(|row| row.amount).sum();
        if credited + one.amount > original.amount {
            let (whole, amount) = (original.amount, one.amount);
            return Ok(Some(format!(
                "原申请{whole}元，已退货{credited}元，不能再退{amount}元"
            )));
        }
        Ok(None)
    }
}

fn row(one: &InvoiceReceived, today: Date, confirm_by: Date) -> SupplierInvoiceRow {
    let kind = if one.original.is_empty() {
        INVOICE
    } else {
        CREDIT_NOTE
    };
    SupplierInvoiceRow {
        institution: one.institution.clone(),
        invoice: one.invoice.clone(),
        supplier: one.supplier.clone(),
        kind: kind.to_owned(),
        original: one.original.clone(),
        number: one.number.clone(),
        order_no: one.order_no.clone(),
        amount: one.amount,
        accepted_on: one.accepted_on,
        submitted_on: today,
        confirm_by,
        state: SUBMITTED.to_owned(),
        decided_by: String::new(),
        decided_at: None,
        note: String::new(),
    }
}

fn same(known: &SupplierInvoiceRow, row: &SupplierInvoiceRow) -> bool {
    let content = |row: &SupplierInvoiceRow| {
        let whose = (row.institution.clone(), row.supplier.clone());
        let which = (row.number.clone(), row.original.clone());
        (whose, which, row.amount, row.accepted_on)
    };
    content(known) == content(row)
}
