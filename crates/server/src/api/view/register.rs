//! Entries of a register and re-opened bills as pages show them.

use app::register::HistoryLine;
use enrolment::register::Standing;
use store::ReopenedRow;
use terms::Word;

use super::super::register::{RegisterEntry, ReopenedBill};

/// One line of a person's history.
pub fn entry(line: &HistoryLine, name: impl Fn(&Word) -> String) -> RegisterEntry {
    let entry = &line.entry;
    RegisterEntry {
        number: entry.number,
        kind: entry.fact.word().to_owned(),
        kind_name: entry.fact.zh().to_owned(),
        text: entry.fact.sentence(name),
        from: entry.from.to_string(),
        to: entry.to.map(|day| day.to_string()),
        recorded: entry.recorded.to_string(),
        by: entry.by.clone(),
        source: source_name(&entry.source).to_owned(),
        replaces: entry.replaces,
        believed: line.standing == Standing::Believed,
        standing_name: standing_name(line.standing),
    }
}

fn source_name(source: &str) -> &str {
    match source {
        "opening" => "建档",
        "counter" => "柜台",
        other => other,
    }
}

fn standing_name(standing: Standing) -> String {
    match standing {
        Standing::Believed => "有效".to_owned(),
        Standing::Replaced { by } => format!("已被第{by}条更正"),
        Standing::Withdrawn { by } => format!("已被第{by}条撤回"),
        Standing::Withdrawal => "撤回记录".to_owned(),
    }
}

/// A re-opened bill.
pub fn reopened(row: &ReopenedRow) -> ReopenedBill {
    ReopenedBill {
        person_no: row.person_no.clone(),
        settlement_id: row.settlement_id.clone(),
        entry: row.fact_no,
        state: row.state.clone(),
        state_name: state_name(&row.state).to_owned(),
        found_at: row.found_at.to_string(),
        reason: row.reason.clone(),
        fund_before: row.fund_before.into(),
        fund_after: row.fund_after.into(),
        difference: (row.fund_after - row.fund_before).into(),
        own_before: row.own_before.into(),
        own_after: row.own_after.into(),
        decided_by: Some(row.decided_by.clone()).filter(|by| !by.is_empty()),
        decided_at: row.decided_at.map(|at| at.to_string()),
    }
}

fn state_name(state: &str) -> &str {
    match state {
        "open" => "待处理",
        "accepted" => "已确认",
        "dismissed" => "不处理",
        other => other,
    }
}
