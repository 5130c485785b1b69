use ::store::{
    Answer, ContributionCommit, DueFilter, DueRow, EmployerMonthRow, EmployerRow, MonthLineRow,
    MonthPaid, StaffFacts,
};
use bookkeeping::Levied;
use enrolment::contribution::{Both, ContributionFacts, assess};
use money::Fen;
use policy::{FeeMonth, SchemePolicy};
use serde::{Deserialize, Serialize};
use terms::Scheme;

use super::facts::{of_employer, of_staff};
use super::post::{Document, posted};
use super::saved::to_text;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// Employers in one transaction: few enough that others wait a moment only.
const EMPLOYERS: usize = 40;

/// What a run of assessments did (核定结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthDone {
    /// Employers looked at.
    pub employers: u64,
    /// Employers whose assessment stayed as it was.
    pub unchanged: u64,
    /// People assessed.
    pub persons: u64,
    /// 单位应缴.
    pub employer_part: Fen,
    /// 个人应缴.
    pub person_part: Fen,
    /// People who could not be assessed.
    pub problems: u64,
}

/// Somebody who could not be assessed, and why (未核定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthProblem {
    /// 人员编号.
    pub person_no: String,
    /// 中文 sentence.
    pub message: String,
}

/// An employer's month while it is being assessed.
struct Assessed {
    row: EmployerMonthRow,
    lines: Vec<MonthLineRow>,
    problems: u64,
}

impl App {
    /// Assesses a month of one employer, or of every employer of the area (月核定).
    ///
    /// Assessing again writes a new version only where something came out differently, and books
    /// the difference. People who cannot be assessed are listed and do not hold up the others.
    /// `progress` is told how many employers are done.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown employer; a fault of the store, employers done before are
    /// kept.
    pub async fn assess_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        employer: Option<&str>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<MonthDone, Error> {
        let mut done = MonthDone::default();
        if let Some(number) = employer {
            let found = self.store.employer(actor.area, number).await?;
            let found = found.ok_or_else(|| Error::missing("参保单位", number))?;
            self.assess_some(actor, month, &[found], &mut done).await?;
            return Ok(done);
        }
        let mut after = String::new();
        loop {
            let page = self
                .store
                .search_employers(actor.area, "", &after, EMPLOYERS)
                .await?;
            let Some(last) = page.last() else {
                return Ok(done);
            };
            after.clone_from(&last.employer);
            self.assess_some(actor, month, &page, &mut done).await?;
            progress(done.employers);
        }
    }

    async fn assess_some(
        &self,
        actor: &Actor,
        month: FeeMonth,
        employers: &[EmployerRow],
        done: &mut MonthDone,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let mut now = done.clone();
            let commit = self.assessed(actor, month, employers, &mut now).await?;
            if commit.months.is_empty()
                || self.store.record_contributions(&commit).await? == Answer::Done
            {
                *done = now;
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// The commit of some employers' month; it holds only what changes.
    async fn assessed(
        &self,
        actor: &Actor,
        month: FeeMonth,
        employers: &[EmployerRow],
        done: &mut MonthDone,
    ) -> Result<ContributionCommit, Error> {
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let numbers: Vec<String> = employers.iter().map(|one| one.employer.clone()).collect();
        let versions = self
            .store
            .contribution_versions(actor.area, &numbers)
            .await?;
        let filter = DueFilter {
            owners: numbers.clone(),
            period: Some(month.to_string()),
            ..DueFilter::default()
        };
        let dues = self.store.contribution_dues(actor.area, &filter).await?;
        let text = month.to_string();
        let days = (text.as_str(), month.first_day(), month.last_day());
        let staff = self.store.staff_facts(actor.area, &numbers, days).await?;
        let mut commit = ContributionCommit::new(actor.area);
        let access = actor.access(self, "assess_month", &text, "done");
        commit.access = Some((String::new(), access));
        for (employer, version) in employers.iter().zip(versions) {
            let own: Vec<&StaffFacts> = of(&staff, &employer.employer).collect();
            let before = dues.iter().find(|due| due.owner == employer.employer);
            done.employers += 1;
            if own.is_empty() && before.is_none() {
                continue;
            }
            let mut assessed = self.employer_month(actor, month, employer, &own, law)?;
            assessed.row.version = before.map_or(1, |due| due.version + 1);
            done.add(&assessed);
            if let Some(before) = before
                && self.stands(actor, before, &assessed).await?
            {
                done.unchanged += 1;
                continue;
            }
            commit.owners.push(version);
            add(&mut commit, assessed, before, actor)?;
        }
        Ok(commit)
    }

    fn employer_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        employer: &EmployerRow,
        staff: &[&StaffFacts],
        law: &SchemePolicy,
    ) -> Result<Assessed, Error> {
        let (facts, days) = (
            of_employer(employer)?,
            (month.first_day(), month.last_day()),
        );
        let mut row = EmployerMonthRow {
            employer: employer.employer.clone(),
            month: month.to_string(),
            version: 1,
            persons: 0,
            base: Fen::ZERO,
            employer_part: Fen::ZERO,
            person_part: Fen::ZERO,
            due_on: None,
            problems: String::new(),
            edition: self.law.book.edition.to_string(),
            assessed_at: actor.at,
            assessed_by: actor.name.clone(),
        };
        let (mut lines, mut problems) = (Vec::with_capacity(staff.len()), Vec::new());
        for one in staff {
            let asked = of_staff(one, &facts, days).map(|person| ContributionFacts {
                person,
                wage: one.wage,
                step: None,
            });
            let owed = asked.and_then(|facts| Ok(assess(&facts, month, law)?));
            match owed {
                Ok(owed) => {
                    row.due_on = row.due_on.or(owed.due);
                    lines.push(line(&row, one, &owed)?);
                    let line = &lines[lines.len() - 1];
                    row.base += line.base;
                    row.employer_part += line.employer_part;
                    row.person_part += line.person_part;
                }
                Err(Error::Refused { message, .. }) => problems.push(MonthProblem {
                    person_no: one.person_no.clone(),
                    message,
                }),
                Err(other) => return Err(other),
            }
        }
        row.persons = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let text = serde_json::to_string(&problems);
        row.problems = text.map_err(|cause| Error::Bug(format!("problems: {cause}")))?;
        let problems = u64::try_from(problems.len()).unwrap_or(u64::MAX);
        Ok(Assessed {
            row,
            lines,
            problems,
        })
    }

    /// Whether the last version says the same of everybody.
    async fn stands(&self, actor: &Actor, before: &DueRow, now: &Assessed) -> Result<bool, Error> {
        let same = before.owed_employer == now.row.employer_part
            && before.owed_person == now.row.person_part
            && before.due_on == now.row.due_on;
        if !same {
            return Ok(false);
        }
        let at = (before.period.as_str(), before.version);
        let lines = self
            .store
            .month_lines(actor.area, &before.owner, at)
            .await?;
        let equal = |(one, other): (&MonthLineRow, &MonthLineRow)| {
            one.person_no == other.person_no
                && (one.wage, one.base) == (other.wage, other.base)
                && (one.employer_part, one.person_part) == (other.employer_part, other.person_part)
        };
        Ok(lines.len() == now.lines.len() && lines.iter().zip(&now.lines).all(equal))
    }
}

/// The staff of one employer; they come in order of employer.
fn of<'a>(staff: &'a [StaffFacts], employer: &'a str) -> impl Iterator<Item = &'a StaffFacts> {
    let first = staff.partition_point(|one| one.employer.as_str() < employer);
    staff[first..]
        .iter()
        .take_while(move |one| one.employer == employer)
}

fn line(
    row: &EmployerMonthRow,
    staff: &StaffFacts,
    owed: &enrolment::contribution::Assessment,
) -> Result<MonthLineRow, Error> {
    Ok(MonthLineRow {
        employer: row.employer.clone(),
        month: row.month.clone(),
        version: 1,
        person_no: staff.person_no.clone(),
        wage: staff.wage.unwrap_or(Fen::ZERO),
        base: owed.base.unwrap_or(Fen::ZERO),
        employer_part: owed.employer,
        person_part: owed.person,
        trace: to_text(&owed.trace)?,
    })
}

/// Adds a month with what it changes in the books.
fn add(
    commit: &mut ContributionCommit,
    assessed: Assessed,
    before: Option<&DueRow>,
    actor: &Actor,
) -> Result<(), Error> {
    let Assessed { row, mut lines, .. } = assessed;
    lines.iter_mut().for_each(|line| line.version = row.version);
    let owed = Both {
        employer: row.employer_part,
        person: row.person_part,
    };
    let (known, paid) = before.map_or((Both::NONE, Both::NONE), |due| {
        (super::plan::owed_of(due), super::plan::paid_of(due))
    });
    let number = format!("HD{}-{}-{}", row.employer, row.month, row.version);
    let document = Document {
        batch: &number,
        reference: &number,
        owner: &row.employer,
        on: actor.at.date(),
    };
    let levy = document.levy(Levied::Employee, owed.minus(known));
    if let Some(batch) = posted(bookkeeping::assessed(&levy))? {
        commit.ledger.push((row.employer.clone(), batch));
    }
    let complete = paid.employer >= owed.employer && paid.person >= owed.person;
    if complete && !paid.is_none() {
        commit.paid_months.push(MonthPaid {
            employer: row.employer.clone(),
            month: row.month.clone(),
            version: row.version,
            paid_on: actor.at.date(),
            noted_at: actor.at,
        });
    }
    commit.months.push(row);
    commit.month_lines.append(&mut lines);
    Ok(())
}

impl MonthDone {
    fn add(&mut self, assessed: &Assessed) {
        self.persons += u64::try_from(assessed.row.persons).unwrap_or(0);
        self.employer_part += assessed.row.employer_part;
        self.person_part += assessed.row.person_part;
        self.problems += assessed.problems;
    }
}
