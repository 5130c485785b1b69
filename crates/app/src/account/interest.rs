use std::collections::BTreeMap;

use enrolment::account::{Earned, InterestFacts, Moved, interest, roll_over, rolls_over_on};
use jiff::civil::DateTime;
use money::Fen;
use policy::SchemePolicy;
use serde::Serialize;
use store::{AccountChange, AccountHolder, Answer, Commit, MovementRow};
use terms::{AccountKind, AreaCode, Date, Scheme};

use super::event::{Happening, broken, purse};
use super::run::{CHUNK, Run, RunDone, together};
use crate::perform::ATTEMPTS;
use crate::{App, Error};

const INTEREST: &str = "interest";
const ROLL_OVER: &str = "roll_over";
/// The purses that hold money of their own.
const OWN: [AccountKind; 2] = [AccountKind::CurrentYear, AccountKind::Historic];

/// What is kept of a year's end (计息与结转留存).
#[derive(Serialize)]
struct SavedYear<'a> {
    until: Date,
    earned: &'a [Earned],
    rolled_over: Fen,
}

/// A year's end for all accounts of an area.
struct YearEnd<'a> {
    app: &'a App,
    area: AreaCode,
    law: &'a SchemePolicy,
    kind: &'static str,
    period: String,
    /// The first and the last day that count.
    span: (Date, Date),
    at: DateTime,
    by: &'a str,
}

impl App {
    /// Adds a year's interest to every account and then turns the current year's money into
    /// historic money (年度计息与结转); both happen to an owner once a year.
    ///
    /// # Errors
    /// A refusal where the area's employee scheme has no rule, or the year has not ended yet by
    /// it, and [`Error::Fault`] if the store fails.
    pub async fn close_account_year(
        &self,
        area: AreaCode,
        year: i16,
        by: &str,
        progress: &(dyn Fn(i64) + Sync),
    ) -> Result<[RunDone; 2], Error> {
        let law = self.law.scheme(area, Scheme::Employee)?;
        let until = rolls_over_on(year, law)?;
        let at = self.clock.now();
        if at.date() <= until {
            let message = format!("{year}年度到{until}才结束，不能计息结转");
            return Err(Error::refused("year_not_ended", message));
        }
        let before = rolls_over_on(year - 1, law).ok();
        let from = before.and_then(|day| day.tomorrow().ok());
        let from = from.or(Date::new(year, 1, 1).ok()).unwrap_or(until);
        let mut done = [RunDone::default(), RunDone::default()];
        for (kind, done) in [INTEREST, ROLL_OVER].into_iter().zip(&mut done) {
            let year_end = YearEnd {
                app: self,
                area,
                law,
                kind,
                period: year.to_string(),
                span: (from, until),
                at,
                by,
            };
            *done = year_end.run(progress).await?;
        }
        Ok(done)
    }
}

impl YearEnd<'_> {
    async fn run(&self, progress: &(dyn Fn(i64) + Sync)) -> Result<RunDone, Error> {
        let mut run = Run::begin(self.app, self.area, self.kind, &self.period, self.by).await?;
        loop {
            let owners = self.owners(&run.after, CHUNK).await?;
            let Some(last) = owners.last() else { break };
            let last = last.person.person_no.clone();
            self.close_all(owners, &mut run).await?;
            run.after = last;
            run.note(self.app, self.area, false).await?;
            progress(run.done.persons);
        }
        run.note(self.app, self.area, true).await?;
        Ok(run.done)
    }

    async fn owners(&self, after: &str, limit: usize) -> Result<Vec<AccountHolder>, Error> {
        let occasion = (self.kind, self.period.as_str());
        let scheme = Scheme::Employee.word();
        let found = self
            .app
            .store
            .account_owners(self.area, scheme, occasion, (after, limit));
        Ok(found.await?)
    }

    async fn close_all(&self, owners: Vec<AccountHolder>, run: &mut Run) -> Result<(), Error> {
        run.done.persons += i64::try_from(owners.len()).unwrap_or(0);
        run.done.skipped += owners.iter().filter(|owner| owner.done).count() as i64;
        let (after, count) = (run.after.clone(), owners.len());
        let mut waiting = owners;
        for _ in 0..ATTEMPTS {
            let moved = self.moved(&waiting).await?;
            let mut commits = Vec::new();
            for owner in waiting.iter().filter(|owner| !owner.done) {
                let number = owner.person.person_no.clone();
                let of = moved.get(&number).map_or(&[][..], Vec::as_slice);
                match self.decide(owner, of)? {
                    Some((commit, amount)) => commits.push((number, commit, amount)),
                    None => run.done.skipped += 1,
                }
            }
            let recorded = commits.into_iter().map(async |(number, commit, amount)| {
                let answer = self.app.store.commit(commit).await?;
                Ok::<_, Error>((number, amount, answer == Answer::Done))
            });
            let mut again = Vec::new();
            for result in together(recorded.collect()).await {
                match result? {
                    (_, amount, true) => {
                        run.done.moved += 1;
                        run.done.amount += amount;
                    }
                    (number, _, false) => again.push(number),
                }
            }
            if again.is_empty() {
                return Ok(());
            }
            waiting = self.owners(&after, count).await?;
            waiting.retain(|owner| again.contains(&owner.person.person_no));
        }
        Err(Error::Busy)
    }

    /// Movements since the year began, owner by owner.
    async fn moved(
        &self,
        owners: &[AccountHolder],
    ) -> Result<BTreeMap<String, Vec<MovementRow>>, Error> {
        let (Some(first), Some(last)) = (owners.first(), owners.last()) else {
            return Ok(BTreeMap::new());
        };
        let range = (
            first.person.person_no.as_str(),
            last.person.person_no.as_str(),
        );
        let store = &self.app.store;
        let rows = store.movements_since(self.area, range, self.span.0).await?;
        let mut moved: BTreeMap<String, Vec<MovementRow>> = BTreeMap::new();
        for row in rows {
            moved.entry(row.owner.clone()).or_default().push(row);
        }
        Ok(moved)
    }

    fn decide(
        &self,
        owner: &AccountHolder,
        moved: &[MovementRow],
    ) -> Result<Option<(Commit, Fen)>, Error> {
        match self.kind {
            INTEREST => self.earn(owner, moved),
            _ => self.roll(owner, moved),
        }
    }

    fn earn(
        &self,
        owner: &AccountHolder,
        moved: &[MovementRow],
    ) -> Result<Option<(Commit, Fen)>, Error> {
        let (from, until) = self.span;
        let mut earned = Vec::new();
        for kind in OWN {
            let Some(row) = owner.accounts.iter().find(|row| row.kind == kind.word()) else {
                continue;
            };
            let of_purse = moved.iter().filter(|one| one.kind == row.kind);
            let since: Fen = of_purse.clone().map(|one| one.delta).sum();
            let facts = InterestFacts {
                purse: kind,
                from,
                opening: row.balance - since,
                moved: of_purse
                    .map(|one| Moved {
                        on: one.moved_at.date(),
                        delta: one.delta,
                    })
                    .collect(),
            };
            earned.push(interest(&facts, until, self.law)?);
        }
        let amount: Fen = earned.iter().map(|one| one.amount).sum();
        if amount <= Fen::ZERO {
            return Ok(None);
        }
        let number = owner.person.person_no.as_str();
        let paying = earned.iter().filter(|one| !one.amount.is_zero());
        let changes = paying.map(|one| AccountChange {
            read: purse(&owner.accounts, number, one.purse),
            delta: one.amount,
        });
        let (changes, event_id) = (changes.collect(), self.app.numbers.named("A"));
        let posting = bookkeeping::AccountPosting {
            batch: &event_id,
            owner: number,
            on: self.at.date(),
            amount,
        };
        let batch = bookkeeping::earned(&posting).map_err(broken)?;
        let saved = SavedYear {
            until,
            earned: &earned,
            rolled_over: Fen::ZERO,
        };
        let happening = self.happening(owner, (&event_id, amount), &saved);
        let commit = happening.commit(self.app, changes, Some(batch))?;
        Ok(Some((commit, amount)))
    }

    /// What lay on the current year's purse when the year ended, interest included, becomes
    /// historic; what came or went since stays as it is.
    fn roll(
        &self,
        owner: &AccountHolder,
        moved: &[MovementRow],
    ) -> Result<Option<(Commit, Fen)>, Error> {
        let until = self.span.1;
        let number = owner.person.person_no.as_str();
        let current = purse(&owner.accounts, number, AccountKind::CurrentYear);
        let historic = purse(&owner.accounts, number, AccountKind::Historic);
        let later = moved.iter().filter(|one| {
            one.kind == current.kind && one.moved_at.date() > until && one.source != INTEREST
        });
        let since: Fen = later.map(|one| one.delta).sum();
        let at_end = (current.balance - since).min(current.balance);
        let amount = roll_over(at_end, historic.balance).from_current;
        if amount.is_zero() {
            return Ok(None);
        }
        let event_id = self.app.numbers.named("A");
        let saved = SavedYear {
            until,
            earned: &[],
            rolled_over: amount,
        };
        let changes = vec![
            AccountChange {
                read: current,
                delta: -amount,
            },
            AccountChange {
                read: historic,
                delta: amount,
            },
        ];
        // One owner's purses are one account of the ledger: nothing is owed more or less.
        let happening = self.happening(owner, (&event_id, amount), &saved);
        let commit = happening.commit(self.app, changes, None)?;
        Ok(Some((commit, amount)))
    }

    fn happening<'h, 'd>(
        &'h self,
        owner: &'h AccountHolder,
        (event_id, amount): (&'h str, Fen),
        detail: &'h SavedYear<'d>,
    ) -> Happening<'h, SavedYear<'d>> {
        Happening {
            area: self.area,
            person_no: &owner.person.person_no,
            version: owner.version,
            kind: self.kind,
            occasion: &self.period,
            event_id,
            amount,
            at: self.at,
            by: self.by,
            detail,
        }
    }
}
