use std::collections::BTreeMap;

use ledger::{Batch, Transfer};
use terms::AreaCode;

use super::{Difference, LedgerOf, Verified, bills, chains, members};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::engine::{Engine, Tx};
use crate::rows::{
    AccountRow, CounterPostingRow, CounterRow, FundRow, LineRow, MovementRow, SettlementRow,
};
use crate::table::Table;
use crate::tables::{accounts, bill, counters, person, request, visit};

/// All money records of one person.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) settlements: BTreeMap<String, SettlementRow>,
    pub(super) funds: Vec<(String, FundRow)>,
    pub(super) lines: Vec<LineRow>,
    pub(super) counters: Vec<CounterRow>,
    pub(super) postings: Vec<CounterPostingRow>,
    pub(super) accounts: Vec<AccountRow>,
    pub(super) movements: Vec<MovementRow>,
    /// Movements of any account for bills of this person.
    pub(super) used: Vec<MovementRow>,
    pub(super) transfers: Vec<Transfer>,
    /// The settlement each remembered message led to.
    pub(super) requests: BTreeMap<(String, String), String>,
}

impl File {
    pub(super) fn check(&self, person: &str, ledger_of: &LedgerOf<'_>) -> Result<(), Difference> {
        let checked = chains::counters(self)
            .and_then(|()| chains::accounts(self))
            .and_then(|()| bills::check(self, ledger_of))
            .and_then(|()| members::check(self));
        checked.map_err(|difference| Difference {
            person_no: person.to_owned(),
            ..difference
        })
    }

    pub(super) fn count(&self, sums: &mut Verified) {
        sums.settlements += self.settlements.len() as u64;
        sums.postings += self.postings.len() as u64;
        sums.movements += self.movements.len() as u64;
        sums.transfers += self.transfers.len() as u64;
        self.transfers
            .iter()
            .for_each(|transfer| sums.balances.add(transfer));
    }

    /// The ledger batch that rests on a settlement, if any.
    pub(super) fn batch_on(&self, settlement: &str) -> Option<Batch> {
        let transfers: Vec<_> = self
            .transfers
            .iter()
            .filter(|transfer| transfer.reference.as_str() == settlement)
            .cloned()
            .collect();
        Batch::from_transfers(transfers).ok()
    }
}

/// The records of some persons, read at one moment.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) files: BTreeMap<String, File>,
    pub(super) heads: u64,
    /// Where the next page begins; nothing after the last one.
    pub(super) last: Option<String>,
}

/// One read of the page: the range of persons and the transaction.
struct Reading<'a> {
    tx: Tx,
    area: AreaCode,
    after: Option<&'a str>,
    last: Option<String>,
}

/// Whose rows are read: those of the persons, or those of relatives' accounts used by them.
#[derive(Debug, Clone, Copy)]
enum By {
    Person,
    User,
}

impl Reading<'_> {
    async fn rows<T>(
        &mut self,
        table: &'static Table,
        by: By,
        order: &str,
        take: fn(&mut Record) -> Result<T, Fault>,
    ) -> Result<Vec<(String, T)>, Fault> {
        let (owner, also) = match by {
            By::Person => ("person_no", ""),
            // The condition lets the engine use the index of relatives' movements.
            By::User => ("used_by", " AND used_by <> person_no"),
        };
        let place = table.columns.iter().position(|(name, _)| *name == owner);
        let place = place.ok_or_else(|| Fault::found("read by a column the table lacks"))?;
        let mut cells = Cells::default();
        cells.area(self.area).text(self.after.unwrap_or(""));
        let sign = if self.after.is_some() { ">" } else { ">=" };
        let mut rest = format!("WHERE area = $1 AND {owner} {sign} $2{also}");
        if let Some(last) = &self.last {
            rest.push_str(&format!(" AND {owner} <= $3"));
            cells.text(last);
        }
        let columns = self.tx.dialect().columns(table);
        let sql = format!(
            "SELECT {columns} FROM {} {rest} ORDER BY {owner}{order}",
            table.name
        );
        let kinds: Vec<_> = table.columns.iter().map(|(_, kind)| *kind).collect();
        let failed = |cause| Fault::database(format!("verify {}", table.name), cause);
        let records = self.tx.query(sql, &kinds, cells).await.map_err(failed)?;
        let taken = records.into_iter().map(|mut record| {
            let person = record.text_at(place)?;
            take(&mut record).map(|row| (person, row))
        });
        taken.collect()
    }
}

impl Page {
    pub(super) async fn load(
        engine: &Engine,
        area: AreaCode,
        after: Option<&str>,
        persons: usize,
    ) -> Result<Self, Fault> {
        let tx = engine.begin_reading().await?;
        let mut reading = Reading {
            tx,
            area,
            after,
            last: None,
        };
        let mut page = Self::default();
        page.find_range(&mut reading, persons).await?;
        page.load_bills(&mut reading).await?;
        page.load_money(&mut reading).await?;
        let ended = reading.tx.rollback().await;
        ended.map_err(|cause| Fault::database("end a read", cause))?;
        page.last = reading.last;
        Ok(page)
    }

    fn file(&mut self, person: String) -> &mut File {
        self.files.entry(person).or_default()
    }

    async fn find_range(&mut self, reading: &mut Reading<'_>, persons: usize) -> Result<(), Fault> {
        let order = format!(" LIMIT {persons}");
        let heads = reading
            .rows(&person::HEADS, By::Person, &order, |_| Ok(()))
            .await?;
        self.heads = heads.len() as u64;
        let full = heads.len() == persons;
        reading.last = heads
            .into_iter()
            .next_back()
            .map(|(person, ())| person)
            .filter(|_| full);
        Ok(())
    }

    async fn load_bills(&mut self, reading: &mut Reading<'_>) -> Result<(), Fault> {
        let own = By::Person;
        for (person, row) in reading
            .rows(&bill::SETTLEMENTS, own, "", bill::take)
            .await?
        {
            self.file(person)
                .settlements
                .insert(row.settlement_id.clone(), row);
        }
        for (person, fund) in reading.rows(&bill::FUNDS, own, "", bill::take_fund).await? {
            let file = self.file(person);
            match file.settlements.get_mut(&fund.0) {
                Some(row) => row.funds.push(fund.1),
                None => file.funds.push(fund),
            }
        }
        for (person, row) in reading
            .rows(&visit::LINES, own, "", visit::take_line)
            .await?
        {
            self.file(person).lines.push(row);
        }
        let order = ", batch_id, sequence";
        let transfers = reading
            .rows(&bill::TRANSFERS, own, order, bill::take_transfer)
            .await?;
        for (person, row) in transfers {
            self.file(person).transfers.push(row);
        }
        for (person, row) in reading
            .rows(&request::REQUESTS, own, "", request::take)
            .await?
        {
            let Some(known) = row.known() else { continue };
            let key = known.request.key.clone();
            let place = (key.institution, key.msgid);
            self.file(person)
                .requests
                .insert(place, known.request.settlement_id.clone());
        }
        Ok(())
    }

    async fn load_money(&mut self, reading: &mut Reading<'_>) -> Result<(), Fault> {
        let own = By::Person;
        for (person, row) in reading
            .rows(&counters::COUNTERS, own, "", counters::take)
            .await?
        {
            self.file(person).counters.push(row);
        }
        let order = ", scheme, counter, period, subject, version";
        let rows = reading
            .rows(&counters::POSTINGS, own, order, counters::take_posting)
            .await?;
        for (person, row) in rows {
            self.file(person).postings.push(row);
        }
        for (person, row) in reading
            .rows(&accounts::ACCOUNTS, own, "", accounts::take)
            .await?
        {
            self.file(person).accounts.push(row);
        }
        let order = ", kind, version";
        let take = accounts::take_movement;
        let movements = reading.rows(&accounts::MOVEMENTS, own, order, take).await?;
        for (person, row) in movements {
            let file = self.file(person);
            if row.used_by == row.owner {
                file.used.push(row.clone());
            }
            file.movements.push(row);
        }
        let relatives = reading
            .rows(&accounts::MOVEMENTS, By::User, "", take)
            .await?;
        for (user, row) in relatives {
            self.file(user).used.push(row);
        }
        Ok(())
    }
}
