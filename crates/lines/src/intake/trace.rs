use compact_str::CompactString;

use super::Intake;
use crate::{Day, Inbound, LineId, Moment, NONE, Table, TraceEventKind};

/// One scan as texts (一次扫码).
#[derive(Debug, Clone, Copy)]
pub struct ScanRow<'r> {
    /// The code.
    pub code: &'r str,
    /// The line it was settled on, perhaps empty.
    pub line: &'r str,
    /// The same where it is a number; then the text does not count.
    pub line_id: Option<LineId>,
    /// What happened.
    pub kind: TraceEventKind,
    /// When; zero takes the time of the line.
    pub time: Moment,
    /// Provider, perhaps empty.
    pub provider: &'r str,
    /// Person, perhaps empty.
    pub person: &'r str,
    /// Item, perhaps empty.
    pub item: &'r str,
    /// Thousandths.
    pub quantity: i32,
}

/// One receipt as texts (一次入库).
#[derive(Debug, Clone, Copy)]
pub struct InboundRow<'r> {
    /// The code.
    pub code: &'r str,
    /// Provider.
    pub provider: &'r str,
    /// When.
    pub time: Moment,
    /// Last day of use.
    pub expiry: Option<Day>,
    /// Day of production.
    pub produced: Option<Day>,
}

impl Intake {
    /// Makes room for so many more scans.
    pub fn expect_scans(&mut self, more: usize) {
        self.scans.reserve(more);
        self.scan_lines.reserve(more);
    }

    /// Takes one scan.
    pub fn scan(&mut self, row: &ScanRow<'_>) {
        self.has_scans = true;
        let line = match row.line_id {
            None if !row.line.is_empty() => Some(self.line_id(row.line)),
            known => known,
        };
        let number_or_none = |text: &str, number: &mut dyn FnMut(&str) -> u32| {
            if text.is_empty() { NONE } else { number(text) }
        };
        let data = &mut self.data;
        let event = crate::TraceEvent {
            code: CompactString::from(row.code),
            time: row.time,
            kind: row.kind,
            line: NONE,
            provider: number_or_none(row.provider, &mut |id| data.providers.number(id)),
            person: number_or_none(row.person, &mut |id| data.people.number(id)),
            item: number_or_none(row.item, &mut |code| data.items.number(code)),
            quantity: row.quantity,
        };
        self.scans.push(event);
        self.scan_lines.push(line);
    }

    /// Takes one receipt.
    pub fn inbound(&mut self, row: &InboundRow<'_>) {
        let trace = self.data.trace.get_or_insert_default();
        trace.has_inbound = true;
        trace.inbound.push(Inbound {
            code: CompactString::from(row.code),
            provider: self.data.providers.number(row.provider),
            time: row.time,
            expiry: row.expiry,
            produced: row.produced,
        });
    }

    pub(super) fn take_scans(&mut self, table: &Table) {
        self.has_scans = true;
        for row in table.rows() {
            let kind = match row.text("event") {
                "" | "sale" | "销售" => TraceEventKind::Sale,
                "return" | "退货" => TraceEventKind::Return,
                "transfer" | "调拨" => TraceEventKind::Transfer,
                other => {
                    self.note("追溯事件类型不认识", other);
                    continue;
                }
            };
            let Some(code) = row.given("trace_code") else {
                self.note("追溯记录缺追溯码", row.text("line"));
                continue;
            };
            let quantity = row
                .decimal("quantity", 3)
                .and_then(|units| i32::try_from(units).ok());
            self.scan(&ScanRow {
                code,
                line: row.text("line"),
                line_id: None,
                kind,
                time: Moment::parse(row.text("time")).unwrap_or_default(),
                provider: row.text("provider"),
                person: row.text("person"),
                item: row.text("item"),
                quantity: quantity.unwrap_or(1000),
            });
        }
    }

    pub(super) fn take_inbound(&mut self, table: &Table) {
        self.data.trace.get_or_insert_default().has_inbound = true;
        for row in table.rows() {
            let Some(time) = Moment::parse(row.text("time")) else {
                self.note("入库时间缺失或不可读", row.text("trace_code"));
                continue;
            };
            self.inbound(&InboundRow {
                code: row.text("trace_code"),
                provider: row.text("provider"),
                time,
                expiry: row.day("expiry"),
                produced: row.day("produced"),
            });
        }
    }
}
