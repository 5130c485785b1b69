//! 进销存取数：机构上传的采购、盘存、退货写成台账、购进、入库与退货扫码。
//!
//! Only what institutions told is held against them. A month of an item is given once its opening
//! is known: the item was counted in an earlier month, or its institution has told of its goods for
//! a year. An institution that tells nothing has no row.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use lines::Table;
use policy::FeeMonth;
use stock::Balance;
use store::{StockFilter, StockRecordRow};
use terms::{AreaCode, ItemKind};

use super::{Feeds, SCANS, kind_code, kind_of};
use crate::stock::{ItemBalance, StockKind};
use crate::{App, Error};

/// Lines of goods of one institution that are read at most.
const MOST: usize = 5_000_000;
/// Months an institution must have told of its goods before an item without count had none.
const KNOWN_AFTER: i32 = 12;
/// Months before a sale in which its box may have been received.
const RECEIVED_BEFORE: i64 = 36;

impl App {
    /// What institutions told of their goods, for the months of a period and the year before; of
    /// receipts those of the codes named.
    pub(in crate::audit) async fn goods_feeds(
        &self,
        area: AreaCode,
        (from, to): (Date, Date),
        sold: &BTreeSet<String>,
    ) -> Result<Feeds, Error> {
        let first = FeeMonth::of(from).later(-KNOWN_AFTER);
        let last = FeeMonth::of(to);
        let items = self.stock_balances(area, None, last).await?;
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let mut ledger = Ledger::of(&items);
        let mut month = first;
        while month <= last {
            self.ledger_month(area, month, &items, &mut ledger).await?;
            month = month.later(1);
        }
        let mut told = Told::new(first.first_day());
        let since = from.saturating_sub(RECEIVED_BEFORE.months()).at(0, 0, 0, 0);
        let until = to.tomorrow().unwrap_or(to).at(0, 0, 0, 0);
        for institution in ledger.since.keys() {
            let filter = StockFilter {
                kinds: told_kinds(),
                from: Some(since),
                before: Some(until),
                ..StockFilter::default()
            };
            let rows = self.store.stock_records(area, institution, &filter, MOST);
            told.institution(&rows.await?, sold);
        }
        let mut feeds = vec![("stock_ledger", ledger.table)];
        feeds.extend(told.into_feeds());
        Ok(feeds)
    }

    /// The rows of one month.
    async fn ledger_month(
        &self,
        area: AreaCode,
        month: FeeMonth,
        items: &[ItemBalance],
        ledger: &mut Ledger<'_>,
    ) -> Result<(), Error> {
        let span = (month.first_day(), month.later(1).first_day());
        let span = (span.0.at(0, 0, 0, 0), span.1.at(0, 0, 0, 0));
        let mut months: BTreeMap<(&str, &str), ItemMonth> = BTreeMap::new();
        let name = month.to_string();
        for item in items.iter().filter(|item| !item.item_code.is_empty()) {
            let key = (item.institution.as_str(), item.item_code.as_str());
            let counted = |one: &crate::stock::MonthBalance| {
                one.month < name && one.balance.counted.is_some()
            };
            let known = item.months.iter().any(counted) || ledger.is_told(key.0, month);
            let moved = item.months.iter().any(|one| one.month == name);
            let sum = months.entry(key).or_default();
            sum.add(&item.of_month(&name), (known, moved));
            if sum.name.is_empty() {
                sum.name.clone_from(&item.name);
            }
        }
        let settled = self.store.settled_quantities(area, None, span).await?;
        for row in &settled {
            let key = (row.institution.as_str(), row.item_code.as_str());
            let stocked = self.law.item(&row.item_code);
            let stocked = stocked.is_some_and(|item| item.kind != ItemKind::Service);
            if stocked && ledger.since.contains_key(key.0) {
                let told = ledger.is_told(key.0, month);
                let unknown = || ItemMonth {
                    unknown: !told,
                    ..ItemMonth::default()
                };
                let sum = months.entry(key).or_insert_with(unknown);
                sum.billed = row.quantity_micro / 1_000;
                sum.moved = true;
            }
        }
        for (key, sum) in months {
            if sum.moved && !sum.unknown {
                let kind = self.law.item(key.1).map(|item| kind_code(kind_of(item)));
                ledger.push(key, &name, &sum, kind.unwrap_or_default());
            }
        }
        Ok(())
    }
}

/// One item over one month at one institution, over all of its own codes, in thousandths.
#[derive(Default)]
struct ItemMonth {
    name: String,
    opening: i64,
    bought: i64,
    sold: i64,
    out: i64,
    closing: i64,
    billed: i64,
    counted: bool,
    moved: bool,
    unknown: bool,
}

impl ItemMonth {
    fn add(&mut self, month: &Balance, (known, moved): (bool, bool)) {
        let part = |quantity: money::Quantity| quantity.get() / 10;
        // What should be there cannot be less than nothing; that it was is that month's finding.
        self.opening += part(month.begin).max(0);
        self.bought += part(month.purchased) + part(month.other_in);
        self.sold += part(month.sold) - part(month.returned);
        self.out += part(month.other_out) + part(month.sent_back);
        self.closing += part(month.end()) - part(month.begin).min(0);
        self.counted |= month.counted.is_some();
        self.moved |= moved;
        self.unknown |= !known;
    }

    /// What left over the counter: as told, or as bills took where that is more.
    fn settled(&self) -> i64 {
        self.sold.max(self.billed)
    }

    /// What was counted; where nobody did, what is left.
    fn closing(&self) -> i64 {
        match self.counted {
            true => self.closing,
            false => self.closing - (self.settled() - self.sold),
        }
    }
}

/// The ledger as it is written, and since when each institution tells of its goods.
struct Ledger<'i> {
    since: BTreeMap<&'i str, &'i str>,
    table: Table,
}

impl<'i> Ledger<'i> {
    fn of(items: &'i [ItemBalance]) -> Self {
        let mut since: BTreeMap<&str, &str> = BTreeMap::new();
        for item in items {
            if let Some(first) = item.months.first() {
                let known = since.entry(&item.institution).or_insert(&first.month);
                *known = (*known).min(first.month.as_str());
            }
        }
        let columns = [
            "provider",
            "item",
            "item_name",
            "kind",
            "month",
            "opening",
            "bought",
            "settled",
            "other_out",
            "closing",
        ];
        Self {
            since,
            table: Table::new(columns),
        }
    }

    /// Whether the institution has told of its goods for a year before the month.
    fn is_told(&self, institution: &str, month: FeeMonth) -> bool {
        let year_ago = month.later(-KNOWN_AFTER).to_string();
        let since = self.since.get(institution);
        since.is_some_and(|since| *since <= year_ago.as_str())
    }

    fn push(&mut self, (at, item): (&str, &str), month: &str, sum: &ItemMonth, kind: &str) {
        let quantities = [
            sum.opening,
            sum.bought,
            sum.settled(),
            sum.out,
            sum.closing(),
        ];
        let [opening, bought, settled, out, closing] = quantities.map(thousandths);
        let name = sum.name.as_str();
        self.table.push([
            at, item, name, kind, month, &opening, &bought, &settled, &out, &closing,
        ]);
    }
}

fn told_kinds() -> Vec<&'static str> {
    let kinds = [
        StockKind::Purchase,
        StockKind::Count,
        StockKind::Change,
        StockKind::SaleReturn,
    ];
    kinds.map(StockKind::word).to_vec()
}

/// What single uploads say: purchases, receipts of boxes, boxes given back.
struct Told {
    first: Date,
    purchases: Table,
    inbound: Table,
    returns: Table,
}

impl Told {
    fn new(first: Date) -> Self {
        let purchases = [
            "provider", "item", "month", "quantity", "amount", "supplier", "invoice",
        ];
        let inbound = ["trace_code", "provider", "time", "expiry", "produced"];
        Self {
            first,
            purchases: Table::new(purchases),
            inbound: Table::new(inbound),
            returns: Table::new(SCANS),
        }
    }

    fn institution(&mut self, rows: &[StockRecordRow], sold: &BTreeSet<String>) {
        let purchases = rows.iter().filter(|row| is(row, StockKind::Purchase));
        let invoiced = purchases.clone().any(|row| !invoice(row).is_empty());
        let first = self.first;
        for row in purchases.filter(|row| row.happened_at.date() >= first) {
            // Who never sends a number of invoices has not been shown to have none.
            let number = match invoiced {
                true => invoice(row),
                false => "未上传".to_owned(),
            };
            self.purchase(row, &number);
        }
        for row in rows {
            let codes: Vec<String> = serde_json::from_str(&row.codes).unwrap_or_default();
            let returned = is(row, StockKind::SaleReturn);
            let received = !returned && row.movement != "other_out";
            for code in codes.iter().filter(|code| sold.contains(*code)) {
                if returned {
                    self.give_back(row, code);
                } else if received {
                    self.receive(row, code);
                }
            }
        }
    }

    fn purchase(&mut self, row: &StockRecordRow, invoice: &str) {
        if row.item_code.is_empty() {
            return;
        }
        // Millionths of a yuan by ten-thousandths of a pack, in fen; gifts have no price.
        let fen = i128::from(row.price_micro) * i128::from(row.quantity) / 100_000_000;
        let amount = match i64::try_from(fen) {
            Ok(fen) if row.price_micro > 0 => money::Fen::new(fen).to_string(),
            _ => String::new(),
        };
        let month = row.happened_at.date().strftime("%Y-%m").to_string();
        let quantity = thousandths(row.quantity / 10);
        let (at, item) = (row.institution.as_str(), row.item_code.as_str());
        let supplier = said(row, "supplier");
        self.purchases
            .push([at, item, &month, &quantity, &amount, &supplier, invoice]);
    }

    fn receive(&mut self, row: &StockRecordRow, code: &str) {
        let (expiry, produced) = (said(row, "expires_on"), said(row, "made_on"));
        let time = clock(row.happened_at);
        self.inbound
            .push([code, &row.institution, &time, &expiry, &produced]);
    }

    fn give_back(&mut self, row: &StockRecordRow, code: &str) {
        let time = clock(row.happened_at);
        // Boxes are told one by one: whole, or as many units as the line says.
        let units = match row.split {
            true => thousandths(row.quantity / 10),
            false => "1".to_owned(),
        };
        let (at, item) = (row.institution.as_str(), row.item_code.as_str());
        self.returns
            .push([code, "", "return", &time, at, item, &units]);
    }

    fn into_feeds(self) -> Feeds {
        let tables = [
            ("stock_purchase", self.purchases),
            ("trace_inbound", self.inbound),
            ("trace_events", self.returns),
        ];
        let told = tables.into_iter().filter(|(_, table)| !table.is_empty());
        told.collect()
    }
}

fn is(row: &StockRecordRow, kind: StockKind) -> bool {
    row.kind == kind.word()
}

fn invoice(row: &StockRecordRow) -> String {
    match said(row, "invoice") {
        number if number.is_empty() => said(row, "invoice_code"),
        number => number,
    }
}

/// What a line says under a word beside its columns.
fn said(row: &StockRecordRow, word: &str) -> String {
    let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let text = detail.get(word).and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn clock(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A count of thousandths as files write it.
fn thousandths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1_000, size % 1_000)
}
