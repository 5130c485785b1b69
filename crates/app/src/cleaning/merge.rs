//! 归并与拆分：同一人的两份档案并为一份，必要时原样拆开。
//!
//! Two records are two persons to the store, so joining them is two commits: first the record given
//! up lets go of its documents and open facts and says into whom it was merged, then the record
//! kept takes them over with the money. The merge itself is noted before and after; one that was
//! interrupted is finished by asking again.

use enrolment::register::Register;
use money::Fen;
use serde::{Deserialize, Serialize};
use store::{AccountChange, AccountRow, Commit, CounterChange, CounterRow, MergeRow, Occasion};
use terms::AreaCode;

use super::joined::{given_up, restored, taken_over};
use crate::register::{Actor, Change, PersonRecord};
use crate::{App, Error};

/// What moved with a merge (归并转移).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Moved {
    /// Purse and amount.
    accounts: Vec<(String, Fen)>,
    /// Scheme, counter, period, subject, year and amount.
    counters: Vec<MovedCounter>,
    /// What a split could not give back, because it had been spent.
    spent: Vec<(String, Fen)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct MovedCounter {
    key: [String; 4],
    year: i32,
    value: i64,
}

impl App {
    /// Joins the record `dropped` to the record `keep`: documents, open facts, cover, counters and
    /// the balance of the accounts go over; bills stay where they are.
    ///
    /// # Errors
    /// A refusal where they are one record, or either was given up before.
    pub async fn merge_people(
        &self,
        actor: &Actor,
        keep: &str,
        dropped: &str,
        reason: &str,
    ) -> Result<MergeRow, Error> {
        let mut row = self.begin_merge(actor, keep, dropped, reason).await?;
        let actor = under(actor, &row.merge_id);
        let (on, id) = (actor.at.date(), row.merge_id.clone());
        self.change_register(&actor, dropped, "merge_person", |record| {
            let done = record
                .register
                .current()
                .iter()
                .any(|entry| entry.source == id);
            match done {
                true => Ok(Change::default()),
                false => Ok(Change::from(given_up(record, keep, on))),
            }
        })
        .await?;
        let other = self.must_record(actor.area, dropped).await?;
        let before = before(&other.register, &id);
        let mut moved = moved_of(&row)?;
        if moved == Moved::default() {
            moved = holdings(&other);
            row.moved = json(&moved)?;
            self.store.put_merge(actor.area, &row).await?;
        }
        self.change_register(&actor, keep, "merge_person", |record| {
            if record
                .register
                .current()
                .iter()
                .any(|entry| entry.source == id)
            {
                return Ok(Change::default());
            }
            Ok(Change {
                facts: taken_over(record, (&other, &before), on),
                commit: money_over(&actor, record, &other, &moved)?,
            })
        })
        .await?;
        "merged".clone_into(&mut row.state);
        self.store.put_merge(actor.area, &row).await?;
        Ok(row)
    }

    /// Parts a record that was given up from the one kept: what the merge entered is taken back,
    /// what was entered since stays, and the money that moved goes back as far as it is there.
    ///
    /// # Errors
    /// A refusal where the record was not given up.
    pub async fn split_people(&self, actor: &Actor, dropped: &str) -> Result<MergeRow, Error> {
        let merges = self.store.merges_of(actor.area, dropped).await?;
        let standing = |row: &MergeRow| {
            row.person_no == dropped && matches!(row.state.as_str(), "merged" | "parting")
        };
        let row = merges.into_iter().rev().find(standing);
        let mut row =
            row.ok_or_else(|| Error::refused("not_merged", "该档案没有归并，无从拆分"))?;
        if let Some(into) = self.store.merged_into(actor.area, &row.kept_no).await? {
            let message = format!("档案{}已并入{into}，请先拆分这两份", row.kept_no);
            return Err(Error::refused("already_merged", message));
        }
        let mut moved = moved_of(&row)?;
        let id = row.merge_id.clone();
        let actor = under(actor, &format!("{id}-S"));
        let parted = actor.source.clone();
        if row.state == "merged" {
            let kept = self.must_record(actor.area, &row.kept_no).await?;
            moved.spent = spent(&kept, &moved);
            "parting".clone_into(&mut row.state);
            row.moved = json(&moved)?;
            self.store.put_merge(actor.area, &row).await?;
        }
        let other = self.must_record(actor.area, dropped).await?;
        self.change_register(&actor, &row.kept_no, "split_person", |record| {
            if record
                .register
                .entries()
                .iter()
                .any(|entry| entry.source == parted)
            {
                return Ok(Change::default());
            }
            Ok(Change {
                facts: restored(&record.register, &id),
                commit: money_back(&actor, record, &other, &moved)?,
            })
        })
        .await?;
        self.change_register(&actor, dropped, "split_person", |record| {
            Ok(Change::from(restored(&record.register, &id)))
        })
        .await?;
        "split".clone_into(&mut row.state);
        row.split_at = Some(actor.at);
        self.store.put_merge(actor.area, &row).await?;
        Ok(row)
    }

    async fn begin_merge(
        &self,
        actor: &Actor,
        keep: &str,
        dropped: &str,
        reason: &str,
    ) -> Result<MergeRow, Error> {
        if keep == dropped {
            return Err(Error::refused("same_record", "两个编号是同一份档案"));
        }
        self.must_record(actor.area, keep).await?;
        self.must_record(actor.area, dropped).await?;
        let merges = self.store.merges_of(actor.area, dropped).await?;
        let begun = |row: &&MergeRow| row.state == "begun" && row.kept_no == keep;
        if let Some(row) = merges.iter().find(begun) {
            return Ok(row.clone());
        }
        for person in [keep, dropped] {
            if let Some(into) = self.store.merged_into(actor.area, person).await? {
                let message = format!("档案{person}已并入{into}");
                return Err(Error::refused("already_merged", message));
            }
        }
        let row = MergeRow {
            person_no: dropped.to_owned(),
            merge_id: self.numbers.named("G"),
            kept_no: keep.to_owned(),
            state: "begun".to_owned(),
            by_name: actor.name.clone(),
            merged_at: actor.at,
            split_at: None,
            reason: reason.to_owned(),
            moved: "{}".to_owned(),
        };
        self.store.put_merge(actor.area, &row).await?;
        Ok(row)
    }

    async fn must_record(&self, area: AreaCode, person_no: &str) -> Result<PersonRecord, Error> {
        let record = self.person_record(area, person_no).await?;
        record.ok_or_else(|| Error::missing("参保人", person_no))
    }

    /// The record to work with for a number: the one kept where the number was given up, and where
    /// that was given up in turn, the one kept for it.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn kept_number(&self, area: AreaCode, person_no: &str) -> Result<String, Error> {
        let mut number = person_no.to_owned();
        while let Some(into) = self.store.merged_into(area, &number).await? {
            number = into;
        }
        Ok(number)
    }

    /// Every number under which a person's bills lie: the one kept, then those given up for it.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn numbers_of(&self, area: AreaCode, person_no: &str) -> Result<Vec<String>, Error> {
        let mut numbers = vec![self.kept_number(area, person_no).await?];
        let mut next = 0;
        while let Some(number) = numbers.get(next).cloned() {
            let given_up = self
                .store
                .indexed_persons(area, ("merged_into", &number), "", 100);
            numbers.extend(given_up.await?);
            next += 1;
        }
        Ok(numbers)
    }
}

/// The same actor, whose entries name the merge as their source.
fn under(actor: &Actor, source: &str) -> Actor {
    Actor {
        source: source.to_owned(),
        ..actor.clone()
    }
}

/// The register as it was before a merge entered anything.
fn before(register: &Register, merge_id: &str) -> Register {
    let entries = register.entries().iter();
    Register::new(
        entries
            .filter(|entry| entry.source != merge_id)
            .cloned()
            .collect(),
    )
}

fn json(moved: &Moved) -> Result<String, Error> {
    serde_json::to_string(moved).map_err(|cause| Error::Bug(format!("a merge: {cause}")))
}

fn moved_of(row: &MergeRow) -> Result<Moved, Error> {
    let id = &row.merge_id;
    serde_json::from_str(&row.moved).map_err(|cause| Error::Bug(format!("merge {id}: {cause}")))
}

/// What the record given up holds.
fn holdings(record: &PersonRecord) -> Moved {
    let accounts = record.context.accounts.iter();
    let counters = record.context.counters.iter();
    Moved {
        accounts: accounts
            .filter(|account| !account.balance.is_zero())
            .map(|account| (account.kind.clone(), account.balance))
            .collect(),
        counters: counters
            .filter(|counter| counter.value != 0)
            .map(|counter| MovedCounter {
                key: [
                    counter.key.scheme.clone(),
                    counter.key.counter.clone(),
                    counter.key.period.clone(),
                    counter.key.subject.clone(),
                ],
                year: counter.year,
                value: counter.value,
            })
            .collect(),
        spent: Vec::new(),
    }
}

fn purse(record: &PersonRecord, kind: &str) -> AccountRow {
    let mut accounts = record.context.accounts.iter();
    let known = accounts.find(|account| account.kind == kind).cloned();
    known.unwrap_or_else(|| AccountRow {
        owner: record.person_no.clone(),
        kind: kind.to_owned(),
        balance: Fen::ZERO,
        version: 0,
        hold: String::new(),
    })
}

fn counter(record: &PersonRecord, moved: &MovedCounter) -> CounterRow {
    let [scheme, counter, period, subject] = moved.key.clone();
    let key = store::CounterKey {
        scheme,
        counter,
        period,
        subject,
    };
    record.context.counter(&key, moved.year)
}

/// What stays of a purse's amount that a split should give back.
fn left(kept: &PersonRecord, (kind, amount): &(String, Fen)) -> Fen {
    purse(kept, kind).balance.min(*amount).max(Fen::ZERO)
}

fn spent(kept: &PersonRecord, moved: &Moved) -> Vec<(String, Fen)> {
    let each = moved.accounts.iter();
    each.map(|account| (account.0.clone(), account.1 - left(kept, account)))
        .filter(|(_, spent)| !spent.is_zero())
        .collect()
}

/// Accounts and counters going over to the record kept, in that record's commit.
fn money_over(
    actor: &Actor,
    kept: &PersonRecord,
    other: &PersonRecord,
    moved: &Moved,
) -> Result<Option<Commit>, Error> {
    let counters = moved.counters.iter().map(|one| CounterChange {
        read: counter(kept, one),
        delta: one.value,
    });
    let amounts: Vec<(String, Fen)> = moved.accounts.clone();
    transfer(
        actor,
        &kept.person_no,
        (other, kept),
        (&amounts, counters.collect()),
    )
}

/// The same the other way.
fn money_back(
    actor: &Actor,
    kept: &PersonRecord,
    other: &PersonRecord,
    moved: &Moved,
) -> Result<Option<Commit>, Error> {
    let counters = moved.counters.iter().map(|one| {
        let read = counter(kept, one);
        let delta = -one.value.min(read.value);
        CounterChange { read, delta }
    });
    let counters = counters.filter(|change| change.delta != 0).collect();
    let accounts = moved.accounts.iter();
    let amounts: Vec<(String, Fen)> = accounts
        .map(|account| (account.0.clone(), left(kept, account)))
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    transfer(actor, &kept.person_no, (kept, other), (&amounts, counters))
}

/// Money from the purses of one record to those of the other; nothing where nothing moves.
fn transfer(
    actor: &Actor,
    owner: &str,
    (from, to): (&PersonRecord, &PersonRecord),
    (amounts, counters): (&[(String, Fen)], Vec<CounterChange>),
) -> Result<Option<Commit>, Error> {
    if amounts.is_empty() && counters.is_empty() {
        return Ok(None);
    }
    let mut commit = Commit::new(actor.area, owner);
    commit.counters = counters;
    let mut sum = Fen::ZERO;
    for (kind, amount) in amounts {
        sum += *amount;
        for (record, delta) in [(from, -*amount), (to, *amount)] {
            let read = purse(record, kind);
            commit.accounts.push(AccountChange { read, delta });
        }
    }
    let between = (from.person_no.as_str(), to.person_no.as_str());
    commit.ledger = bookkeeping::merged(&actor.source, between, sum, actor.at.date())
        .map_err(|refusal| Error::Bug(format!("{}: {refusal}", actor.source)))?;
    commit.occasion = Some(Occasion {
        source: actor.source.clone(),
        edition: String::new(),
        at: actor.at,
    });
    Ok(Some(commit))
}
