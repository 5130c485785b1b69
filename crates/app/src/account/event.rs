use jiff::civil::DateTime;
use ledger::Batch;
use money::Fen;
use serde::Serialize;
use store::{AccountChange, AccountEventRow, AccountRow, Commit, Occasion};
use terms::{AccountKind, AreaCode};

use crate::{App, Error};

/// An event of an account on its way into the store (个人账户业务).
pub(super) struct Happening<'a, D> {
    pub area: AreaCode,
    /// Whose account, or for whom.
    pub person_no: &'a str,
    /// The person's version that was read.
    pub version: i64,
    pub kind: &'static str,
    /// What makes it happen once: the fee month, the year, or the event's own number.
    pub occasion: &'a str,
    pub event_id: &'a str,
    pub amount: Fen,
    pub at: DateTime,
    pub by: &'a str,
    pub detail: &'a D,
}

impl<D: Serialize> Happening<'_, D> {
    /// The commit that records it with what it moves.
    pub fn commit(
        &self,
        app: &App,
        accounts: Vec<AccountChange>,
        ledger: Option<Batch>,
    ) -> Result<Commit, Error> {
        let detail = serde_json::to_string(self.detail)
            .map_err(|cause| Error::Bug(format!("event {}: {cause}", self.event_id)))?;
        let edition = app.law.book.edition.to_string();
        let mut commit = Commit::new(self.area, self.person_no);
        commit.expected_version = Some(self.version);
        commit.accounts = accounts;
        commit.ledger = ledger;
        commit.occasion = Some(Occasion {
            source: self.kind.to_owned(),
            edition: edition.clone(),
            at: self.at,
        });
        commit.account_events.push(AccountEventRow {
            person_no: self.person_no.to_owned(),
            kind: self.kind.to_owned(),
            occasion: self.occasion.to_owned(),
            event_id: self.event_id.to_owned(),
            amount: self.amount,
            done_at: self.at,
            done_by: self.by.to_owned(),
            edition,
            detail,
        });
        Ok(commit)
    }
}

/// A purse as it was read, or one not opened yet; it is held back like the owner's others.
pub(super) fn purse(rows: &[AccountRow], owner: &str, kind: AccountKind) -> AccountRow {
    let known = rows
        .iter()
        .find(|row| row.owner == owner && row.kind == kind.word());
    let hold = rows.iter().find(|row| row.owner == owner);
    known.cloned().unwrap_or_else(|| AccountRow {
        owner: owner.to_owned(),
        kind: kind.word().to_owned(),
        balance: Fen::ZERO,
        version: 0,
        hold: hold.map_or_else(String::new, |row| row.hold.clone()),
    })
}

/// A posting rule that does not balance is our own mistake.
pub(super) fn broken(refusal: ledger::Refusal) -> Error {
    Error::Bug(format!("posting an account: {refusal}"))
}

/// Refuses by the room's own code and sentence.
impl From<enrolment::account::AccountRefusal> for Error {
    fn from(refusal: enrolment::account::AccountRefusal) -> Self {
        Self::refused(refusal.code(), refusal.to_string())
    }
}

/// Everything that leaves an account in one go, purse by purse.
pub(super) fn emptied(rows: &[AccountRow]) -> Vec<AccountChange> {
    let full = rows.iter().filter(|row| !row.balance.is_zero());
    full.map(|row| AccountChange {
        delta: -row.balance,
        read: row.clone(),
    })
    .collect()
}
