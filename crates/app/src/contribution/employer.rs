use ::store::{
    DueFilter, DueRow, EmployerMonthRow, EmployerRow, LateFeeRow, MonthLineRow, RefundRow,
    StaffRow, WageRow,
};
use policy::FeeMonth;

use super::Arrear;
use crate::office::Clerk;
use crate::{App, Error};

/// Everything about an employer's contributions (单位档案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerFile {
    /// The employer.
    pub employer: EmployerRow,
    /// 在册职工.
    pub staff: Vec<StaffRow>,
    /// Their names, by number, as far as the register has them.
    pub names: Vec<(String, String)>,
    /// Wages declared, oldest first by person.
    pub wages: Vec<WageRow>,
    /// Assessments, every version.
    pub months: Vec<EmployerMonthRow>,
    /// What is owed and paid by month.
    pub dues: Vec<DueRow>,
    /// What is overdue today.
    pub arrears: Vec<Arrear>,
    /// Late fees that came due.
    pub late_fees: Vec<LateFeeRow>,
    /// Refunds.
    pub refunds: Vec<RefundRow>,
}

impl App {
    /// Employers found by name or by a whole number, in order of number after `after` (单位查询).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn search_employers(
        &self,
        clerk: &Clerk,
        text: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<EmployerRow>, Error> {
        let found = self.store.search_employers(clerk.area, text, after, limit);
        Ok(found.await?)
    }

    /// Reads an employer's file and notes that its staff was read (单位档案).
    ///
    /// # Errors
    /// [`Error::Missing`] where no employer has the number.
    pub async fn read_employer(&self, clerk: &Clerk, number: &str) -> Result<EmployerFile, Error> {
        let area = clerk.area;
        let employer = self.store.employer(area, number).await?;
        let employer = employer.ok_or_else(|| Error::missing("参保单位", number))?;
        self.note(clerk, "", "read_employer", number).await?;
        let staff = self.store.staff(area, number).await?;
        let mut numbers: Vec<String> = staff.iter().map(|row| row.person_no.clone()).collect();
        numbers.dedup();
        let filter = DueFilter {
            owners: vec![number.to_owned()],
            ..DueFilter::default()
        };
        let today = self.clock.today();
        Ok(EmployerFile {
            names: self.store.names_of(area, &numbers).await?,
            staff,
            wages: self.store.wages(area, number).await?,
            months: self.store.employer_months(area, number).await?,
            dues: self.store.contribution_dues(area, &filter).await?,
            arrears: self.arrears(area, today, (Some(number), false)).await?,
            late_fees: self.store.late_fees(area, number).await?,
            refunds: self.store.refunds(area, number, 200).await?,
            employer,
        })
    }

    /// The latest assessment of an employer's month, by person with the names the register has
    /// (职工月核定); notes that it was read.
    ///
    /// # Errors
    /// [`Error::Missing`] where the month was never assessed.
    pub async fn read_month(
        &self,
        clerk: &Clerk,
        number: &str,
        month: FeeMonth,
    ) -> Result<Vec<(MonthLineRow, String)>, Error> {
        let (area, period) = (clerk.area, month.to_string());
        let filter = DueFilter {
            owners: vec![number.to_owned()],
            period: Some(period.clone()),
            ..DueFilter::default()
        };
        let dues = self.store.contribution_dues(area, &filter).await?;
        let due = dues
            .first()
            .ok_or_else(|| Error::missing("单位月核定", &*period))?;
        self.note(clerk, "", "read_employer_month", number).await?;
        let at = (period.as_str(), due.version);
        let lines = self.store.month_lines(area, number, at).await?;
        let numbers: Vec<String> = lines.iter().map(|line| line.person_no.clone()).collect();
        let names = self.store.names_of(area, &numbers).await?;
        let names: std::collections::HashMap<String, String> = names.into_iter().collect();
        let named = |line: MonthLineRow| {
            let name = names.get(&line.person_no).cloned().unwrap_or_default();
            (line, name)
        };
        Ok(lines.into_iter().map(named).collect())
    }

    /// Refunds of an owner, or of everybody where it is empty; newest first (退费清单).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_refunds(&self, clerk: &Clerk, owner: &str) -> Result<Vec<RefundRow>, Error> {
        Ok(self.store.refunds(clerk.area, owner, 500).await?)
    }
}
