use enrolment::register::{Entry, Register, Standing};
use jiff::civil::DateTime;
use store::ReopenedRow;

use super::Actor;
use crate::office::Clerk;
use crate::{App, Error};

/// How many re-opened bills a list shows.
const SHOWN: usize = 500;

/// One line of a person's history (登记历史).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The entry.
    pub entry: Entry,
    /// What has become of it.
    pub standing: Standing,
}

/// Somebody of the same household (同户人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdMember {
    /// 人员编号.
    pub person_no: String,
    /// 姓名.
    pub name: String,
}

impl App {
    /// Every entry of a person's register, or what was believed at a moment, newest first.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number.
    pub async fn register_history(
        &self,
        clerk: &Clerk,
        person_no: &str,
        as_of: Option<DateTime>,
    ) -> Result<Vec<HistoryLine>, Error> {
        let record = self.person_record(clerk.area, person_no).await?;
        let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
        self.note(clerk, person_no, "read_register", "").await?;
        let register = match as_of {
            Some(at) => known_at(&record.register, at),
            None => record.register,
        };
        let lines = register.entries().iter().rev().map(|entry| HistoryLine {
            entry: entry.clone(),
            standing: register.standing_of(entry.number),
        });
        Ok(lines.collect())
    }

    /// The other people of a person's household.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn household(
        &self,
        clerk: &Clerk,
        person_no: &str,
        household: &str,
    ) -> Result<Vec<HouseholdMember>, Error> {
        if household.is_empty() {
            return Ok(Vec::new());
        }
        let key = ("household", household);
        let all = self.store.indexed_persons(clerk.area, key, "", 50).await?;
        let mut members = Vec::new();
        for person_no in all.into_iter().filter(|other| other != person_no) {
            let name = self.name_of(clerk, &person_no).await?;
            members.push(HouseholdMember { person_no, name });
        }
        Ok(members)
    }

    /// Bills that changes of the past would have decided otherwise (追溯差额清单).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn reopened_bills(
        &self,
        clerk: &Clerk,
        person_no: Option<&str>,
        state: Option<&str>,
    ) -> Result<Vec<ReopenedRow>, Error> {
        let rows = self
            .store
            .reopened_bills(clerk.area, person_no, state, SHOWN);
        Ok(rows.await?)
    }

    /// Records what is made of a re-opened bill: to be paid or recovered, or left as it is.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none, a refusal where it was decided before, or where the
    /// clerk entered the change that re-opened it.
    pub async fn decide_reopened(
        &self,
        clerk: &Clerk,
        (person_no, settlement, fact_no): (&str, &str, i64),
        accept: bool,
    ) -> Result<ReopenedRow, Error> {
        let all = self.reopened_bills(clerk, Some(person_no), None).await?;
        let this = |row: &ReopenedRow| row.settlement_id == settlement && row.fact_no == fact_no;
        let row = all.into_iter().find(this);
        let mut row = row.ok_or_else(|| Error::missing("追溯差额", settlement))?;
        let record = self.person_record(clerk.area, person_no).await?;
        let entries = record.iter().flat_map(|record| record.register.entries());
        let mut makers = entries.filter(|entry| entry.number == fact_no);
        if makers.any(|entry| entry.by == clerk.user) {
            return Err(Error::Denied(
                "追溯差额应由变更经办人以外的人复核".to_owned(),
            ));
        }
        let actor = Actor::clerk(self, clerk);
        row.state = if accept { "accepted" } else { "dismissed" }.to_owned();
        row.decided_by.clone_from(&clerk.user);
        row.decided_at = Some(actor.at);
        if !self.store.decide_reopened(clerk.area, &row).await? {
            let message = format!("结算“{settlement}”的追溯差额已经处理");
            return Err(Error::refused("already_decided", message));
        }
        self.note(clerk, person_no, "decide_reopened", settlement)
            .await?;
        Ok(row)
    }
}

/// The register as it was at a moment: later entries had not been made.
fn known_at(register: &Register, at: DateTime) -> Register {
    let known = register
        .entries()
        .iter()
        .filter(|entry| entry.recorded <= at);
    Register::new(known.cloned().collect())
}
