//! A list of a decision, with its findings and groups, on its way into the database.

use super::table::{self, DISCHARGES, FINDINGS, GROUPS};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::record::{Broken, insert_all};
use crate::table::Insert;

pub(super) const PUT: Insert = Insert::or(
    &DISCHARGES,
    "ON CONFLICT (area, person_no, list_id) DO UPDATE SET version = excluded.version, \
     uploads = excluded.uploads, state = excluded.state, admitted_on = excluded.admitted_on, \
     discharged_on = excluded.discharged_on, principal = excluded.principal, \
     errors = excluded.errors, warnings = excluded.warnings, \
     received_at = excluded.received_at, body = excluded.body \
     WHERE discharges.version = excluded.version - 1",
);

pub(crate) async fn changes(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let (mut lists, mut findings) = (Cells::default(), Cells::default());
    let mut groups = Cells::default();
    for commit in live {
        let Some(change) = &commit.discharge else {
            continue;
        };
        table::put(&mut lists, commit.area, &change.row);
        for row in &change.findings {
            table::put_finding(&mut findings, commit.area, &change.row, row);
        }
        for row in &change.groups {
            table::put_group(&mut groups, commit.area, row);
        }
    }
    insert_all(tx, PUT, lists).await?;
    insert_all(tx, Insert::into(&FINDINGS), findings).await?;
    insert_all(tx, Insert::into(&GROUPS), groups).await
}
