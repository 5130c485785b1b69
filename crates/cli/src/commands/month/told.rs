//! What a command about a month says, as text and as JSON.

use std::fmt::Write as _;

use app::clearing::{BookBridge, Done, MonthClosed, PreparedMonth, ReceiptDone, book_name};
use money::Fen;
use policy::FeeMonth;
use serde_json::{Value, json};
use store::{BankFileRow, PayeeRow, PaymentOrderRow, StatementRow};
use terms::StatementState;

use crate::commands::place::Told;

/// One line; writing into a string cannot fail.
fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}

pub(super) fn built(month: FeeMonth, done: &PreparedMonth) -> Told {
    let built = &done.built;
    let (bills, adjustments) = (built.bills, built.adjustments);
    let (changed, unchanged) = (built.changed, built.unchanged);
    let held = done.valued.held;
    let text = format!(
        "{month}：收入{bills}笔明细、{adjustments}笔调整，{changed}张清算单有变动，\
         {unchanged}张与上次相同；按支付办法本月暂不拨付{held}元\n"
    );
    let value = json!({
        "month": month.to_string(), "bills": bills, "adjustments": adjustments,
        "changed": changed, "unchanged": unchanged, "held": held.to_string(),
    });
    (text, value, 0)
}

fn state_name(state: &str) -> String {
    let known = state.parse::<StatementState>();
    known.map_or_else(|_| state.to_owned(), |state| state.to_string())
}

fn statement(row: &StatementRow) -> Value {
    let day = |day: Option<terms::Date>| day.map(|day| day.to_string());
    json!({
        "statement": row.statement, "institution": row.institution, "book": row.book,
        "version": row.version, "state": row.state, "bills": row.bills,
        "funds": row.funds.to_string(), "account": row.account.to_string(),
        "adjusted": row.adjusted.to_string(), "due": row.due.to_string(),
        "respond_by": day(row.respond_by), "pay_by": day(row.pay_by),
        "snapshot": row.snapshot,
    })
}

fn line(text: &mut String, row: &StatementRow) {
    let (number, state, bills) = (&row.statement, state_name(&row.state), row.bills);
    let (adjusted, due) = (row.adjusted, row.due);
    put(
        text,
        format_args!("  {number} {state} {bills}笔 调整{adjusted}元 应拨付{due}元"),
    );
}

pub(super) fn statements(what: &str, rows: &[StatementRow]) -> Told {
    let due: Fen = rows.iter().map(|row| row.due).sum();
    let mut text = format!("{what}{}张，应拨付{due}元\n", rows.len());
    rows.iter().for_each(|row| line(&mut text, row));
    let all: Vec<Value> = rows.iter().map(statement).collect();
    let value = json!({ "due": due.to_string(), "statements": all });
    (text, value, 0)
}

pub(super) fn done(what: &str, done: &Done) -> Told {
    let (mut text, mut value, _) = statements(what, &done.done);
    for (number, why) in &done.refused {
        put(&mut text, format_args!("  {number} 未办：{why}"));
    }
    let refused: Vec<Value> = done
        .refused
        .iter()
        .map(|(number, why)| json!({ "statement": number, "refused": why }))
        .collect();
    value["refused"] = Value::Array(refused);
    (text, value, u8::from(!done.refused.is_empty()))
}

pub(super) fn payee(row: &PayeeRow) -> Told {
    let (payee, version, name) = (&row.payee, row.version, &row.name);
    let text = format!("收款方{payee}的账户第{version}版：{name}，{}\n", row.bank);
    let value = json!({ "payee": payee, "version": version, "name": name });
    (text, value, 0)
}

pub(super) fn order(order: &PaymentOrderRow) -> Told {
    let (number, amount) = (&order.order, order.amount);
    let (name, old) = (&order.payee_name, &order.reissues);
    let text = format!("支付凭单{number}重发{old}：{name}，{amount}元\n");
    let value = json!({ "order": number, "reissues": old, "amount": amount.to_string() });
    (text, value, 0)
}

pub(super) fn file(row: &BankFileRow) -> Told {
    let (file, book, lines) = (&row.file, &row.book, row.lines);
    let (total, hash) = (row.total, &row.hash);
    let text = format!(
        "付款文件{file}：{}，{lines}笔，{total}元\n  SHA-256 {hash}\n",
        book_name(book)
    );
    let value = json!({
        "file": file, "book": book, "lines": lines, "total": total.to_string(), "sha256": hash,
    });
    (text, value, 0)
}

pub(super) fn receipt(done: &ReceiptDone) -> Told {
    let row = &done.row;
    let (file, paid, back) = (&row.file, row.paid, row.returned);
    let mut text = if done.known {
        format!("付款文件{file}的这份回单已经入账，没有再次入账\n")
    } else {
        format!("付款文件{file}已对账：已付{paid}元，退票{back}元\n")
    };
    for (order, why) in &done.returned {
        put(&mut text, format_args!("  {order} 退票：{why}"));
    }
    let returned: Vec<Value> = done
        .returned
        .iter()
        .map(|(order, why)| json!({ "order": order, "reason": why }))
        .collect();
    let value = json!({
        "file": file, "known": done.known, "paid": paid.to_string(),
        "returned_total": back.to_string(), "returned": returned,
    });
    (text, value, 0)
}

pub(super) fn closed(month: FeeMonth, done: &MonthClosed) -> Told {
    let count = done.statements.len();
    let (bridged, value, _) = bridges(&done.bridges);
    let text = format!("{month}已结账，{count}张清算单\n{bridged}");
    (
        text,
        json!({ "closed": count, "bridges": value["bridges"] }),
        0,
    )
}

pub(super) fn bridges(all: &[BookBridge]) -> Told {
    let mut text = String::new();
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let (month, book, sums) = (&one.month, &one.book, &one.bridge);
        let (incurred, payables, advances) = (sums.incurred, sums.payables, sums.advances);
        let (back, cash, difference) = (sums.recovered, sums.cash, sums.difference());
        put(
            &mut text,
            format_args!(
                "{month} {}：发生数{incurred} − 应付变动{payables} + 预付变动{advances} \
                 − 追回{back} = {}，现金支出{cash}，差额{difference}",
                book_name(book),
                sums.expected()
            ),
        );
        rows.push(json!({
            "month": month, "book": book, "incurred": incurred.to_string(),
            "payables": payables.to_string(), "advances": advances.to_string(),
            "recovered": back.to_string(), "cash": cash.to_string(),
            "expense": sums.expense.to_string(), "difference": difference.to_string(),
        }));
    }
    let open = all.iter().any(|one| !one.bridge.difference().is_zero());
    let said = if open {
        "桥接表有差额"
    } else {
        "桥接表差额为零"
    };
    put(&mut text, format_args!("{said}"));
    let value = json!({ "closes": !open, "bridges": rows });
    (text, value, u8::from(open))
}
