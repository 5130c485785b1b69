//! What is remembered of suppliers' invoices and of batches that pay them.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// An invoice or credit note of a supplier, brought by the purchasing platform (供应商发票).
    SupplierInvoiceRow, INVOICES "supplier_invoices" at Home::Column("institution"), {
        /// 医疗机构.
        institution: text "institution",
        /// The platform's number of the claim (结算申请编号).
        invoice: text "invoice",
        /// 供应商.
        supplier: text "supplier",
        /// `invoice` or `credit_note`.
        kind: text "kind",
        /// The claim a credit note belongs to, or empty.
        original: text "original",
        /// 发票号码.
        number: text "invoice_no",
        /// 采购订单号.
        order_no: text "order_no",
        /// 金额, above zero for credit notes too.
        amount: fen "amount_fen",
        /// 验收日期.
        accepted_on: date "accepted_on",
        /// 申请日期.
        submitted_on: date "submitted_on",
        /// The last day on which the institution may object.
        confirm_by: date "confirm_by",
        /// `submitted`, `confirmed` or `objected`.
        state: text "state",
        /// Who confirmed or objected; empty where silence did.
        decided_by: text "decided_by",
        /// When.
        decided_at: maybe_time "decided_at",
        /// What was said.
        note: text "note",
    }
}

row! {
    /// A batch of invoices to be paid out of a month's settlements (代结算批次).
    NettingBatchRow, BATCHES "netting_batches" at Home::Column("batch"), {
        /// 批次号.
        batch: text "batch",
        /// The month whose settlements fall.
        month: text "month",
        /// `within_due` or `advance`.
        mode: text "mode",
        /// `draft`, `approved`, `paid` or `cancelled`.
        state: text "state",
        /// How many invoices it pays or takes back.
        invoices: int "invoices",
        /// What suppliers get.
        total: fen "total_fen",
        /// Who made it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// Who approved or cancelled it, or empty.
        checked_by: text "checked_by",
        /// When.
        checked_at: maybe_time "checked_at",
        /// How it came about, a JSON list of sentences.
        trace: json "trace",
    }
}

row! {
    /// What a batch pays of an invoice from a book; below zero where it takes back (批次明细).
    NettingLineRow, LINES "netting_lines" at Home::Column("batch"), {
        /// 批次号.
        batch: text "batch",
        /// From 1.
        line_no: int "line_no",
        /// 医疗机构.
        institution: text "institution",
        /// 供应商.
        supplier: text "supplier",
        /// 账套.
        book: text "book",
        /// The claim.
        invoice: text "invoice",
        /// 金额.
        amount: fen "amount_fen",
        /// The payment order that pays it.
        order: text "order_id",
    }
}

row! {
    /// By how much an institution's settlement in a book falls (机构抵扣).
    NettingOffsetRow, OFFSETS "netting_offsets" at Home::Column("batch"), {
        /// 批次号.
        batch: text "batch",
        /// 医疗机构.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// What it was due.
        due: fen "due_fen",
        /// Taken from the month; below zero where money returns to the institution.
        offset: fen "offset_fen",
        /// Taken from the month after: what was due did not suffice.
        shortfall: fen "shortfall_fen",
    }
}
