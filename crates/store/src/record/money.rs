use jiff::civil::DateTime;

use super::{Broken, insert_all};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::rows::{CounterPostingRow, MovementRow};
use crate::table::Insert;
use crate::tables::{accounts as account_tables, bill, counters as counter_tables};

/// What every posting of a commit says about where it came from.
struct Origin<'a> {
    source: &'a str,
    settlement_id: &'a str,
    edition: &'a str,
    at: DateTime,
}

fn origin(commit: &Commit) -> Origin<'_> {
    if let Some(row) = &commit.settlement {
        let source = if row.is_reversal() {
            "reversal"
        } else {
            "settlement"
        };
        let (id, edition) = (&row.settlement_id, &row.edition);
        return Origin {
            source,
            settlement_id: id,
            edition,
            at: row.settled_at,
        };
    }
    match &commit.occasion {
        Some(why) => Origin {
            source: &why.source,
            settlement_id: "",
            edition: &why.edition,
            at: why.at,
        },
        None => Origin {
            source: "",
            settlement_id: "",
            edition: "",
            at: DateTime::default(),
        },
    }
}

pub(super) async fn counters(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &counter_tables::COUNTERS,
        "ON CONFLICT (area, person_no, scheme, counter, period, subject) DO UPDATE \
         SET value = excluded.value, previous = excluded.previous, version = excluded.version \
         WHERE counters.version = excluded.version - 1 \
         AND counters.value = excluded.previous",
    );
    let mut postings = Vec::new();
    for commit in live {
        let origin = origin(commit);
        for change in &commit.counters {
            let posting = CounterPostingRow {
                key: change.read.key.clone(),
                version: change.read.version + 1,
                before: change.read.value,
                delta: change.delta,
                after: change.read.value + change.delta,
                source: origin.source.to_owned(),
                settlement_id: origin.settlement_id.to_owned(),
                edition: origin.edition.to_owned(),
            };
            postings.push((commit, change.read.year, posting));
        }
    }
    let (mut current, mut posted) = (Cells::default(), Cells::default());
    for (commit, year, posting) in &postings {
        let person = &commit.person_no;
        counter_tables::put(&mut current, commit.area, person, *year, posting);
        counter_tables::put_posting(&mut posted, commit.area, person, posting);
    }
    insert_all(tx, PUT, current).await?;
    insert_all(tx, Insert::into(&counter_tables::POSTINGS), posted).await
}

pub(super) async fn accounts(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &account_tables::ACCOUNTS,
        "ON CONFLICT (area, person_no, kind) DO UPDATE SET balance = excluded.balance, \
         previous = excluded.previous, version = excluded.version \
         WHERE accounts.version = excluded.version - 1 \
         AND accounts.balance = excluded.previous AND accounts.hold = excluded.hold",
    );
    let mut movements = Vec::new();
    for commit in live {
        let origin = origin(commit);
        for change in &commit.accounts {
            let movement = MovementRow {
                owner: change.read.owner.clone(),
                kind: change.read.kind.clone(),
                version: change.read.version + 1,
                before: change.read.balance,
                delta: change.delta,
                after: change.read.balance + change.delta,
                source: origin.source.to_owned(),
                settlement_id: origin.settlement_id.to_owned(),
                used_by: commit.person_no.clone(),
                edition: origin.edition.to_owned(),
                moved_at: origin.at,
            };
            movements.push((commit.area, movement, change.read.hold.as_str()));
        }
    }
    let (mut current, mut posted) = (Cells::default(), Cells::default());
    for (area, movement, hold) in &movements {
        account_tables::put(&mut current, *area, movement, hold);
        account_tables::put_movement(&mut posted, *area, movement);
    }
    insert_all(tx, PUT, current).await?;
    insert_all(tx, Insert::into(&account_tables::MOVEMENTS), posted).await
}

pub(super) async fn transfers(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for commit in live {
        let Some(batch) = &commit.ledger else {
            continue;
        };
        for transfer in batch.transfers() {
            bill::put_transfer(&mut cells, commit.area, &commit.person_no, &transfer);
        }
    }
    insert_all(tx, Insert::into(&bill::TRANSFERS), cells).await
}
