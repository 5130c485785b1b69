//! Settlements: their payers, funds, lines, reversals, account payments, messages and transfers.

use std::collections::BTreeMap;

use ledger::Batch;
use money::Fen;

use super::page::File;
use super::{Difference, LedgerOf, differ, same};
use crate::rows::{LineStatus, SettlementRow};

pub(super) fn check(file: &File, ledger_of: &LedgerOf<'_>) -> Result<(), Difference> {
    if let Some((id, fund)) = file.funds.first() {
        return Err(differ(
            "fund.settlement",
            format!("基金分项 {}", fund.fund),
            id,
            "无此结算",
        ));
    }
    for row in file.settlements.values() {
        links(file, row)?;
    }
    for row in file.settlements.values() {
        sums(row)?;
        lines(file, row)?;
        payments(file, row)?;
        message(file, row)?;
        match row.is_reversal() {
            true => reversal(file, row)?,
            false => posted(file, row, ledger_of)?,
        }
    }
    strangers(file)
}

fn place(row: &SettlementRow) -> String {
    format!("结算 {}", row.settlement_id)
}

/// A settlement and its reversal know each other.
fn links(file: &File, row: &SettlementRow) -> Result<(), Difference> {
    if row.is_reversed() && !file.settlements.contains_key(&row.reversed_by) {
        return Err(differ(
            "settlement.reversal",
            place(row),
            &row.reversed_by,
            "无此结算",
        ));
    }
    if !row.is_reversal() {
        return Ok(());
    }
    match file.settlements.get(&row.original_id) {
        Some(first) => same(
            "reversal.original",
            &place(row),
            &row.settlement_id,
            &first.reversed_by,
        ),
        None => Err(differ(
            "reversal.original",
            place(row),
            &row.original_id,
            "无此结算",
        )),
    }
}

/// Payers and parts add up to the bill, funds to what all funds pay.
fn sums(row: &SettlementRow) -> Result<(), Difference> {
    let place = place(row);
    let total = row.amounts.total;
    let payers = row.fund + row.account + row.family + row.cash + row.other;
    same("settlement.payers", &place, total, payers)?;
    let a = &row.amounts;
    let parts = a.self_paid + a.over_limit + a.prior + a.in_scope;
    same("settlement.parts", &place, total, parts)?;
    let funds = row.funds.iter().map(|fund| fund.amount).sum();
    same("settlement.funds", &place, row.fund, funds)
}

/// The lines of a settlement that stands add up to it; one taken back has none.
fn lines(file: &File, row: &SettlementRow) -> Result<(), Difference> {
    let settled = file
        .lines
        .iter()
        .filter(|line| line.status == LineStatus::Settled)
        .filter(|line| line.settlement_id == row.settlement_id)
        .map(|line| line.total())
        .sum();
    let stands = !row.is_reversal() && !row.is_reversed();
    let expected = if stands { row.amounts.total } else { Fen::ZERO };
    same("settlement.lines", &place(row), expected, settled)
}

/// What accounts paid is what moved on them: the person's own, and relatives'.
fn payments(file: &File, row: &SettlementRow) -> Result<(), Difference> {
    let moved = |own: bool| -> Fen {
        file.used
            .iter()
            .filter(|movement| movement.settlement_id == row.settlement_id)
            .filter(|movement| (movement.owner == row.person_no) == own)
            .map(|movement| -movement.delta)
            .sum()
    };
    same("settlement.account", &place(row), row.account, moved(true))?;
    same("settlement.family", &place(row), row.family, moved(false))
}

/// The message that caused the settlement is remembered with it.
fn message(file: &File, row: &SettlementRow) -> Result<(), Difference> {
    if row.msgid.is_empty() || row.is_reversal() {
        return Ok(());
    }
    let key = (row.institution.clone(), row.msgid.clone());
    match file.requests.get(&key) {
        Some(id) => same("settlement.request", &place(row), &row.settlement_id, id),
        None => Err(differ(
            "settlement.request",
            place(row),
            &row.msgid,
            "无此报文",
        )),
    }
}

/// A reversal is the exact negative of its original, in amounts, counters and transfers.
fn reversal(file: &File, row: &SettlementRow) -> Result<(), Difference> {
    let here = place(row);
    let Some(original) = file.settlements.get(&row.original_id) else {
        return Err(differ(
            "reversal.original",
            here,
            &row.original_id,
            "无此结算",
        ));
    };
    same(
        "reversal.original",
        &here,
        &row.settlement_id,
        &original.reversed_by,
    )?;
    for (expected, found) in amounts(original).into_iter().zip(amounts(row)) {
        same("reversal.amounts", &here, -expected, found)?;
    }
    for fund in &original.funds {
        let negative = row.funds.iter().find(|other| other.fund == fund.fund);
        let found = negative.map_or(Fen::ZERO, |fund| fund.amount);
        same("reversal.funds", &here, -fund.amount, found)?;
    }
    let (counted, restored) = (counted(file, original), counted(file, row));
    for (key, delta) in &counted {
        let found = restored.get(key).copied().unwrap_or(0);
        same("reversal.counters", &here, -delta, found)?;
    }
    same("reversal.counters", &here, counted.len(), restored.len())?;
    match (
        file.batch_on(&row.original_id),
        file.batch_on(&row.settlement_id),
    ) {
        (None, None) => Ok(()),
        (Some(first), Some(second)) if second.mirrors(&first) => {
            let named = second.reverses().map_or("", |id| id.as_str());
            same("reversal.ledger", &here, first.id().as_str(), named)
        }
        (first, second) => Err(differ("reversal.ledger", here, shown(first), shown(second))),
    }
}

fn amounts(row: &SettlementRow) -> [Fen; 10] {
    let a = &row.amounts;
    [
        a.total,
        a.self_paid,
        a.over_limit,
        a.prior,
        a.in_scope,
        row.fund,
        row.account,
        row.family,
        row.cash,
        row.other,
    ]
}

/// What a settlement changed, counter by counter; changes of nothing left out.
fn counted<'a>(file: &'a File, row: &SettlementRow) -> BTreeMap<&'a crate::CounterKey, i64> {
    let postings = file.postings.iter();
    postings
        .filter(|posting| posting.settlement_id == row.settlement_id && posting.delta != 0)
        .map(|posting| (&posting.key, posting.delta))
        .collect()
}

/// A settlement posted to the ledger what it should have.
fn posted(file: &File, row: &SettlementRow, ledger_of: &LedgerOf<'_>) -> Result<(), Difference> {
    let here = place(row);
    if row.is_reversed() && !file.settlements.contains_key(&row.reversed_by) {
        return Err(differ(
            "settlement.reversal",
            here,
            &row.reversed_by,
            "无此结算",
        ));
    }
    let found = file.batch_on(&row.settlement_id);
    let expected = match ledger_of(row) {
        Ok(expected) => expected,
        Err(why) => return Err(differ("settlement.ledger", here, why, shown(found))),
    };
    let agree = match (&expected, &found) {
        (None, None) => true,
        (Some(expected), Some(found)) => {
            expected.entries() == found.entries() && expected.on() == found.on()
        }
        _ => false,
    };
    if agree {
        Ok(())
    } else {
        Err(differ(
            "settlement.ledger",
            here,
            shown(expected),
            shown(found),
        ))
    }
}

/// What points to a settlement points to one that exists.
fn strangers(file: &File) -> Result<(), Difference> {
    let known = |id: &str| id.is_empty() || file.settlements.contains_key(id);
    for line in &file.lines {
        if line.status == LineStatus::Settled && !known(&line.settlement_id) {
            let here = format!("明细 {}/{}", line.visit_id, line.line_no);
            return Err(differ(
                "line.settlement",
                here,
                &line.settlement_id,
                "无此结算",
            ));
        }
    }
    if let Some(row) = file.used.iter().find(|row| !known(&row.settlement_id)) {
        let here = format!("账户 {}/{}", row.owner, row.kind);
        return Err(differ(
            "account.settlement",
            here,
            &row.settlement_id,
            "无此结算",
        ));
    }
    for ((institution, msgid), id) in &file.requests {
        if !known(id) {
            let here = format!("报文 {institution}/{msgid}");
            return Err(differ("request.settlement", here, id, "无此结算"));
        }
    }
    Ok(())
}

fn shown(batch: Option<Batch>) -> String {
    let Some(batch) = batch else {
        return "无分录".into();
    };
    let entries = batch.entries().iter();
    let shown: Vec<_> = entries
        .map(|entry| {
            format!(
                "借{} 贷{} {}元",
                entry.debit(),
                entry.credit(),
                entry.amount()
            )
        })
        .collect();
    shown.join("；")
}
