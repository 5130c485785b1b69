//! Filings, tokens shown, and how people were identified.

use super::{Broken, insert_all, update_all};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::rows::TokenPurpose;
use crate::table::{Insert, Kind};
use crate::tables::{credential, filing};

pub(super) async fn filings(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &filing::FILINGS,
        "ON CONFLICT (area, person_no, filing_id) DO UPDATE SET version = excluded.version, \
         state = excluded.state, reviewed = excluded.reviewed, subject = excluded.subject, \
         starts_on = excluded.starts_on, ends_on = excluded.ends_on, detail = excluded.detail \
         WHERE filings.version = excluded.version - 1",
    );
    let mut cells = Cells::default();
    for commit in live {
        for row in &commit.filings {
            filing::put(&mut cells, commit.area, row);
        }
    }
    insert_all(tx, PUT, cells).await
}

/// Marks tokens as read or spent; one that was shown elsewhere meanwhile breaks the batch.
pub(super) async fn tokens(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    for commit in live {
        let Some(shown) = &commit.token else {
            continue;
        };
        let (column, by, what, value) = match &shown.purpose {
            TokenPurpose::Read(message) => ("read_at", "read_by", "read_message", message),
            TokenPurpose::Visit(visit) => ("used_at", "used_by", "used_for", visit),
        };
        let time = tx.dialect().parameter(1, Kind::Time);
        let sql = format!(
            "UPDATE credential_tokens SET {column} = {time}, {by} = $2, {what} = $3 \
             WHERE area = $4 AND person_no = $5 AND token_hash = $6 AND {column} IS NULL \
             AND used_at IS NULL"
        );
        let mut cells = Cells::default();
        cells.time(shown.at).text(&shown.institution).text(value);
        cells.area(commit.area).text(&commit.person_no);
        cells.text(&shown.token_hash);
        update_all(tx, credential::TOKENS.name, sql, cells, 1).await?;
    }
    Ok(())
}

pub(super) async fn uses(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for commit in live {
        if let Some(row) = &commit.credential_use {
            credential::put_use(&mut cells, commit.area, &commit.person_no, row);
        }
    }
    insert_all(tx, Insert::into(&credential::USES), cells).await
}
