use std::collections::BTreeMap;

use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::rows::{
    BASES, EVENTS, PROPOSALS, RUNS, put_base, put_run, take_base, take_event, take_proposal,
    take_run,
};
use super::{AccountBaseRow, AccountEventRow, AccountProposalRow, AccountRunRow};
use crate::cell::{Cells, Record};
use crate::engine::Select;
use crate::rows::{AccountRow, CoverageRow, MovementRow, PersonRow};
use crate::table::{Insert, Kind, Table};
use crate::tables::{accounts, person};
use crate::{Fault, Store};

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

/// What an occasion did to all accounts of an area together (批量合计).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventTotals {
    /// How often.
    pub events: i64,
    /// How much.
    pub amount: Fen,
}

impl Store {
    async fn of_account<T>(
        &self,
        table: &'static Table,
        rest: &str,
        parameters: Cells<'_>,
        take: fn(&mut Record) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let select = Select {
            table,
            rest,
            parameters,
        };
        let rows = self.engine.select(select).await?;
        rows.into_iter().map(|mut row| take(&mut row)).collect()
    }

    /// Whether anybody has this number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn knows_person(&self, area: AreaCode, person_no: &str) -> Result<bool, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2";
        let found = self
            .of_account(&person::HEADS, rest, cells, |_| Ok(()))
            .await?;
        Ok(!found.is_empty())
    }

    /// The purses of one person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn accounts_of(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<AccountRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY kind";
        self.of_account(&accounts::ACCOUNTS, rest, cells, accounts::take)
            .await
    }

    /// Movements of a person's purses after a day's begin, oldest first within a purse.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_movements(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<MovementRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY kind, version";
        self.of_account(&accounts::MOVEMENTS, rest, cells, accounts::take_movement)
            .await
    }

    /// A page of a person's movements, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_movements_page(
        &self,
        area: AreaCode,
        person_no: &str,
        (skip, limit): (usize, usize),
    ) -> Result<Vec<MovementRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = format!(
            "WHERE area = $1 AND person_no = $2 ORDER BY moved_at DESC, kind, version DESC \
             LIMIT {limit} OFFSET {skip}"
        );
        self.of_account(&accounts::MOVEMENTS, &rest, cells, accounts::take_movement)
            .await
    }

    /// Grants by which others may use a person's account: the relative and the row.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn grants_given(
        &self,
        area: AreaCode,
        sponsor: &str,
    ) -> Result<Vec<(String, crate::FamilyRow)>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(sponsor);
        let rest = "WHERE area = $1 AND sponsor = $2 ORDER BY person_no";
        self.of_account(&person::FAMILY, rest, cells, |record| {
            let member = record.text_at(1)?;
            Ok((member, person::take_family(record)?))
        })
        .await
    }

    /// What happened to a person's account beside bills, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_events(
        &self,
        area: AreaCode,
        person_no: &str,
        limit: usize,
    ) -> Result<Vec<AccountEventRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = format!(
            "WHERE area = $1 AND person_no = $2 ORDER BY done_at DESC, event_id DESC LIMIT {limit}"
        );
        self.of_account(&EVENTS, &rest, cells, take_event).await
    }

    /// One event of a person, if it happened.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_event(
        &self,
        area: AreaCode,
        person_no: &str,
        (kind, occasion): (&str, &str),
    ) -> Result<Option<AccountEventRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no).text(kind).text(occasion);
        let rest = "WHERE area = $1 AND person_no = $2 AND kind = $3 AND occasion = $4";
        let mut rows = self.of_account(&EVENTS, rest, cells, take_event).await?;
        Ok(rows.pop())
    }

    /// What an occasion did to all accounts together.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_totals(
        &self,
        area: AreaCode,
        kind: &str,
        occasion: &str,
    ) -> Result<EventTotals, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(kind).text(occasion);
        let sql = "SELECT CAST(COUNT(*) AS bigint), CAST(COALESCE(SUM(amount_fen), 0) AS bigint) \
                   FROM account_events WHERE area = $1 AND kind = $2 AND occasion = $3";
        let failed = |cause| Fault::database("add up account events", cause);
        let rows = self
            .engine
            .query(sql.to_owned(), &[Kind::Int; 2], cells)
            .await
            .map_err(failed)?;
        let Some(mut row) = rows.into_iter().next() else {
            return Ok(EventTotals::default());
        };
        Ok(EventTotals {
            events: row.int()?,
            amount: row.fen()?,
        })
    }

    /// Proposals about a person's account, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_proposals(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<AccountProposalRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY proposal_id DESC";
        self.of_account(&PROPOSALS, rest, cells, take_proposal)
            .await
    }

    /// How far a run came, if it was begun.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn account_run(
        &self,
        area: AreaCode,
        kind: &str,
        period: &str,
    ) -> Result<Option<AccountRunRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(kind).text(period);
        let rest = "WHERE area = $1 AND kind = $2 AND period = $3";
        let mut rows = self.of_account(&RUNS, rest, cells, take_run).await?;
        Ok(rows.pop())
    }

    /// Notes how far a run came.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_account_run(&self, area: AreaCode, row: &AccountRunRow) -> Result<(), Fault> {
        const RUN: Insert = Insert::or(
            &RUNS,
            "ON CONFLICT (area, kind, period) DO UPDATE SET after_person = excluded.after_person, \
             persons = excluded.persons, moved = excluded.moved, \
             amount_fen = excluded.amount_fen, skipped = excluded.skipped, \
             problems = excluded.problems, ended_at = excluded.ended_at, \
             started_at = excluded.started_at, started_by = excluded.started_by",
        );
        let mut cells = Cells::default();
        put_run(&mut cells, area, row);
        self.put("note a run over accounts", RUN, cells).await
    }

    /// Notes bases and pensions; one noted before for the same month stands.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_account_bases(
        &self,
        area: AreaCode,
        rows: &[AccountBaseRow],
    ) -> Result<(), Fault> {
        const BASE: Insert = Insert::or(
            &BASES,
            "ON CONFLICT (area, person_no, from_month) DO NOTHING",
        );
        for some in rows.chunks(500) {
            let mut cells = Cells::default();
            some.iter().for_each(|row| put_base(&mut cells, area, row));
            self.put("note the bases of credits", BASE, cells).await?;
        }
        Ok(())
    }

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
    /// first within a purse.
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
        let within = "WHERE area = $1 AND person_no >= $2 AND person_no <= $3";
        let mut holders: BTreeMap<String, AccountHolder> = BTreeMap::new();
        let wanted: std::collections::BTreeSet<&String> = numbers.iter().collect();
        for person in self
            .of_account(&person::PERSONS, within, range(), person::take)
            .await?
        {
            if wanted.contains(&person.person_no) {
                holders.insert(person.person_no.clone(), holder(person));
            }
        }
        let heads = self
            .of_account(&person::HEADS, within, range(), |record| {
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
            .of_account(&person::COVERAGE, within, range(), |record| {
                Ok((record.text_at(1)?, person::take_coverage(record)?))
            })
            .await?;
        for (number, row) in coverage {
            if let Some(one) = holders.get_mut(&number).filter(|_| row.scheme == scheme) {
                one.coverage.push(row);
            }
        }
        let purses = self
            .of_account(&accounts::ACCOUNTS, within, range(), accounts::take)
            .await?;
        for row in purses {
            if let Some(one) = holders.get_mut(&row.owner) {
                one.accounts.push(row);
            }
        }
        let mut parameters = range();
        parameters.text(month);
        let rest = format!("{within} AND from_month <= $4 ORDER BY person_no, from_month");
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
        let rest = format!("{within} AND kind = $4 AND occasion = $5");
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
