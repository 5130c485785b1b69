use enrolment::PersonFacts;
use enrolment::account::{Credit, CreditFacts, Paid, credit, unpaid};
use jiff::civil::DateTime;
use money::Fen;
use policy::{FeeMonth, SchemePolicy};
use serde::Serialize;
use store::{AccountChange, AccountHolder, Answer, Commit, CoverageRow};
use terms::{AccountKind, AreaCode, Category, CoverState, Scheme, Sex};

use super::event::{Happening, broken, purse};
use super::run::{CHUNK, Run, RunDone, together};
use crate::facts::{person_detail, spans, word};
use crate::perform::ATTEMPTS;
use crate::{App, Error};

/// The kind of event; a person has one for every fee month.
const CREDIT: &str = "credit";

/// What is kept of a credit (划入留存).
#[derive(Serialize)]
struct SavedCredit<'a> {
    base: Option<Fen>,
    pension: Option<Fen>,
    paid: Paid,
    credit: &'a Credit,
}

/// What a month means for one person.
enum Decision {
    Credit(Box<Commit>, Fen),
    Nothing,
    Problem(String),
}

/// What everybody's credit of a month is decided by.
struct Month<'a> {
    app: &'a App,
    area: AreaCode,
    law: &'a SchemePolicy,
    month: FeeMonth,
    at: DateTime,
    by: &'a str,
}

impl App {
    /// Credits a fee month to everybody with cover of the employee scheme (按月划入).
    ///
    /// A person is credited once for a month, however often this runs: whoever was left out
    /// because the month was not paid or a fact was missing is looked at again. Broken off, it
    /// goes on where it was. `progress` is told how many people were looked at.
    ///
    /// # Errors
    /// A refusal where the area has no employee scheme, and [`Error::Fault`] if the store fails.
    pub async fn credit_accounts(
        &self,
        area: AreaCode,
        month: FeeMonth,
        by: &str,
        progress: &(dyn Fn(i64) + Sync),
    ) -> Result<RunDone, Error> {
        let law = self.law.scheme(area, Scheme::Employee)?;
        let this = Month {
            app: self,
            area,
            law,
            month,
            at: self.clock.now(),
            by,
        };
        let mut run = Run::begin(self, area, CREDIT, &month.to_string(), by).await?;
        loop {
            let holders = this.holders(&run.after, CHUNK).await?;
            let Some(last) = holders.last() else { break };
            let last = last.person.person_no.clone();
            this.credit_all(holders, &mut run).await?;
            run.after = last;
            run.note(self, area, false).await?;
            progress(run.done.persons);
        }
        run.note(self, area, true).await?;
        Ok(run.done)
    }
}

impl Month<'_> {
    async fn holders(&self, after: &str, limit: usize) -> Result<Vec<AccountHolder>, Error> {
        let (first, last) = (self.month.first_day(), self.month.last_day());
        let occasion = self.month.to_string();
        let found = self.app.store.account_holders(
            self.area,
            Scheme::Employee.word(),
            (first, last),
            (CREDIT, &occasion),
            (after, limit),
        );
        Ok(found.await?)
    }

    /// Decides on a chunk and records it; who was changed by somebody else meanwhile is read again.
    async fn credit_all(&self, holders: Vec<AccountHolder>, run: &mut Run) -> Result<(), Error> {
        run.done.persons += i64::try_from(holders.len()).unwrap_or(0);
        let (after, count) = (run.after.clone(), holders.len());
        let mut waiting = holders;
        for _ in 0..ATTEMPTS {
            let mut commits = Vec::new();
            for holder in waiting.iter().filter(|holder| !holder.done) {
                let number = holder.person.person_no.as_str();
                match self.decide(holder)? {
                    Decision::Credit(commit, amount) => {
                        commits.push((number.to_owned(), *commit, amount));
                    }
                    Decision::Nothing => run.done.skipped += 1,
                    Decision::Problem(reason) => run.done.problem(reason, number),
                }
            }
            run.done.skipped += waiting.iter().filter(|holder| holder.done).count() as i64;
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
            waiting = self.holders(&after, count).await?;
            waiting.retain(|holder| again.contains(&holder.person.person_no));
        }
        Err(Error::Busy)
    }

    fn decide(&self, holder: &AccountHolder) -> Result<Decision, Error> {
        let first = self.month.first_day();
        let last = self.month.last_day();
        let in_month = |row: &&CoverageRow| {
            spans(row.starts_on, row.ends_on, first) || (first..=last).contains(&row.starts_on)
        };
        let Some(cover) = holder.coverage.iter().rfind(in_month) else {
            return Ok(Decision::Nothing);
        };
        if holder.person.death.is_some_and(|day| day < first) {
            return Ok(Decision::Nothing);
        }
        let state: CoverState = word(&cover.state)?;
        if matches!(state, CoverState::Suspended | CoverState::Ended) {
            return Ok(Decision::Nothing);
        }
        let facts = self.facts(holder, cover)?;
        let credit = match credit(&facts, self.law) {
            Ok(credit) => credit,
            Err(refusal) => return Ok(Decision::Problem(refusal.to_string())),
        };
        if credit.postponed {
            let reason = format!("{}，缴清后补划", facts.paid.zh());
            return Ok(Decision::Problem(reason));
        }
        if credit.amount.is_zero() {
            return Ok(Decision::Nothing);
        }
        let amount = credit.amount;
        let commit = self.commit(holder, &facts, &credit)?;
        Ok(Decision::Credit(Box::new(commit), amount))
    }

    fn facts(&self, holder: &AccountHolder, cover: &CoverageRow) -> Result<CreditFacts, Error> {
        let (person, first) = (&holder.person, self.month.first_day());
        let detail = person_detail(&person.marks)?;
        let identities = detail.identities.iter();
        let facts = PersonFacts {
            category: word(&cover.category)?,
            identities: identities
                .filter(|span| spans(span.from, span.to, first))
                .map(|span| span.word.clone())
                .collect(),
            marks: detail.marks,
            sex: person.sex.parse::<Sex>().ok(),
            birth: Some(person.birth),
            enrolled_years: 0,
            county: person.county,
        };
        let noted = holder.noted.as_ref();
        // An assessment says whether it was paid; a base noted by hand comes with the payment.
        let paid = match (facts.category, holder.assessed_base) {
            (Category::Retired, _) => Paid::NothingOwed,
            (_, Some(_)) if !holder.paid => unpaid(&facts, self.month, self.law),
            _ => Paid::Paid,
        };
        Ok(CreditFacts {
            person: facts,
            month: self.month,
            base: holder.assessed_base.or(noted.and_then(|row| row.base)),
            pension: noted.and_then(|row| row.pension),
            paid,
        })
    }

    fn commit(
        &self,
        holder: &AccountHolder,
        facts: &CreditFacts,
        credit: &Credit,
    ) -> Result<Commit, Error> {
        let owner = holder.person.person_no.as_str();
        let event_id = self.app.numbers.named("A");
        // Money of an earlier year joins what was rolled over.
        let kind = match self.month.year() < self.at.year() {
            true => AccountKind::Historic,
            false => AccountKind::CurrentYear,
        };
        let change = AccountChange {
            read: purse(&holder.accounts, owner, kind),
            delta: credit.amount,
        };
        let posting = bookkeeping::AccountPosting {
            batch: &event_id,
            owner,
            on: self.at.date(),
            amount: credit.amount,
        };
        let batch = bookkeeping::credited(&posting).map_err(broken)?;
        Happening {
            area: self.area,
            person_no: owner,
            version: holder.version,
            kind: CREDIT,
            occasion: &self.month.to_string(),
            event_id: &event_id,
            amount: credit.amount,
            at: self.at,
            by: self.by,
            detail: &SavedCredit {
                base: facts.base,
                pension: facts.pension,
                paid: facts.paid,
                credit,
            },
        }
        .commit(self.app, vec![change], Some(batch))
    }
}
