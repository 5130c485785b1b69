//! 审核取数：把库中的人员、就诊、明细与机构写成审核的列。
//!
//! [`AuditIntake`] takes what the store holds of people and what a message adds, and becomes the
//! batch that rules are compiled for. What the service does not keep is left out, so that rules
//! wait for it instead of flagging its absence.

mod goods;
mod line;
mod lists;
mod person;
pub(super) mod places;
mod visit;
mod words;

pub(super) use words::kind_code;
pub use words::{care_of, insurance_of, kind_of, level_of, moment_of};

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use lines::{Intake, LineBlock, Table, Visits};
use store::AuditRecord;
use terms::AreaCode;

use crate::institution::Known;
use crate::{App, Error};

/// Tables by name; one of which nobody told anything is not there (取数表).
pub(super) type Feeds = Vec<(&'static str, Table)>;

/// Columns of scans of trace codes.
pub(super) const SCANS: [&str; 7] = [
    "trace_code",
    "line",
    "event",
    "time",
    "provider",
    "item",
    "quantity",
];

/// The number of a line across the area: its visit and its number there (明细编号).
pub fn line_key(visit: &str, line: &str) -> String {
    format!("{visit}/{line}")
}

/// Gathers a batch for the audit (审核取数).
///
/// Visits and lines that no store holds yet go straight into `intake` and `block`; lines are named
/// by [`line_key`], prescriptions by the visit and their number.
pub struct AuditIntake {
    known: Known,
    /// Where visits and tables go.
    pub intake: Intake,
    /// Where lines go.
    pub block: LineBlock,
    people: Table,
    coverage: Table,
    chronic: Table,
    approvals: Table,
    away: Table,
    injuries: Table,
    orders: Table,
    items: BTreeSet<String>,
    codes: BTreeSet<String>,
}

impl AuditIntake {
    /// A batch with the institutions of the area and nobody in it yet.
    pub fn new(app: &App) -> Self {
        let all = app.institutions();
        let providers = places::providers(all.iter().map(|one| &**one));
        Self::with(app.known_now(), &providers)
    }

    /// A batch of one person, with the institutions they went to and no others.
    pub(super) fn of_person(known: &Known, record: &AuditRecord) -> Self {
        let visits = record.visits.iter();
        let codes: BTreeSet<&str> = visits.map(|one| one.visit.institution.as_str()).collect();
        let named = codes.into_iter().filter_map(|code| known.institution(code));
        let providers = places::providers(named);
        let mut batch = Self::with(known.clone(), &providers);
        batch.push(record);
        batch
    }

    fn with(known: Known, providers: &Table) -> Self {
        let mut intake = Intake::default();
        intake.take("providers", providers);
        // Lines carry their codes here, so a line without one was not scanned.
        intake.take("trace_events", &Table::new(["line", "trace_code"]));
        intake.keeps(Visits::NO_THIRD_PARTY);
        let periods = |key: &str| Table::new(["person", key, "from", "until"]);
        Self {
            known,
            intake,
            block: LineBlock::default(),
            people: person::table(),
            coverage: Table::new(["person", "from", "until"]),
            chronic: periods("disease"),
            approvals: periods("item"),
            away: periods("provider"),
            injuries: Table::new(["person", "from", "until"]),
            orders: Table::new(["line", "daily_dose"]),
            items: BTreeSet::new(),
            codes: BTreeSet::new(),
        }
    }

    /// Takes a person with everything read of them (人员记录).
    pub fn push(&mut self, record: &AuditRecord) {
        self.person(record);
        for visit in &record.visits {
            self.visit(record, visit);
        }
    }

    /// Names an item that a line outside the store uses, so that the catalogue is known for it.
    pub fn name_item(&mut self, code: &str) {
        if !self.items.contains(code) {
            self.items.insert(code.to_owned());
        }
    }

    /// Adds what institutions told of goods and lists over some days, for rules that look at
    /// everybody; receipts are read of the codes that were scanned (机构上传).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub(super) async fn take_feeds(
        &mut self,
        app: &App,
        area: AreaCode,
        days: (Date, Date),
    ) -> Result<(), Error> {
        let codes = std::mem::take(&mut self.codes);
        for (name, table) in app.audit_feeds(area, days, &codes).await? {
            self.intake.take(name, &table);
        }
        Ok(())
    }

    /// Everything taken, ready to be assembled.
    pub fn finish(self) -> Intake {
        let law = Arc::clone(&self.known.law);
        let parts = self.into_parts();
        let mut intake = parts.intake;
        for (name, table) in &parts.registers {
            intake.take(name, table);
        }
        intake.take("catalogue", &places::catalogue(&law, &parts.items));
        intake
    }

    /// The same with the registers still apart, to be written elsewhere.
    pub(super) fn into_parts(mut self) -> IntakeParts {
        self.intake.append(self.block);
        IntakeParts {
            intake: self.intake,
            registers: vec![
                ("people", self.people),
                ("coverage", self.coverage),
                ("chronic_registration", self.chronic),
                ("special_drug_approval", self.approvals),
                ("offsite_registration", self.away),
                ("work_injury_claims", self.injuries),
                ("orders", self.orders),
            ],
            items: self.items,
            codes: self.codes,
        }
    }
}

/// A batch with its registers apart.
pub(super) struct IntakeParts {
    /// Visits, lines and scans.
    pub intake: Intake,
    /// Registers of people, by name.
    pub registers: Vec<(&'static str, Table)>,
    /// Items that lines name.
    pub items: BTreeSet<String>,
    /// Codes that were scanned.
    pub codes: BTreeSet<String>,
}

impl App {
    /// Tables that institutions fill beside their bills, for the months of some days.
    pub(super) async fn audit_feeds(
        &self,
        area: AreaCode,
        days: (Date, Date),
        codes: &BTreeSet<String>,
    ) -> Result<Feeds, Error> {
        let mut feeds = self.goods_feeds(area, days, codes).await?;
        feeds.extend(self.list_feeds(area, days).await?);
        Ok(feeds)
    }
}
