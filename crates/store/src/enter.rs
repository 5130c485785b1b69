use std::collections::HashMap;

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::cell::Cells;
use crate::engine::Tx;
use crate::rows::{
    CounterPostingRow, InstitutionRow, MovementRow, PersonFile, PolicyEditionRow, UserRow,
};
use crate::table::{Insert, Kind, Table};
use crate::tables::{access, accounts, counters, institution, person, register};
use crate::{Fault, Store};

/// Persons per transaction: long enough to be fast, short enough not to hold up the writer.
const PERSONS_AT_ONCE: usize = 500;

const HEAD: Insert = Insert::or(
    &person::HEADS,
    "ON CONFLICT (area, person_no) DO UPDATE SET version = person_heads.version + 1",
);
pub(crate) const PERSON: Insert = Insert::or(
    &person::PERSONS,
    "ON CONFLICT (area, person_no) DO UPDATE SET name = excluded.name, sex = excluded.sex, \
     birth = excluded.birth, death = excluded.death, county = excluded.county, \
     marks = excluded.marks, detail = excluded.detail",
);
const IDENTIFIER: Insert = Insert::or(
    &person::IDENTIFIERS,
    "ON CONFLICT (area, kind, value) DO UPDATE SET person_no = excluded.person_no",
);
const COVERAGE: Insert = Insert::or(
    &person::COVERAGE,
    "ON CONFLICT (area, person_no, scheme, starts_on) DO UPDATE SET ends_on = excluded.ends_on, \
     category = excluded.category, state = excluded.state, reason = excluded.reason, \
     county = excluded.county, employer = excluded.employer",
);
const FAMILY: Insert = Insert::or(
    &person::FAMILY,
    "ON CONFLICT (area, person_no, sponsor) DO UPDATE SET relation = excluded.relation, \
     starts_on = excluded.starts_on, ends_on = excluded.ends_on, \
     purposes = excluded.purposes, limit_fen = excluded.limit_fen",
);
const RECOGNITION: Insert = Insert::or(
    &person::RECOGNITIONS,
    "ON CONFLICT (area, person_no, kind, code, starts_on) DO UPDATE \
     SET ends_on = excluded.ends_on, name = excluded.name, \
     institutions = excluded.institutions, detail = excluded.detail",
);
const REGISTRATION: Insert = Insert::or(
    &person::REGISTRATIONS,
    "ON CONFLICT (area, person_no, registration_id) DO UPDATE SET kind = excluded.kind, \
     starts_on = excluded.starts_on, ends_on = excluded.ends_on, state = excluded.state, \
     institution = excluded.institution, destination = excluded.destination, \
     detail = excluded.detail",
);
const INDEX: Insert = Insert::or(
    &register::INDEX,
    "ON CONFLICT (area, person_no, kind, value) DO NOTHING",
);
const ACCOUNT: Insert = Insert {
    table: &accounts::ACCOUNTS,
    meeting: "ON CONFLICT (area, person_no, kind) DO NOTHING",
    returning: "RETURNING person_no, kind",
};
const COUNTER: Insert = Insert {
    table: &counters::COUNTERS,
    meeting: "ON CONFLICT (area, person_no, scheme, counter, period, subject) DO NOTHING",
    returning: "RETURNING person_no, scheme, counter, period, subject",
};
const INSTITUTION: Insert = Insert::or(
    &institution::INSTITUTIONS,
    "ON CONFLICT (area, institution) DO UPDATE SET name = excluded.name, kind = excluded.kind, \
     grade = excluded.grade, county = excluded.county, keys = excluded.keys, \
     detail = excluded.detail",
);
const USER: Insert = Insert::or(
    &access::USERS,
    "ON CONFLICT (area, user_name) DO UPDATE SET display_name = excluded.display_name, \
     password_hash = excluded.password_hash, role = excluded.role, \
     institution = excluded.institution, active = excluded.active",
);
const EDITION: Insert = Insert::or(
    &access::POLICY_EDITIONS,
    "ON CONFLICT (area, edition) DO NOTHING",
);

impl Store {
    /// Enters or updates persons with all that belongs to them, in large steps.
    ///
    /// Accounts and counters that exist keep what they show; new ones get their opening value with
    /// a posting of its own. A person's version rises, so a bill decided on the old data is
    /// decided again.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; the steps before are kept.
    pub async fn put_people(
        &self,
        area: AreaCode,
        people: &[PersonFile],
        at: DateTime,
    ) -> Result<(), Fault> {
        for some in people.chunks(PERSONS_AT_ONCE) {
            let mut tx = self.engine.begin_admin().await?;
            let failed = |cause| Fault::database("enter persons", cause);
            write_people(&mut tx, area, some, at)
                .await
                .map_err(failed)?;
            tx.commit().await.map_err(failed)?;
        }
        Ok(())
    }

    /// Enters or updates institutions.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_institutions(&self, rows: &[InstitutionRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| institution::put(&mut cells, row));
        self.put("enter institutions", INSTITUTION, cells).await
    }

    /// Enters or updates console users.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_users(&self, rows: &[UserRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| access::put_user(&mut cells, row));
        self.put("enter users", USER, cells).await
    }

    /// Notes that a policy edition is in force; the first time counts.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_edition(&self, area: AreaCode, row: &PolicyEditionRow) -> Result<(), Fault> {
        let mut cells = Cells::default();
        access::put_edition(&mut cells, area, row);
        self.put("note a policy edition", EDITION, cells).await
    }

    pub(crate) async fn put(
        &self,
        doing: &'static str,
        insert: Insert,
        cells: Cells<'_>,
    ) -> Result<(), Fault> {
        let failed = |cause| Fault::database(doing, cause);
        let mut tx = self.engine.begin_admin().await?;
        tx.insert(insert, cells).await.map_err(failed)?;
        tx.commit().await.map_err(failed)
    }
}

/// Everything of persons that lies beside `persons` and is made anew when their register changes.
pub(crate) fn belongings<'a>(
    files: impl Iterator<Item = (AreaCode, &'a PersonFile)>,
) -> [(&'static Table, Cells<'a>); 6] {
    let mut identifiers = Cells::default();
    let mut coverage = Cells::default();
    let mut family = Cells::default();
    let mut recognitions = Cells::default();
    let mut registrations = Cells::default();
    let mut index = Cells::default();
    for (area, file) in files {
        let no = file.person.person_no.as_str();
        for row in &file.identifiers {
            person::put_identifier(&mut identifiers, area, no, row);
        }
        for row in &file.coverage {
            person::put_coverage(&mut coverage, area, no, row);
        }
        for row in &file.family {
            person::put_family(&mut family, area, no, row);
        }
        for row in &file.recognitions {
            person::put_recognition(&mut recognitions, area, no, row);
        }
        for row in &file.registrations {
            person::put_registration(&mut registrations, area, no, row);
        }
        for row in &file.index {
            register::put_index(&mut index, area, no, row);
        }
    }
    [
        (&person::IDENTIFIERS, identifiers),
        (&person::COVERAGE, coverage),
        (&person::FAMILY, family),
        (&person::RECOGNITIONS, recognitions),
        (&person::REGISTRATIONS, registrations),
        (&register::INDEX, index),
    ]
}

/// What happens when a row of a person's belongings is entered again.
fn meeting(table: &'static Table) -> Insert {
    let all = [
        IDENTIFIER,
        COVERAGE,
        FAMILY,
        RECOGNITION,
        REGISTRATION,
        INDEX,
    ];
    all.into_iter()
        .find(|insert| insert.table.name == table.name)
        .unwrap_or(Insert::into(table))
}

async fn write_people(
    tx: &mut Tx,
    area: AreaCode,
    people: &[PersonFile],
    at: DateTime,
) -> Result<(), sqlx::Error> {
    let mut heads = Cells::default();
    let mut persons = Cells::default();
    for file in people {
        heads.area(area).text(&file.person.person_no).int(0);
        person::put(&mut persons, area, &file.person);
    }
    tx.insert(HEAD, heads).await?;
    tx.insert(PERSON, persons).await?;
    for (table, cells) in belongings(people.iter().map(|file| (area, file))) {
        tx.insert(meeting(table), cells).await?;
    }
    open_accounts(tx, area, people, at).await?;
    open_counters(tx, area, people).await
}

const OPENING: &str = "opening";

/// Opens the accounts that do not exist yet, each with the movement that explains its balance.
pub(crate) async fn open_accounts(
    tx: &mut Tx,
    area: AreaCode,
    people: &[PersonFile],
    at: DateTime,
) -> Result<(), sqlx::Error> {
    let mut movements = HashMap::new();
    for file in people {
        for opening in &file.accounts {
            let owner = &file.person.person_no;
            let movement = MovementRow {
                owner: owner.clone(),
                kind: opening.kind.clone(),
                version: 1,
                before: money::Fen::ZERO,
                delta: opening.balance,
                after: opening.balance,
                source: OPENING.to_owned(),
                settlement_id: String::new(),
                used_by: owner.clone(),
                edition: String::new(),
                moved_at: at,
            };
            movements.insert((owner.clone(), opening.kind.clone()), movement);
        }
    }
    let mut cells = Cells::default();
    movements
        .values()
        .for_each(|movement| accounts::put(&mut cells, area, movement, ""));
    let opened = tx
        .insert_returning(ACCOUNT, cells, &[Kind::Text; 2])
        .await?;
    let mut posted = Cells::default();
    for mut record in opened {
        let Ok(key) = record.text().and_then(|owner| Ok((owner, record.text()?))) else {
            continue;
        };
        if let Some(movement) = movements.get(&key) {
            accounts::put_movement(&mut posted, area, movement);
        }
    }
    tx.insert(Insert::into(&accounts::MOVEMENTS), posted)
        .await
        .map(|_| ())
}

/// Opens the counters that do not exist yet, each with the posting that explains its value.
async fn open_counters(
    tx: &mut Tx,
    area: AreaCode,
    people: &[PersonFile],
) -> Result<(), sqlx::Error> {
    let mut postings = HashMap::new();
    for file in people {
        for opening in &file.counters {
            let (no, key) = (&file.person.person_no, &opening.key);
            let posting = CounterPostingRow {
                key: key.clone(),
                version: 1,
                before: 0,
                delta: opening.value,
                after: opening.value,
                source: OPENING.to_owned(),
                settlement_id: String::new(),
                edition: String::new(),
            };
            postings.insert((no.clone(), key.clone()), (opening.year, posting));
        }
    }
    let mut cells = Cells::default();
    for ((no, _), (year, posting)) in &postings {
        counters::put(&mut cells, area, no, *year, posting);
    }
    let opened = tx
        .insert_returning(COUNTER, cells, &[Kind::Text; 5])
        .await?;
    let mut posted = Cells::default();
    for mut record in opened {
        let Ok(key) = counters::take_person_and_key(&mut record) else {
            continue;
        };
        if let Some(((no, _), (_, posting))) = postings.get_key_value(&key) {
            counters::put_posting(&mut posted, area, no, posting);
        }
    }
    tx.insert(Insert::into(&counters::POSTINGS), posted)
        .await
        .map(|_| ())
}
