use super::rows::{EVENTS, PROPOSALS, put_event, put_proposal};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::record::{Broken, insert_all, update_all};
use crate::table::Insert;
use crate::tables::accounts::ACCOUNTS;

/// Records events, proposals and holds of accounts.
pub(crate) async fn changes(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    const PROPOSAL: Insert = Insert::or(
        &PROPOSALS,
        "ON CONFLICT (area, person_no, proposal_id) DO UPDATE SET version = excluded.version, \
         state = excluded.state, decided_at = excluded.decided_at, \
         decided_by = excluded.decided_by, detail = excluded.detail \
         WHERE account_proposals.version = excluded.version - 1",
    );
    let (mut events, mut proposals) = (Cells::default(), Cells::default());
    for commit in live {
        for row in &commit.account_events {
            put_event(&mut events, commit.area, row);
        }
        if let Some(row) = &commit.account_proposal {
            put_proposal(&mut proposals, commit.area, row);
        }
    }
    insert_all(tx, Insert::into(&EVENTS), events).await?;
    insert_all(tx, PROPOSAL, proposals).await?;
    for commit in live {
        let Some(hold) = &commit.account_hold else {
            continue;
        };
        let mut cells = Cells::default();
        cells.text(&hold.hold).area(commit.area);
        cells.text(&commit.person_no).text(&hold.before);
        let sql = "UPDATE accounts SET hold = $1 WHERE area = $2 AND person_no = $3 AND hold = $4";
        update_all(tx, ACCOUNTS.name, sql.to_owned(), cells, hold.purses).await?;
    }
    Ok(())
}
