//! 接收：各表的行进入字典与列，坏行计数。

mod block;
mod lines;
mod people;
mod registers;
mod share;
mod trace;
mod visits;

pub use block::{LineBlock, Renumbering};
pub use lines::LineRow;
pub use share::VisitOwner;
pub use trace::{InboundRow, ScanRow};
pub use visits::VisitRow;

use crate::{Data, Dictionary, LineId, Table};

/// Receives the tables of a batch in any order (接收).
///
/// ```
/// use lines::{Intake, Table};
/// let mut lines = Table::new(["line", "visit", "time", "item", "count", "amount"]);
/// lines.push(["1", "V1", "2025-01-05 13:00", "X", "1", "80"]);
/// let mut intake = Intake::default();
/// intake.take("lines", &lines);
/// let data = intake.assemble();
/// assert_eq!(data.lines.len(), 1);
/// assert_eq!(data.quality.problems().next().unwrap().0, "明细无对应就诊");
/// ```
#[derive(Debug, Default)]
pub struct Intake {
    pub(crate) data: Data,
    pub(crate) id_texts: Dictionary,
    pub(crate) known_visits: Vec<bool>,
    pub(crate) visit_diagnoses: Vec<(u32, u32)>,
    pub(crate) scans: Vec<crate::TraceEvent>,
    pub(crate) scan_lines: Vec<Option<LineId>>,
    pub(crate) has_scans: bool,
}

impl Intake {
    /// Takes one table by its name of the house; a name that nobody knows is kept as it is.
    pub fn take(&mut self, name: &str, table: &Table) {
        match name {
            "lines" => self.take_lines(table),
            "visits" => self.take_visits(table),
            "people" => self.take_people(table),
            "providers" => self.take_providers(table),
            "death_register" | "household" => self.take_facts_of_people(table),
            "provider_geo" => self.take_places(table),
            "trace_events" => self.take_scans(table),
            "trace_inbound" => self.take_inbound(table),
            "stock_ledger" => self.take_stock(table),
            other => {
                self.take_register(other, table);
                self.data
                    .tables
                    .entry(other.to_owned())
                    .or_default()
                    .append(table);
            }
        }
    }

    /// Makes room for so many more visits.
    pub fn expect_visits(&mut self, more: usize) {
        self.data.visits.reserve(more);
        self.known_visits.reserve(more);
        self.visit_diagnoses.reserve(more);
    }

    /// Notes trouble that a reader found.
    pub fn note(&mut self, problem: &str, example: impl Into<String>) {
        self.data.quality.note(problem, example);
    }

    pub(crate) fn line_id(&mut self, text: &str) -> LineId {
        LineId::plain(text).unwrap_or_else(|| LineId::text(self.id_texts.number(text)))
    }

    /// The number of a visit, given out now if new; its row may come later.
    pub(crate) fn visit_number(&mut self, id: &str, likely: u32) -> u32 {
        let number = self.data.visits.ids.number_likely(id, likely);
        if self.known_visits.len() <= number as usize {
            self.known_visits.push(false);
            self.data.visits.push_unknown();
        }
        number
    }
}
