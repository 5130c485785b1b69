use money::Fen;
use terms::AreaCode;

use super::rows::{
    BASES, EVENTS, PROPOSALS, RUNS, put_base, put_run, take_event, take_proposal, take_run,
};
use super::{AccountBaseRow, AccountEventRow, AccountProposalRow, AccountRunRow};
use crate::cell::{Cells, Record};
use crate::engine::Select;
use crate::rows::{AccountRow, MovementRow};
use crate::table::{Insert, Kind, Table};
use crate::tables::{accounts, person};
use crate::{Fault, Store};

/// What an occasion did to all accounts of an area together (批量合计).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventTotals {
    /// How often.
    pub events: i64,
    /// How much.
    pub amount: Fen,
}

impl Store {
    pub(super) async fn of_account<T>(
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
}
