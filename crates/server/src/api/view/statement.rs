//! Statements as pages show them.

use app::clearing::{StatementFile, StatementLine, Transfer, book_name};
use store::{BillShown, ObjectionRow, StatementEventRow, StatementRow};
use terms::{AdjustmentKind, BenefitClass, CareType, Date, StatementState};

use super::super::statement::{
    ObjectionView, StatementBill, StatementBills, StatementDetail, StatementLineView,
    StatementStep, StatementView, TransferView,
};
use super::bank;
use crate::Service;
use crate::api::settlements::{institution_name, seconds};

pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(super) fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The 中文 name of a statement's state.
pub(super) fn state_name(state: &str) -> String {
    let known = state.parse::<StatementState>();
    known.map_or_else(|_| state.to_owned(), |state| state.zh().to_owned())
}

/// The 中文 name of a step.
fn event_name(event: &str) -> &str {
    match event {
        "built" => "生成",
        "published" => "发布",
        "objected" => "提出异议",
        "answered" => "答复异议",
        "confirmed" => "机构确认",
        "approved" => "审批",
        "ordered" => "开具支付凭单",
        "paid" => "银行已付",
        "returned" => "银行退票",
        "closed" => "结账",
        other => other,
    }
}

/// A statement.
pub fn statement(service: &Service, row: &StatementRow) -> StatementView {
    StatementView {
        id: row.statement.clone(),
        month: row.month.clone(),
        institution: row.institution.clone(),
        institution_name: institution_name(service, &row.institution),
        book: row.book.clone(),
        book_name: book_name(&row.book).to_owned(),
        version: count(row.version),
        state: row.state.clone(),
        state_name: state_name(&row.state),
        bills: count(row.bills),
        funds: row.funds.into(),
        account: row.account.into(),
        adjusted: row.adjusted.into(),
        due: row.due.into(),
        respond_by: day(row.respond_by),
        pay_by: day(row.pay_by),
        applied_on: day(row.applied_on),
        built_by: row.built_by.clone(),
        published_by: row.published_by.clone(),
        approved_by: row.approved_by.clone(),
        snapshot: row.snapshot.clone(),
    }
}

/// Statements in a list.
pub fn statements(service: &Service, rows: &[StatementRow]) -> Vec<StatementView> {
    rows.iter().map(|row| statement(service, row)).collect()
}

/// A statement with all that belongs to it.
pub fn detail(service: &Service, file: &StatementFile) -> Result<StatementDetail, app::Error> {
    let lines = StatementLine::read(&file.row.lines)?;
    Ok(StatementDetail {
        statement: statement(service, &file.row),
        lines: lines.into_iter().map(|one| line(file, one)).collect(),
        steps: file.events.iter().map(step).collect(),
        objections: file.objections.iter().map(objection).collect(),
        orders: file.orders.iter().map(bank::order).collect(),
    })
}

/// The doubt whose adjustment this is: its number begins with the doubt's.
fn doubt_of(kind: AdjustmentKind, adjustment: &str) -> &str {
    match kind {
        AdjustmentKind::AuditDeduction | AdjustmentKind::AuditRelease => {
            let number = adjustment
                .strip_prefix("YD")
                .and(adjustment.split_once('-'));
            number.map_or("", |(doubt, _)| doubt)
        }
        _ => "",
    }
}

/// A transfer.
pub fn transfer(one: &Transfer) -> TransferView {
    let (debit, credit) = (one.entry.debit(), one.entry.credit());
    TransferView {
        id: one.id.to_string(),
        book: debit.book.to_string(),
        debit: debit.code.to_string(),
        credit: credit.code.to_string(),
        amount: one.entry.amount().into(),
        on: one.on.to_string(),
    }
}

fn line(file: &StatementFile, line: StatementLine) -> StatementLineView {
    let known = line.kind.parse::<AdjustmentKind>();
    let doubt = known
        .as_ref()
        .map_or("", |kind| doubt_of(*kind, &line.source));
    StatementLineView {
        doubt: doubt.to_owned(),
        transfer: file.transfer_of(&line.source).map(transfer),
        kind_name: known.map_or("结算明细", AdjustmentKind::zh).to_owned(),
        kind: line.kind,
        class: line.class.word().to_owned(),
        class_name: line.class.zh().to_owned(),
        text: line.text,
        amount: line.amount.into(),
        bills: line.bills,
        source: line.source,
        legal: line.legal,
    }
}

fn step(row: &StatementEventRow) -> StatementStep {
    StatementStep {
        event: row.event.clone(),
        event_name: event_name(&row.event).to_owned(),
        version: count(row.version),
        by: row.by.clone(),
        at: seconds(row.at),
        note: row.note.clone(),
    }
}

fn objection(row: &ObjectionRow) -> ObjectionView {
    let name = match row.state.as_str() {
        "open" => "待答复",
        "accepted" => "已采纳",
        "rejected" => "未采纳",
        other => other,
    };
    ObjectionView {
        number: count(row.number),
        version: count(row.version),
        settlements: serde_json::from_str(&row.settlements).unwrap_or_default(),
        text: row.text.clone(),
        made_by: row.made_by.clone(),
        made_at: seconds(row.made_at),
        state: row.state.clone(),
        state_name: name.to_owned(),
        answer: row.answer.clone(),
        answered_by: row.answered_by.clone(),
    }
}

/// A page of bills; there is a next one where this one is full.
pub fn bills(rows: &[BillShown], limit: usize) -> StatementBills {
    let last = rows.last().filter(|_| rows.len() == limit);
    StatementBills {
        next: last.map(|row| row.bill.settlement.clone()),
        bills: rows.iter().map(bill).collect(),
    }
}

fn bill(row: &BillShown) -> StatementBill {
    let care = row.care_type.parse::<CareType>();
    let class = row.bill.class.parse::<BenefitClass>();
    StatementBill {
        settlement: row.bill.settlement.clone(),
        person: row.bill.person_no.clone(),
        person_name: row.person_name.clone(),
        care_type_name: care.map_or_else(|_| row.care_type.clone(), |care| care.zh().to_owned()),
        class_name: class.map_or_else(|_| row.bill.class.clone(), |one| one.zh().to_owned()),
        settled_at: seconds(row.settled_at),
        total: row.total.into(),
        funds: row.bill.funds.into(),
        account: row.bill.account.into(),
        original: row.original.clone(),
    }
}
