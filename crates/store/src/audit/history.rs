use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use money::Fen;
use terms::AreaCode;

use super::read::{OWNERS, list_of};
use crate::cell::Record;
use crate::engine::Select;
use crate::rows::{CoverageRow, LineRow, PersonRow, RecognitionRow, RegistrationRow, VisitRow};
use crate::table::{Kind, Table};
use crate::tables::{person, visit};
use crate::{Fault, Store};

/// Days before the first settlement wanted on which a line of it may have been charged: a stay is
/// settled at least once a year.
const CHARGED_BEFORE: i64 = 400;

/// A bill that stands, as the audit needs it (结算单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditBill {
    /// 结算编号.
    pub settlement: String,
    /// The visit it settles.
    pub visit: String,
    /// When it was settled.
    pub settled_at: DateTime,
    /// What the funds paid of it.
    pub fund: Fen,
}

/// A visit with what was charged in it (就诊与明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVisit {
    /// The visit.
    pub visit: VisitRow,
    /// Its bills that stand, by number.
    pub bills: Vec<AuditBill>,
    /// The lines of these bills, and those not yet settled where they are asked for.
    pub lines: Vec<LineRow>,
}

/// Everything the audit reads of one person (审核所需的人员记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// The person.
    pub person: PersonRow,
    /// The version of the record.
    pub version: i64,
    /// Cover.
    pub coverage: Vec<CoverageRow>,
    /// Recognised diseases and drugs.
    pub recognitions: Vec<RecognitionRow>,
    /// Registrations.
    pub registrations: Vec<RegistrationRow>,
    /// Visits, by number.
    pub visits: Vec<AuditVisit>,
}

/// Which bills of a person are wanted (审核范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditWindow {
    /// Settled on or after this day.
    pub from: Date,
    /// Settled on or before this day.
    pub to: Date,
    /// Whether lines that are not yet settled come along, with their visits.
    pub unsettled: bool,
}

/// Rows of several people, by person.
type ByPerson<T> = BTreeMap<String, Vec<T>>;

impl Store {
    /// What the audit reads of these people, by number; the unknown are left out.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_records(
        &self,
        area: AreaCode,
        people: &[String],
        window: AuditWindow,
    ) -> Result<Vec<AuditRecord>, Fault> {
        let mut found = Vec::with_capacity(people.len());
        for some in people.chunks(OWNERS) {
            found.extend(self.records_of(area, some, window).await?);
        }
        Ok(found)
    }

    async fn records_of(
        &self,
        area: AreaCode,
        people: &[String],
        window: AuditWindow,
    ) -> Result<Vec<AuditRecord>, Fault> {
        let table = &person::PERSONS;
        let persons = self.owned(area, people, table, person::take).await?;
        let version = |record: &mut Record| {
            record.skip(2);
            record.int()
        };
        let versions = self.owned(area, people, &person::HEADS, version).await?;
        let table = &person::COVERAGE;
        let mut coverage = self
            .owned(area, people, table, person::take_coverage)
            .await?;
        let (table, take) = (&person::RECOGNITIONS, person::take_recognition);
        let mut recognitions = self.owned(area, people, table, take).await?;
        let (table, take) = (&person::REGISTRATIONS, person::take_registration);
        let mut registrations = self.owned(area, people, table, take).await?;
        let mut visits = self.charged_visits(area, people, window).await?;
        let record = |(number, mut rows): (String, Vec<PersonRow>)| {
            let mut own: Vec<AuditVisit> = visits.remove(&number).unwrap_or_default();
            own.sort_by(|a, b| a.visit.visit_id.cmp(&b.visit.visit_id));
            Some(AuditRecord {
                person: rows.pop()?,
                version: versions.get(&number).map_or(0, |rows| rows[0]),
                coverage: coverage.remove(&number).unwrap_or_default(),
                recognitions: recognitions.remove(&number).unwrap_or_default(),
                registrations: registrations.remove(&number).unwrap_or_default(),
                visits: own,
            })
        };
        Ok(persons.into_iter().filter_map(record).collect())
    }

    /// Visits that have a line wanted, with their bills and lines.
    async fn charged_visits(
        &self,
        area: AreaCode,
        people: &[String],
        window: AuditWindow,
    ) -> Result<ByPerson<AuditVisit>, Fault> {
        let mut bills = self.standing_bills(area, people, window).await?;
        let mut lines = self.charged_lines(area, people, window).await?;
        let rows = self
            .owned(area, people, &visit::VISITS, visit::take)
            .await?;
        let mut found: ByPerson<AuditVisit> = BTreeMap::new();
        for (number, rows) in rows {
            let mut of_visit: ByPerson<AuditBill> = BTreeMap::new();
            for bill in bills.remove(&number).unwrap_or_default() {
                of_visit.entry(bill.visit.clone()).or_default().push(bill);
            }
            let mut of_lines: ByPerson<LineRow> = BTreeMap::new();
            for line in lines.remove(&number).unwrap_or_default() {
                of_lines
                    .entry(line.visit_id.clone())
                    .or_default()
                    .push(line);
            }
            let visits = rows.into_iter().filter_map(|(_, visit)| {
                let bills = of_visit.remove(&visit.visit_id).unwrap_or_default();
                let lines = of_lines.remove(&visit.visit_id).unwrap_or_default();
                charged(visit, bills, lines)
            });
            found.insert(number, visits.collect());
        }
        Ok(found)
    }

    async fn standing_bills(
        &self,
        area: AreaCode,
        people: &[String],
        window: AuditWindow,
    ) -> Result<ByPerson<AuditBill>, Fault> {
        let (list, mut cells) = list_of(area, people);
        let time = |place| self.engine.dialect().parameter(place, Kind::Time);
        let next = people.len() + 2;
        cells.time(window.from.at(0, 0, 0, 0));
        let after = window.to.tomorrow().unwrap_or(window.to);
        cells.time(after.at(0, 0, 0, 0));
        let settled_at = self.engine.dialect().column("settled_at", Kind::Time);
        let sql = format!(
            "SELECT person_no, settlement_id, visit_id, {settled_at}, fund_fen FROM settlements \
             WHERE area = $1 AND person_no IN ({list}) AND original_id = '' AND reversed_by = '' \
             AND settled_at >= {} AND settled_at < {} ORDER BY person_no, settlement_id",
            time(next),
            time(next + 1)
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Time, Kind::Int];
        let rows = self.engine.query(sql, &kinds, cells).await;
        let rows = rows.map_err(|cause| Fault::database("read settlements", cause))?;
        let mut found: ByPerson<AuditBill> = BTreeMap::new();
        for mut row in rows {
            let owner = row.text()?;
            let bill = AuditBill {
                settlement: row.text()?,
                visit: row.text()?,
                settled_at: row.time()?,
                fund: row.fen()?,
            };
            found.entry(owner).or_default().push(bill);
        }
        Ok(found)
    }

    async fn charged_lines(
        &self,
        area: AreaCode,
        people: &[String],
        window: AuditWindow,
    ) -> Result<ByPerson<LineRow>, Fault> {
        let (list, mut cells) = list_of(area, people);
        let first = window.from.saturating_sub(CHARGED_BEFORE.days());
        cells.time(first.at(0, 0, 0, 0));
        let since = self
            .engine
            .dialect()
            .parameter(people.len() + 2, Kind::Time);
        let states = match window.unsettled {
            true => "('settled', 'live')",
            false => "('settled')",
        };
        let rest = format!(
            "WHERE area = $1 AND person_no IN ({list}) AND status IN {states} \
             AND charged_at >= {since} ORDER BY person_no, visit_id, line_no"
        );
        let table = &visit::LINES;
        let select = Select {
            table,
            rest: &rest,
            parameters: cells,
        };
        by_person(self.engine.select(select).await?, visit::take_line)
    }

    async fn owned<T>(
        &self,
        area: AreaCode,
        people: &[String],
        table: &'static Table,
        take: fn(&mut Record) -> Result<T, Fault>,
    ) -> Result<ByPerson<T>, Fault> {
        let (list, parameters) = list_of(area, people);
        let rest = format!("WHERE area = $1 AND person_no IN ({list})");
        let select = Select {
            table,
            rest: &rest,
            parameters,
        };
        by_person(self.engine.select(select).await?, take)
    }
}

/// A visit with these bills and their lines, or those not settled; nothing where nothing is left.
pub(super) fn charged(
    visit: VisitRow,
    bills: Vec<AuditBill>,
    mut lines: Vec<LineRow>,
) -> Option<AuditVisit> {
    let standing = |number: &String| bills.iter().any(|bill| bill.settlement == *number);
    lines.retain(|line| line.settlement_id.is_empty() || standing(&line.settlement_id));
    (!bills.is_empty() || !lines.is_empty()).then_some(AuditVisit {
        visit,
        bills,
        lines,
    })
}

/// Rows by their second column, which is the person.
fn by_person<T>(
    records: Vec<Record>,
    take: fn(&mut Record) -> Result<T, Fault>,
) -> Result<ByPerson<T>, Fault> {
    let mut found: ByPerson<T> = BTreeMap::new();
    for mut record in records {
        let owner = record.text_at(1)?;
        found.entry(owner).or_default().push(take(&mut record)?);
    }
    Ok(found)
}
