use std::collections::{BTreeMap, BTreeSet};

use lines::{Day, Row};

use crate::{Desk, Waits};

/// What is known of packs by code beside their receipts (批次登记 `trace_lot`, 召回 `trace_recall`).
#[derive(Debug, Default)]
pub struct Lots {
    lots: BTreeMap<String, Lot>,
    codes: BTreeSet<String>,
    /// Lot and item called back; no item says all that bear the lot.
    called: BTreeSet<(String, Option<String>)>,
}

/// The lot of a pack (批次).
#[derive(Debug, Clone, Default)]
pub struct Lot {
    /// Lot number, perhaps empty.
    pub number: String,
    /// Last day of use.
    pub expiry: Option<Day>,
    /// Day of production.
    pub produced: Option<Day>,
}

impl Lots {
    /// The registers of a batch.
    ///
    /// # Errors
    /// [`Waits`] when there are neither receipts nor lots nor recalls to judge by.
    pub fn of(desk: &Desk<'_>) -> Result<Self, Waits> {
        let rows = |name: &str| {
            desk.data
                .table(name)
                .into_iter()
                .flat_map(|table| table.rows())
        };
        let received = desk
            .data
            .trace
            .as_ref()
            .is_some_and(|trace| trace.has_inbound);
        let told = ["trace_lot", "trace_recall"];
        if !received && !told.iter().any(|name| desk.data.table(name).is_some()) {
            return Err(Waits::for_table("trace_inbound"));
        }
        let lots: BTreeMap<String, Lot> = rows("trace_lot").filter_map(lot).collect();
        let marked = |row: &Row<'_>| row.text("recalled") == "1";
        let marked = rows("trace_lot").filter(marked);
        let mut known = Self {
            lots,
            ..Self::default()
        };
        for row in marked.chain(rows("trace_recall")) {
            known
                .codes
                .extend(row.given("trace_code").map(str::to_owned));
            let item = row.given("item").map(str::to_owned);
            if let (Some(lot), None) = (row.given("lot"), row.given("trace_code")) {
                known.called.insert((lot.to_owned(), item));
            }
        }
        Ok(known)
    }

    /// The lot of a code.
    pub fn lot(&self, code: &str) -> Option<&Lot> {
        self.lots.get(code)
    }

    /// Whether a pack of an item was called back.
    pub fn is_called_back(&self, code: &str, item: &str) -> bool {
        let lot = self.lot(code).map(|lot| lot.number.as_str());
        let named = |lot: &str, item: Option<&str>| {
            let key = (lot.to_owned(), item.map(str::to_owned));
            self.called.contains(&key)
        };
        let lot = lot.filter(|lot| !lot.is_empty());
        self.codes.contains(code)
            || lot.is_some_and(|lot| named(lot, None) || named(lot, Some(item)))
    }
}

fn lot(row: Row<'_>) -> Option<(String, Lot)> {
    let lot = Lot {
        number: row.text("lot").to_owned(),
        expiry: row.day("expiry"),
        produced: row.day("produced"),
    };
    Some((row.given("trace_code")?.to_owned(), lot))
}
