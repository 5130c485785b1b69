//! Suppliers and advances as pages show them.

use app::procurement::{AdvanceShown, BatchShown};
use store::SupplierInvoiceRow;

use crate::Service;
use crate::api::procurement::{
    AdvancePart, NettingBatch, NettingLine, NettingOffset, ProviderAdvance, SupplierInvoice,
    SupplierOrder,
};
use crate::api::settlements::institution_name;

/// An invoice.
pub fn invoice(service: &Service, row: &SupplierInvoiceRow) -> SupplierInvoice {
    SupplierInvoice {
        invoice: row.invoice.clone(),
        institution: row.institution.clone(),
        institution_name: institution_name(service, &row.institution),
        supplier: row.supplier.clone(),
        credit_note: row.kind == "credit_note",
        original: row.original.clone(),
        number: row.number.clone(),
        order_no: row.order_no.clone(),
        amount: row.amount.into(),
        accepted_on: row.accepted_on.to_string(),
        confirm_by: row.confirm_by.to_string(),
        state: row.state.clone(),
        state_name: match row.state.as_str() {
            "submitted" => "待机构确认",
            "confirmed" => "已确认",
            "objected" => "有异议",
            other => other,
        }
        .to_owned(),
        decided_by: row.decided_by.clone(),
        note: row.note.clone(),
    }
}

/// A batch with all it does.
pub fn batch(service: &Service, shown: &BatchShown) -> NettingBatch {
    let row = &shown.batch;
    let lines = shown.lines.iter().map(|line| NettingLine {
        institution: line.institution.clone(),
        supplier: line.supplier.clone(),
        book: line.book.clone(),
        invoice: line.invoice.clone(),
        amount: line.amount.into(),
    });
    let offsets = shown.offsets.iter().map(|of| NettingOffset {
        institution: of.institution.clone(),
        institution_name: institution_name(service, &of.institution),
        book: of.book.clone(),
        due: of.due.into(),
        offset: of.offset.into(),
        shortfall: of.shortfall.into(),
    });
    let orders = shown.orders.iter().map(|order| SupplierOrder {
        order: order.order.clone(),
        book: order.book.clone(),
        supplier: order.payee.clone(),
        name: order.payee_name.clone(),
        amount: order.amount.into(),
        state: order.state.clone(),
        paid_on: order.paid_on.map(|day| day.to_string()),
    });
    let mode = match row.mode.as_str() {
        "advance" => "全额支付，不足转应收",
        _ => "应付额内支付，其余结转",
    };
    NettingBatch {
        batch: row.batch.clone(),
        month: row.month.clone(),
        state: row.state.clone(),
        state_name: state_name(&row.state).to_owned(),
        mode_name: mode.to_owned(),
        total: row.total.into(),
        made_by: row.made_by.clone(),
        checked_by: row.checked_by.clone(),
        lines: lines.collect(),
        offsets: offsets.collect(),
        orders: orders.collect(),
        trace: serde_json::from_str(&row.trace).unwrap_or_default(),
    }
}

/// An advance with its parts.
pub fn advance(service: &Service, shown: &AdvanceShown) -> ProviderAdvance {
    let row = &shown.advance;
    let part = |part: &store::AdvancePartRow| AdvancePart {
        month: part.month.clone(),
        amount: part.amount.into(),
        state_name: match part.state.as_str() {
            "open" => "未收回",
            "recovered" => "已冲抵",
            "returned" => "已归还",
            other => other,
        }
        .to_owned(),
    };
    ProviderAdvance {
        advance: row.advance.clone(),
        kind_name: match row.kind.as_str() {
            "working_capital" => "周转预付金",
            "month_ahead" => "月度预付",
            "procurement" => "集采预付",
            other => other,
        }
        .to_owned(),
        institution: row.institution.clone(),
        institution_name: institution_name(service, &row.institution),
        book: row.book.clone(),
        year: row.year,
        amount: row.amount.into(),
        open: shown.open().into(),
        state: row.state.clone(),
        state_name: state_name(&row.state).to_owned(),
        paid: shown.is_paid(),
        parts: shown.parts.iter().map(part).collect(),
        trace: serde_json::from_str(&row.trace).unwrap_or_default(),
    }
}

/// The 中文 name of a state of batches and advances.
fn state_name(state: &str) -> &str {
    match state {
        "draft" | "proposed" => "待审批",
        "approved" => "已审批",
        "cancelled" => "已撤销",
        "rejected" => "已驳回",
        other => other,
    }
}
