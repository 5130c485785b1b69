use super::{Broken, insert_all};
use crate::Commit;
use crate::cell::Cells;
use crate::engine::Tx;
use crate::enter;
use crate::rows::RegisterChange;
use crate::table::{Insert, Table};
use crate::tables::{person, register};

/// The tables whose rows of a person are made anew by every change of the register.
const REMADE: [&Table; 6] = [
    &person::IDENTIFIERS,
    &person::COVERAGE,
    &person::FAMILY,
    &person::RECOGNITIONS,
    &person::REGISTRATIONS,
    &register::INDEX,
];

/// Adds the new entries of registers and makes the persons' rows anew.
pub(super) async fn changes(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let changed: Vec<(&Commit, &RegisterChange)> = live
        .iter()
        .filter_map(|commit| Some((*commit, commit.register.as_ref()?)))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    for (commit, _) in &changed {
        clear(tx, commit).await?;
    }
    let mut facts = Cells::default();
    let mut reopened = Cells::default();
    let mut persons = Cells::default();
    for (commit, change) in &changed {
        for row in &change.facts {
            register::put(&mut facts, commit.area, &commit.person_no, row);
        }
        for row in &change.reopened {
            register::put_reopened(&mut reopened, commit.area, row);
        }
        person::put(&mut persons, commit.area, &change.file.person);
    }
    insert_all(tx, Insert::into(&register::FACTS), facts).await?;
    insert_all(tx, Insert::into(&register::REOPENED), reopened).await?;
    insert_all(tx, enter::PERSON, persons).await?;
    let files = changed
        .iter()
        .map(|(commit, change)| (commit.area, &change.file));
    for (table, cells) in enter::belongings(files) {
        insert_all(tx, Insert::into(table), cells).await?;
    }
    Ok(())
}

async fn clear(tx: &mut Tx, commit: &Commit) -> Result<(), Broken> {
    for table in REMADE {
        let name = table.name;
        let mut cells = Cells::default();
        cells.area(commit.area).text(&commit.person_no);
        let sql = format!("DELETE FROM {name} WHERE area = $1 AND person_no = $2");
        tx.run(sql, cells)
            .await
            .map_err(|cause| Broken::database(name, cause))?;
    }
    Ok(())
}
