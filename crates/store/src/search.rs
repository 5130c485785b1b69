//! What the console and the query transactions read: settlements, visits, lines, postings.

use jiff::civil::{Date, DateTime};
use terms::AreaCode;

use crate::cell::Cells;
use crate::conditions::Conditions;
use crate::rows::{
    AccessRow, CounterPostingRow, FundRow, LineRow, MovementRow, SettlementRow, VisitRow,
};
use crate::table::{Dialect, Kind};
use crate::tables::{access, accounts, bill, counters, visit};
use crate::{Fault, Store};

/// Whether settlements taken back, reversals, or neither are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettlementState {
    /// Settlements that stand.
    Standing,
    /// Settlements that were taken back.
    Reversed,
    /// The reversals themselves.
    Reversals,
}

/// Which settlements are wanted; every part narrows.
#[derive(Debug, Clone, Default)]
pub struct SettlementFilter {
    /// Settled at or after the beginning of this day.
    pub from: Option<Date>,
    /// Settled before the end of this day.
    pub to: Option<Date>,
    /// The institution.
    pub institution: Option<String>,
    /// The person.
    pub person_no: Option<String>,
    /// The visit.
    pub visit_id: Option<String>,
    /// The scheme.
    pub scheme: Option<String>,
    /// The care type.
    pub care_type: Option<String>,
    /// Standing, reversed, reversals.
    pub state: Option<SettlementState>,
    /// Part of the person's name, or a whole person, settlement or message number.
    pub text: Option<String>,
}

/// One page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; nothing on the last page.
    pub next: Option<(DateTime, String)>,
}

/// Midnight at the beginning of a day, or of the day after the last one there is.
fn midnight(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}

fn conditions<'a>(
    dialect: Dialect,
    area: AreaCode,
    filter: &'a SettlementFilter,
) -> Conditions<'a> {
    let mut found = Conditions::new(dialect, area);
    found.time("settled_at", ">=", filter.from.map(midnight));
    let end = filter
        .to
        .map(|day| day.tomorrow().unwrap_or(day))
        .map(midnight);
    found.time("settled_at", "<", end);
    found.equal("institution", filter.institution.as_ref());
    found.equal("person_no", filter.person_no.as_ref());
    found.equal("visit_id", filter.visit_id.as_ref());
    found.equal("scheme", filter.scheme.as_ref());
    found.equal("care_type", filter.care_type.as_ref());
    match filter.state {
        Some(SettlementState::Standing) => found.and("original_id = '' AND reversed_by = ''"),
        Some(SettlementState::Reversed) => found.and("reversed_by <> ''"),
        Some(SettlementState::Reversals) => found.and("original_id <> ''"),
        None => {}
    }
    if let Some(text) = filter.text.as_ref().filter(|text| !text.is_empty()) {
        let place = found.next(Kind::Text);
        let inside = match dialect {
            Dialect::Sqlite => format!("instr(person_name, {place}) > 0"),
            Dialect::Postgres => format!("strpos(person_name, {place}) > 0"),
        };
        found.and(&format!(
            "({inside} OR person_no = {place} OR settlement_id = {place} OR msgid = {place})"
        ));
        found.parameters.text(text);
    }
    found
}

impl Store {
    /// Settlements that pass the filter, newest first, without their funds.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_settlements(
        &self,
        area: AreaCode,
        filter: &SettlementFilter,
        after: Option<&(DateTime, String)>,
        limit: usize,
    ) -> Result<Page<SettlementRow>, Fault> {
        let mut found = conditions(self.engine.dialect(), area, filter);
        if let Some((at, id)) = after {
            let place = found.next(Kind::Time);
            found.parameters.time(*at);
            let number = found.next(Kind::Text);
            found.parameters.text(id);
            found.and(&format!(
                "(settled_at, settlement_id) < ({place}, {number})"
            ));
        }
        let rest = format!(
            "{} ORDER BY settled_at DESC, settlement_id DESC LIMIT {}",
            found.text,
            limit + 1
        );
        let mut rows = self
            .rows(&bill::SETTLEMENTS, &rest, found.parameters, bill::take)
            .await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| (row.settled_at, row.settlement_id.clone()));
        Ok(Page { rows, next })
    }

    /// How many settlements pass the filter, and their total and fund amounts in fen.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_settlements(
        &self,
        area: AreaCode,
        filter: &SettlementFilter,
    ) -> Result<(i64, i64, i64), Fault> {
        let found = conditions(self.engine.dialect(), area, filter);
        let sql = format!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(total_fen), 0) AS bigint), \
             CAST(COALESCE(SUM(fund_fen), 0) AS bigint) FROM settlements {}",
            found.text
        );
        let counted = self
            .engine
            .query(sql, &[Kind::Int; 3], found.parameters)
            .await;
        let rows = counted.map_err(|cause| Fault::database("count settlements", cause))?;
        let mut row = rows
            .into_iter()
            .next()
            .ok_or_else(|| Fault::found("count nothing"))?;
        Ok((row.int()?, row.int()?, row.int()?))
    }

    /// How many persons the area has.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_persons(&self, area: AreaCode) -> Result<i64, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let sql = "SELECT COUNT(*) FROM person_heads WHERE area = $1";
        let counted = self.engine.query(sql.into(), &[Kind::Int], cells).await;
        let rows = counted.map_err(|cause| Fault::database("count persons", cause))?;
        rows.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }

    /// One settlement with its funds; the person may be left open.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement(
        &self,
        area: AreaCode,
        person_no: Option<&str>,
        settlement_id: &str,
    ) -> Result<Option<SettlementRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(settlement_id);
        let mut rest = "WHERE area = $1 AND settlement_id = $2".to_owned();
        if let Some(person) = person_no {
            rest.push_str(" AND person_no = $3");
            parameters.text(person);
        }
        let mut rows = self
            .rows(&bill::SETTLEMENTS, &rest, parameters, bill::take)
            .await?;
        let Some(mut row) = rows.pop() else {
            return Ok(None);
        };
        row.funds = self.funds(area, &row.person_no, settlement_id).await?;
        Ok(Some(row))
    }

    async fn funds(&self, area: AreaCode, person: &str, id: &str) -> Result<Vec<FundRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person).text(id);
        let rest = "WHERE area = $1 AND person_no = $2 AND settlement_id = $3 ORDER BY fund";
        let rows = self
            .rows(&bill::FUNDS, rest, parameters, bill::take_fund)
            .await?;
        Ok(rows.into_iter().map(|(_, fund)| fund).collect())
    }

    /// What a settlement did to the person's counters, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement_postings(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement_id: &str,
    ) -> Result<Vec<CounterPostingRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no).text(settlement_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND settlement_id = $3 \
                    ORDER BY scheme, counter, period, subject";
        self.rows(
            &counters::POSTINGS,
            rest,
            parameters,
            counters::take_posting,
        )
        .await
    }

    /// What a settlement did to accounts: the person's own and relatives'.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement_movements(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement_id: &str,
    ) -> Result<Vec<MovementRow>, Fault> {
        let parameters = || {
            let mut parameters = Cells::default();
            parameters.area(area).text(person_no).text(settlement_id);
            parameters
        };
        let (table, take) = (&accounts::MOVEMENTS, accounts::take_movement);
        let own = "WHERE area = $1 AND person_no = $2 AND settlement_id = $3 ORDER BY kind";
        let mut rows = self.rows(table, own, parameters(), take).await?;
        rows.retain(|row| row.used_by == person_no);
        let relatives = "WHERE area = $1 AND used_by = $2 AND settlement_id = $3 \
                         AND used_by <> person_no ORDER BY person_no, kind";
        rows.append(&mut self.rows(table, relatives, parameters(), take).await?);
        Ok(rows)
    }

    /// The ledger batch that rests on a settlement, if any.
    ///
    /// # Errors
    /// [`Fault`] if the database fails or the stored transfers are no batch.
    pub async fn settlement_ledger(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement_id: &str,
    ) -> Result<Option<ledger::Batch>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no).text(settlement_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND reference = $3 \
                    ORDER BY batch_id, sequence";
        let rows = self
            .rows(&bill::TRANSFERS, rest, parameters, bill::take_transfer)
            .await?;
        Ok(ledger::Batch::from_transfers(rows).ok())
    }

    /// A visit of a person.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn visit(
        &self,
        area: AreaCode,
        person_no: &str,
        visit_id: &str,
    ) -> Result<Option<VisitRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no).text(visit_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND visit_id = $3";
        let visit = self
            .rows(&visit::VISITS, rest, parameters, visit::take)
            .await?
            .pop();
        Ok(visit.map(|(_, visit)| visit))
    }

    /// A person's visits begun in a period, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn person_visits(
        &self,
        area: AreaCode,
        person_no: &str,
        from: DateTime,
        to: DateTime,
    ) -> Result<Vec<VisitRow>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        let person = person_no.to_owned();
        found.equal("person_no", Some(&person));
        found.time("started_at", ">=", Some(from));
        found.time("started_at", "<=", Some(to));
        let rest = format!("{} ORDER BY started_at DESC, visit_id DESC", found.text);
        let rows = self
            .rows(&visit::VISITS, &rest, found.parameters, visit::take)
            .await?;
        Ok(rows.into_iter().map(|(_, visit)| visit).collect())
    }

    /// An institution's visits of one status begun in a period, with their persons, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn institution_visits(
        &self,
        area: AreaCode,
        institution: &str,
        status: Option<&str>,
        period: (DateTime, DateTime),
        limit: usize,
    ) -> Result<Vec<(String, VisitRow)>, Fault> {
        let (institution, status) = (institution.to_owned(), status.map(str::to_owned));
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.equal("institution", Some(&institution));
        found.equal("status", status.as_ref());
        found.time("started_at", ">=", Some(period.0));
        found.time("started_at", "<=", Some(period.1));
        let rest = format!("{} ORDER BY started_at DESC LIMIT {limit}", found.text);
        self.rows(&visit::VISITS, &rest, found.parameters, visit::take)
            .await
    }

    /// All lines of a visit, withdrawn ones among them, by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn visit_lines(
        &self,
        area: AreaCode,
        person_no: &str,
        visit_id: &str,
    ) -> Result<Vec<LineRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no).text(visit_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND visit_id = $3 \
                    ORDER BY line_no, withdrawn";
        self.rows(&visit::LINES, rest, parameters, visit::take_line)
            .await
    }

    /// A person's settled lines charged in a period, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn person_lines(
        &self,
        area: AreaCode,
        person_no: &str,
        from: DateTime,
        to: DateTime,
    ) -> Result<Vec<LineRow>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        let person = person_no.to_owned();
        found.equal("person_no", Some(&person));
        found.time("charged_at", ">=", Some(from));
        found.time("charged_at", "<=", Some(to));
        found.and("status = 'settled'");
        let rest = format!("{} ORDER BY charged_at DESC, line_no", found.text);
        self.rows(&visit::LINES, &rest, found.parameters, visit::take_line)
            .await
    }

    /// A person's account movements, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn person_movements(
        &self,
        area: AreaCode,
        person_no: &str,
        limit: usize,
    ) -> Result<Vec<MovementRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no);
        let rest = format!(
            "WHERE area = $1 AND person_no = $2 ORDER BY moved_at DESC, kind, version DESC \
             LIMIT {limit}"
        );
        self.rows(
            &accounts::MOVEMENTS,
            &rest,
            parameters,
            accounts::take_movement,
        )
        .await
    }

    /// Who looked at or changed what, newest first: of one person, or of the whole area.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn access_log(
        &self,
        area: AreaCode,
        person_no: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, AccessRow)>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        let person = person_no.map(str::to_owned);
        found.equal("person_no", person.as_ref());
        let rest = format!("{} ORDER BY at DESC, log_id DESC LIMIT {limit}", found.text);
        self.rows(&access::ACCESS_LOG, &rest, found.parameters, access::take)
            .await
    }
}
