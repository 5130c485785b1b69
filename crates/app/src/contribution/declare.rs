use money::Fen;
use policy::FeeMonth;
use store::{Answer, ContributionCommit, EmployerRow, StaffRow, WageRow};

use crate::register::Actor;
use crate::{App, Error};

/// No real monthly wage is larger.
const LARGEST_WAGE: Fen = Fen::yuan(10_000_000);

/// A declared wage that cannot be taken, and why (申报问题).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageIssue {
    /// 人员编号.
    pub person_no: String,
    /// 中文 sentence naming field and value.
    pub message: String,
}

impl App {
    /// Enters employers and their lists of staff, or changes them (单位登记).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn put_employers(
        &self,
        actor: &Actor,
        employers: Vec<EmployerRow>,
        staff: Vec<StaffRow>,
    ) -> Result<(), Error> {
        let mut commit = ContributionCommit::new(actor.area);
        commit.access = Some((
            String::new(),
            actor.access(self, "put_employers", "", "done"),
        ));
        (commit.employers, commit.staff) = (employers, staff);
        self.store.record_contributions(&commit).await?;
        Ok(())
    }

    /// Declares wages of an employer's staff from a month on; all of them or none (工资申报).
    ///
    /// A declaration never changes an earlier one: of several for one month the latest counts, and
    /// what was believed before stays readable.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown employer.
    pub async fn declare_wages(
        &self,
        actor: &Actor,
        employer: &str,
        from: FeeMonth,
        wages: &[(String, Fen)],
    ) -> Result<Result<usize, Vec<WageIssue>>, Error> {
        let found = self.store.employer(actor.area, employer).await?;
        found.ok_or_else(|| Error::missing("参保单位", employer))?;
        let staff = self.store.staff(actor.area, employer).await?;
        let issues = issues(&staff, from, wages);
        if !issues.is_empty() {
            return Ok(Err(issues));
        }
        let mut commit = ContributionCommit::new(actor.area);
        commit.wages = wages
            .iter()
            .map(|(person_no, wage)| WageRow {
                employer: employer.to_owned(),
                person_no: person_no.clone(),
                from_month: from.to_string(),
                declared_at: actor.at,
                wage: *wage,
                declared_by: actor.name.clone(),
                source: actor.source.clone(),
            })
            .collect();
        let access = actor.access(self, "declare_wages", employer, "done");
        commit.access = Some((String::new(), access));
        match self.store.record_contributions(&commit).await? {
            Answer::Done => Ok(Ok(wages.len())),
            _ => Err(Error::Busy),
        }
    }
}

fn issues(staff: &[StaffRow], from: FeeMonth, wages: &[(String, Fen)]) -> Vec<WageIssue> {
    let mut issues = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let on_list = |person: &str| {
        let mut rows = staff.iter().filter(|row| row.person_no == person);
        rows.any(|row| row.ends_on.is_none_or(|last| from.first_day() <= last))
    };
    for (person_no, wage) in wages {
        let message = if !seen.insert(person_no) {
            "同一人申报了两次".to_owned()
        } else if wage.is_negative() || *wage > LARGEST_WAGE {
            format!("月工资{wage}元为负或过大")
        } else if !on_list(person_no) {
            format!("{from}不在本单位在册职工之列")
        } else {
            continue;
        };
        issues.push(WageIssue {
            person_no: person_no.clone(),
            message,
        });
    }
    issues
}
