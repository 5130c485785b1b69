//! Orders, files and receipts as pages show them.

use app::clearing::{ReceiptDone, book_name};
use store::{BankFileRow, BankReceiptRow, PayeeRow, PaymentOrderRow};

use super::super::bank::{
    BankFileView, OrderView, PayeeView, ReceiptResult, ReceiptView, ReturnedOrder,
};
use super::statement::{count, day};
use crate::api::settlements::seconds;

/// The 中文 name of an order's state.
fn order_state(state: &str) -> &str {
    match state {
        "made" => "待付",
        "sent" => "已送银行",
        "paid" => "已付",
        "returned" => "退票",
        "reissued" => "退票已重发",
        other => other,
    }
}

/// The last digits of an account.
fn masked(account: &str) -> String {
    let kept = account.chars().count().saturating_sub(4);
    let last: String = account.chars().skip(kept).collect();
    format!("****{last}")
}

/// An order.
pub fn order(row: &PaymentOrderRow) -> OrderView {
    OrderView {
        id: row.order.clone(),
        source_kind: row.source_kind.clone(),
        source: row.source.clone(),
        book: row.book.clone(),
        book_name: book_name(&row.book).to_owned(),
        payee: row.payee.clone(),
        payee_name: row.payee_name.clone(),
        bank: row.bank.clone(),
        account: masked(&row.account),
        amount: row.amount.into(),
        state: row.state.clone(),
        state_name: order_state(&row.state).to_owned(),
        reissues: row.reissues.clone(),
        file: row.file.clone(),
        made_by: row.made_by.clone(),
        paid_on: day(row.paid_on),
        bank_reference: row.bank_reference.clone(),
        note: row.note.clone(),
    }
}

/// A file for the bank with what it answered.
pub fn file(row: &BankFileRow, receipt: Option<&BankReceiptRow>) -> BankFileView {
    let name = match row.state.as_str() {
        "sent" => "待回单",
        "answered" => "已对账",
        other => other,
    };
    BankFileView {
        file: row.file.clone(),
        book: row.book.clone(),
        book_name: book_name(&row.book).to_owned(),
        lines: count(row.lines),
        total: row.total.into(),
        hash: row.hash.clone(),
        state: row.state.clone(),
        state_name: name.to_owned(),
        made_by: row.made_by.clone(),
        made_at: seconds(row.made_at),
        receipt: receipt.map(|receipt| ReceiptView {
            name: receipt.name.clone(),
            lines: count(receipt.lines),
            paid: receipt.paid.into(),
            returned: receipt.returned.into(),
            imported_by: receipt.imported_by.clone(),
            imported_at: seconds(receipt.imported_at),
        }),
    }
}

/// What a receipt did.
pub fn taken(done: &ReceiptDone) -> ReceiptResult {
    let back = |(order, reason): &(String, String)| ReturnedOrder {
        order: order.clone(),
        reason: reason.clone(),
    };
    ReceiptResult {
        file: done.row.file.clone(),
        known: done.known,
        paid: done.row.paid.into(),
        returned_total: done.row.returned.into(),
        returned: done.returned.iter().map(back).collect(),
    }
}

/// An account of a payee.
pub fn payee(row: &PayeeRow) -> PayeeView {
    PayeeView {
        payee: row.payee.clone(),
        name: row.name.clone(),
        bank: row.bank.clone(),
        account: masked(&row.account),
        document: row.document.clone(),
    }
}
