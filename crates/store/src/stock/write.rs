//! Trace codes and goods of a batch of commits.

use super::table::{self, CODES, EVENTS, MONTHS, RECORDS};
use super::{StockChange, TraceCodeRow};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::record::{Broken, insert_all};
use crate::table::Insert;

/// Numbers per statement.
const NUMBERS: usize = 200;

/// Whoever finds the version raised sold too late.
const CLAIM: Insert = Insert::or(
    &CODES,
    "ON CONFLICT (area, code) DO UPDATE SET version = excluded.version, sold = excluded.sold, \
     split = excluded.split, awaits_bill = excluded.awaits_bill, \
     institution = excluded.institution, person = excluded.person, \
     visit_id = excluded.visit_id, settlement_id = excluded.settlement_id, \
     msgid = excluded.msgid, item_code = excluded.item_code, sold_at = excluded.sold_at \
     WHERE trace_codes.version = excluded.version - 1",
);
const ADD: Insert = Insert::or(
    &MONTHS,
    "ON CONFLICT (area, institution, local_code, month) DO UPDATE SET \
     item_code = excluded.item_code, name = excluded.name, \
     purchased = stock_months.purchased + excluded.purchased, \
     sent_back = stock_months.sent_back + excluded.sent_back, \
     sold = stock_months.sold + excluded.sold, \
     returned = stock_months.returned + excluded.returned, \
     other_in = stock_months.other_in + excluded.other_in, \
     other_out = stock_months.other_out + excluded.other_out, \
     counted = CASE WHEN excluded.counted_on >= COALESCE(stock_months.counted_on, \
     excluded.counted_on) THEN excluded.counted ELSE stock_months.counted END, \
     counted_on = CASE WHEN excluded.counted_on >= COALESCE(stock_months.counted_on, \
     excluded.counted_on) THEN excluded.counted_on ELSE stock_months.counted_on END",
);

/// Which half of the changes on codes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    /// What is sold: before the bill, so that a box taken meanwhile stops it.
    Sold,
    /// What is free again: with the bill's reversal or after it, never before.
    Freed,
}

/// Writes one half of the changes on codes; returns whether there was anything to write.
///
/// The events of a commit go with its sold codes, or with the freed ones where it sells nothing.
pub(crate) async fn codes(tx: &mut Tx, live: &[&Commit], half: Half) -> Result<bool, Broken> {
    let mut rows: Vec<(&Commit, &TraceCodeRow)> = Vec::new();
    let mut events = Cells::default();
    for commit in live {
        let Some(change) = &commit.codes else {
            continue;
        };
        let of_half = match half {
            Half::Sold => &change.sold,
            Half::Freed => &change.freed,
        };
        rows.extend(of_half.iter().map(|row| (*commit, row)));
        if change.sold.is_empty() == (half == Half::Freed) {
            for event in &change.events {
                table::put_event(&mut events, commit.area, event);
            }
        }
    }
    if rows.is_empty() && events.is_empty() {
        return Ok(false);
    }
    // Always in one order, so that two batches over the same boxes wait for each other in turn.
    rows.sort_by_key(|(commit, row)| (commit.area, row.code.as_str()));
    let mut cells = Cells::default();
    for (commit, row) in rows {
        table::put_code(&mut cells, commit.area, row);
    }
    insert_all(tx, CLAIM, cells).await?;
    insert_all(tx, Insert::into(&EVENTS), events).await?;
    Ok(true)
}

/// Writes lines of goods, marks those taken back, and adds to the months.
pub(crate) async fn goods(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let (mut records, mut months) = (Cells::default(), Cells::default());
    for commit in live {
        if let Some(change) = &commit.stock {
            for row in &change.records {
                table::put_record(&mut records, commit.area, row);
            }
            for row in &change.months {
                table::put_month(&mut months, commit.area, row);
            }
        }
    }
    insert_all(tx, Insert::into(&RECORDS), records).await?;
    insert_all(tx, ADD, months).await?;
    for commit in live {
        if let Some(change) = &commit.stock {
            take_back(tx, commit, change).await?;
        }
    }
    Ok(())
}

async fn take_back(tx: &mut Tx, commit: &Commit, change: &StockChange) -> Result<(), Broken> {
    for some in change.deleted.chunks(NUMBERS) {
        let places: Vec<String> = (3..3 + some.len()).map(|n| format!("${n}")).collect();
        // Written as comparisons that both engines read the same way.
        let sql = format!(
            "UPDATE stock_records SET deleted = NOT deleted WHERE area = $1 \
             AND institution = $2 AND NOT deleted AND record_id IN ({})",
            places.join(",")
        );
        let mut cells = Cells::default();
        cells.area(commit.area).text(&commit.person_no);
        some.iter().for_each(|number| {
            cells.text(number);
        });
        let expected = some.len() as u64;
        crate::record::update_all(tx, RECORDS.name, sql, cells, expected).await?;
    }
    Ok(())
}
