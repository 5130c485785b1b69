//! A month of clearing as its page shows it.

use app::clearing::{BookBridge, ClearingBoard, Done, PreparedMonth, StateSum, book_name};
use money::Fen;
use policy::FeeMonth;

use super::super::clearing::{
    BridgeView, ClearingMonth, ClearingSum, MonthAnswer, StatementRefused,
};
use super::bank;
use super::statement::{count, state_name, statements};
use crate::Service;

/// The board of a month.
pub fn month(
    service: &Service,
    month: FeeMonth,
    months: Vec<String>,
    board: &ClearingBoard,
) -> ClearingMonth {
    let file = |(row, receipt): &(_, Option<_>)| bank::file(row, receipt.as_ref());
    ClearingMonth {
        month: month.to_string(),
        months,
        sums: board.sums.iter().map(sum).collect(),
        statements: statements(service, &board.statements),
        orders: board.orders.iter().map(bank::order).collect(),
        files: board.files.iter().map(file).collect(),
        bridges: board.bridges.iter().map(bridge).collect(),
    }
}

fn sum(((book, state), sum): (&(String, String), &StateSum)) -> ClearingSum {
    ClearingSum {
        book: book.clone(),
        book_name: book_name(book).to_owned(),
        state: state.clone(),
        state_name: state_name(state),
        statements: sum.statements,
        bills: count(sum.bills),
        due: sum.due.into(),
    }
}

fn bridge(one: &BookBridge) -> BridgeView {
    let sums = &one.bridge;
    BridgeView {
        month: one.month.clone(),
        book: one.book.clone(),
        book_name: book_name(&one.book).to_owned(),
        incurred: sums.incurred.into(),
        payables: sums.payables.into(),
        advances: sums.advances.into(),
        recovered: sums.recovered.into(),
        cash: sums.cash.into(),
        expense: sums.expense.into(),
        difference: sums.difference().into(),
    }
}

/// What building a month did.
pub fn built(done: &PreparedMonth) -> MonthAnswer {
    let (bills, adjustments) = (done.built.bills, done.built.adjustments);
    let (changed, held) = (done.built.changed, done.valued.held);
    MonthAnswer {
        done: Vec::new(),
        refused: Vec::new(),
        message: format!(
            "收入{bills}笔明细、{adjustments}笔调整，{changed}张清算单有变动，\
             按支付办法本月暂不拨付{held}元"
        ),
    }
}

/// What became of the statements of a month.
pub fn answer(service: &Service, what: &str, done: &Done) -> MonthAnswer {
    let due: Fen = done.done.iter().map(|row| row.due).sum();
    let (moved, left) = (done.done.len(), done.refused.len());
    let refused = |(id, message): &(String, String)| StatementRefused {
        id: id.clone(),
        message: message.clone(),
    };
    MonthAnswer {
        done: statements(service, &done.done),
        refused: done.refused.iter().map(refused).collect(),
        message: format!("{what}{moved}张，{due}元；未办{left}张"),
    }
}
