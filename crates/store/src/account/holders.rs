use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::AccountBaseRow;
use super::rows::{BASES, EVENTS, take_base, take_event};
use crate::cell::Cells;
use crate::rows::{AccountRow, CoverageRow, MovementRow, PersonRow};
use crate::table::Kind;
use crate::tables::{accounts, person};
use crate::{Fault, Store};

/// The condition for rows of people in a range of numbers.
const WITHIN: &str = "WHERE area = $1 AND person_no >= $2 AND person_no <= $3";

/// Somebody with cover of a scheme in a span of days, as a run over accounts sees one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountHolder {
    /// The person.
    pub person: PersonRow,
    /// The person's version; a commit carries it.
    pub version: i64,
    /// Cover of the scheme.
    pub coverage: Vec<CoverageRow>,
    /// Purses.
    pub accounts: Vec<AccountRow>,
    /// The base of the employers' assessments of the month, where there is one.
    pub assessed_base: Option<Fen>,
    /// Whether the month is noted as paid.
    pub paid: bool,
    /// What is known of the base where no assessment says it: the latest row of the month.
    pub noted: Option<AccountBaseRow>,
    /// Whether the occasion asked about has happened.
    pub done: bool,
}

impl Store {
    /// The next people in order of number who have cover of a scheme on any day of a span, with
    /// what a credit of that month needs; `occasion` is what may have happened to them already.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_holders(
        &self,
        area: AreaCode,
        scheme: &str,
        (first, last): (Date, Date),
        (kind, occasion): (&str, &str),
        (after, limit): (&str, usize),
    ) -> Result<Vec<AccountHolder>, Fault> {
        let month = first.strftime("%Y-%m").to_string();
        let numbers = self
            .covered(area, scheme, (first, last), (after, limit))
            .await?;
        self.holders_of(area, &numbers, (scheme, &month), (kind, occasion))
            .await
    }

    /// The next people in order of number who have an account, with cover of a scheme.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_owners(
        &self,
        area: AreaCode,
        scheme: &str,
        (kind, occasion): (&str, &str),
        (after, limit): (&str, usize),
    ) -> Result<Vec<AccountHolder>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(after);
        let sql = format!(
            "SELECT DISTINCT person_no FROM accounts WHERE area = $1 AND person_no > $2 \
             ORDER BY person_no LIMIT {limit}"
        );
        let failed = |cause| Fault::database("find owners of accounts", cause);
        let rows = self.engine.query(sql, &[Kind::Text], cells).await;
        let numbers: Vec<String> = rows
            .map_err(failed)?
            .into_iter()
            .map(|mut row| row.text())
            .collect::<Result<_, _>>()?;
        self.holders_of(area, &numbers, (scheme, ""), (kind, occasion))
            .await
    }

    /// What moved on the purses of people in a range of numbers since the begin of a day, oldest
    /// first WITHIN a purse.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn movements_since(
        &self,
        area: AreaCode,
        (from, to): (&str, &str),
        since: Date,
    ) -> Result<Vec<MovementRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(from).text(to);
        cells.time(since.at(0, 0, 0, 0));
        let since = self.engine.dialect().parameter(4, Kind::Time);
        let rest = format!(
            "WHERE area = $1 AND person_no >= $2 AND person_no <= $3 AND moved_at >= {since} \
             ORDER BY person_no, kind, version"
        );
        self.of_account(&accounts::MOVEMENTS, &rest, cells, accounts::take_movement)
            .await
    }

    async fn holders_of(
        &self,
        area: AreaCode,
        numbers: &[String],
        (scheme, month): (&str, &str),
        (kind, occasion): (&str, &str),
    ) -> Result<Vec<AccountHolder>, Fault> {
        let (Some(from), Some(to)) = (numbers.first(), numbers.last()) else {
            return Ok(Vec::new());
        };
        let range = || {
            let mut cells = Cells::default();
            cells.area(area).text(from).text(to);
            cells
        };
        let mut holders: BTreeMap<String, AccountHolder> = BTreeMap::new();
        let wanted: std::collections::BTreeSet<&String> = numbers.iter().collect();
        for person in self
            .of_account(&person::PERSONS, WITHIN, range(), person::take)
            .await?
        {
            if wanted.contains(&person.person_no) {
                holders.insert(person.person_no.clone(), holder(person));
            }
        }
        self.cover_and_purses(area, scheme, (from, to), &mut holders)
            .await?;
        let mut parameters = range();
        parameters.text(month);
        let rest = format!("{WITHIN} AND from_month <= $4 ORDER BY person_no, from_month");
        let noted = self
            .of_account(&BASES, &rest, parameters, take_base)
            .await?;
        for row in noted {
            if let Some(one) = holders.get_mut(&row.person_no) {
                one.noted = Some(row);
            }
        }
        let mut parameters = range();
        parameters.text(kind).text(occasion);
        let rest = format!("{WITHIN} AND kind = $4 AND occasion = $5");
        for row in self
            .of_account(&EVENTS, &rest, parameters, take_event)
            .await?
        {
            if let Some(one) = holders.get_mut(&row.person_no) {
                one.done = true;
            }
        }
        self.assessments(area, month, (from, to), &mut holders)
            .await?;
        Ok(holders.into_values().collect())
    }

    /// Versions, cover of the scheme, and purses.
    async fn cover_and_purses(
        &self,
        area: AreaCode,
        scheme: &str,
        (from, to): (&String, &String),
        holders: &mut BTreeMap<String, AccountHolder>,
    ) -> Result<(), Fault> {
        let range = || {
            let mut cells = Cells::default();
            cells.area(area).text(from).text(to);
            cells
        };
        let heads = self
            .of_account(&person::HEADS, WITHIN, range(), |record| {
                let number = record.text_at(1)?;
                record.skip(2);
                Ok((number, record.int()?))
            })
            .await?;
        for (number, version) in heads {
            if let Some(one) = holders.get_mut(&number) {
                one.version = version;
            }
        }
        let coverage = self
            .of_account(&person::COVERAGE, WITHIN, range(), |record| {
                Ok((record.text_at(1)?, person::take_coverage(record)?))
            })
            .await?;
        for (number, row) in coverage {
            if let Some(one) = holders.get_mut(&number).filter(|_| row.scheme == scheme) {
                one.coverage.push(row);
            }
        }
        let purses = self
            .of_account(&accounts::ACCOUNTS, WITHIN, range(), accounts::take)
            .await?;
        for row in purses {
            if let Some(one) = holders.get_mut(&row.owner) {
                one.accounts.push(row);
            }
        }
        Ok(())
    }

    async fn covered(
        &self,
        area: AreaCode,
        scheme: &str,
        (first, last): (Date, Date),
        (after, limit): (&str, usize),
    ) -> Result<Vec<String>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).text(scheme).text(after);
        cells.date(first).date(last);
        let (from, to) = (
            dialect.parameter(4, Kind::Date),
            dialect.parameter(5, Kind::Date),
        );
        let sql = format!(
            "SELECT DISTINCT person_no FROM coverage_periods WHERE area = $1 AND scheme = $2 \
             AND person_no > $3 AND (ends_on IS NULL OR ends_on >= {from}) AND starts_on <= {to} \
             ORDER BY person_no LIMIT {limit}"
        );
        let failed = |cause| Fault::database("find people with accounts", cause);
        let rows = self
            .engine
            .query(sql, &[Kind::Text], cells)
            .await
            .map_err(failed)?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// Bases that employers were assessed on, and months noted as paid.
    async fn assessments(
        &self,
        area: AreaCode,
        month: &str,
        (from, to): (&String, &String),
        holders: &mut BTreeMap<String, AccountHolder>,
    ) -> Result<(), Fault> {
        let cells = || {
            let mut cells = Cells::default();
            cells.area(area).text(from).text(to).text(month);
            cells
        };
        let failed = |cause| Fault::database("read assessed bases", cause);
        let sql = "SELECT l.person_no, l.base_fen FROM employer_month_lines l \
                   WHERE l.area = $1 AND l.person_no >= $2 AND l.person_no <= $3 AND l.month = $4 \
                   AND l.version = (SELECT MAX(m.version) FROM employer_months m \
                   WHERE m.area = l.area AND m.employer = l.employer AND m.month = l.month)";
        let kinds = [Kind::Text, Kind::Int];
        let rows = self.engine.query(sql.to_owned(), &kinds, cells()).await;
        for mut row in rows.map_err(failed)? {
            let (number, base) = (row.text()?, row.fen()?);
            if let Some(one) = holders.get_mut(&number) {
                let before = one.assessed_base.unwrap_or(Fen::ZERO);
                one.assessed_base = Some(before + base);
            }
        }
        let sql = "SELECT person_no FROM paid_periods WHERE area = $1 AND person_no >= $2 \
                   AND person_no <= $3 AND period = $4 AND scheme = 'employee'";
        let rows = self
            .engine
            .query(sql.to_owned(), &[Kind::Text], cells())
            .await;
        for mut row in rows.map_err(failed)? {
            let number = row.text()?;
            if let Some(one) = holders.get_mut(&number) {
                one.paid = true;
            }
        }
        Ok(())
    }
}

fn holder(person: PersonRow) -> AccountHolder {
    AccountHolder {
        person,
        version: 0,
        coverage: Vec::new(),
        accounts: Vec::new(),
        assessed_base: None,
        paid: false,
        noted: None,
        done: false,
    }
}
