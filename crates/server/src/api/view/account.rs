//! A personal account as the console shows it.

use app::account::{AccountFile, AccountGrant};
use money::Fen;
use store::{AccountEventRow, AccountProposalRow, MovementRow};
use terms::{AccountKind, Date, Relation, SharingPurpose};

use crate::api::account::{AccountDetail, AccountEvent, Grant, Movement, Proposal, Purse};

/// The account of a person, a page of movements that ends before `next`.
pub fn detail(no: &str, file: &AccountFile, today: Date, next: usize) -> AccountDetail {
    let balance: Fen = file.accounts.iter().map(|row| row.balance).sum();
    let hold = file.accounts.iter().find(|row| !row.hold.is_empty());
    AccountDetail {
        person_no: no.to_owned(),
        name: file.name.clone(),
        balance: balance.into(),
        purses: file
            .accounts
            .iter()
            .map(|row| Purse {
                kind: row.kind.clone(),
                kind_name: kind_name(&row.kind),
                balance: row.balance.into(),
            })
            .collect(),
        frozen: hold.map(|row| row.hold.clone()),
        movements: file.movements.iter().map(movement).collect(),
        next_cursor: file.more.then(|| next.to_string()),
        grants_given: file.given.iter().map(|one| grant(one, today)).collect(),
        grants_received: file.received.iter().map(|one| grant(one, today)).collect(),
        events: file.events.iter().map(event).collect(),
        proposals: file.proposals.iter().map(proposal).collect(),
    }
}

fn kind_name(kind: &str) -> String {
    let known: Result<AccountKind, _> = kind.parse();
    known.map_or_else(|_| kind.to_owned(), |kind| kind.zh().to_owned())
}

/// What moved an account, or happened to it, in words.
fn source_name(source: &str) -> &str {
    match source {
        "opening" => "期初余额",
        "settlement" => "结算支付",
        "reversal" => "撤销结算退回",
        "credit" => "按月划入",
        "interest" => "年度计息",
        "roll_over" => "年度结转",
        "freeze" => "冻结",
        "unfreeze" => "解冻",
        "premium" => "代缴保费",
        "premium_reversal" => "代缴保费退回",
        "inheritance" => "继承",
        "transfer_out" => "随同转移",
        "cash_out" => "一次性支取",
        "refund" => "退回账户",
        other => other,
    }
}

fn movement(row: &MovementRow) -> Movement {
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    Movement {
        at: row.moved_at.to_string(),
        kind_name: kind_name(&row.kind),
        source: row.source.clone(),
        source_name: source_name(&row.source).to_owned(),
        amount: row.delta.into(),
        balance: row.after.into(),
        settlement_id: filled(&row.settlement_id),
        used_by: filled(&row.used_by).filter(|user| *user != row.owner),
    }
}

fn grant(one: &AccountGrant, today: Date) -> Grant {
    let row = &one.row;
    let words: Vec<String> = serde_json::from_str(&row.purposes).unwrap_or_default();
    let name = |word: String| {
        let known: Result<SharingPurpose, _> = word.parse();
        known.map_or(word, |purpose| purpose.zh().to_owned())
    };
    Grant {
        person_no: one.person_no.clone(),
        name: one.name.clone(),
        relation_name: Relation::named(&row.relation).zh().to_owned(),
        purpose_names: words.into_iter().map(name).collect(),
        limit: row.limit.map(Into::into),
        from: row.starts_on.to_string(),
        to: row.ends_on.map(|day| day.to_string()),
        current: row.starts_on <= today && row.ends_on.is_none_or(|to| today <= to),
    }
}

fn event(row: &AccountEventRow) -> AccountEvent {
    AccountEvent {
        id: row.event_id.clone(),
        kind: row.kind.clone(),
        kind_name: source_name(&row.kind).to_owned(),
        occasion: row.occasion.clone(),
        amount: row.amount.into(),
        at: row.done_at.to_string(),
        by: row.done_by.clone(),
        explanation: sentences(&row.detail),
    }
}

/// Every sentence of the traces kept with an event, in order.
fn sentences(detail: &str) -> Vec<String> {
    fn gather(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, inner) in fields {
                    match inner.as_str() {
                        Some(text) if name == "sentence" => found.push(text.to_owned()),
                        _ => gather(inner, found),
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str(detail) {
        gather(&value, &mut found);
    }
    found
}

fn proposal(row: &AccountProposalRow) -> Proposal {
    let state_name = match row.state.as_str() {
        "proposed" => "待复核",
        "approved" => "已同意",
        "rejected" => "未同意",
        other => other,
    };
    Proposal {
        id: row.proposal_id.clone(),
        state: row.state.clone(),
        state_name: state_name.to_owned(),
        amount: row.amount.into(),
        proposed_by: row.proposed_by.clone(),
        proposed_at: row.proposed_at.to_string(),
        decided_by: (!row.decided_by.is_empty()).then(|| row.decided_by.clone()),
        decided_at: row.decided_at.map(|at| at.to_string()),
    }
}
