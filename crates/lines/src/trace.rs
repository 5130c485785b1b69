use compact_str::CompactString;

use crate::{Day, Moment};

/// What happened to a pack (追溯事件).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TraceEventKind {
    /// 销售
    Sale,
    /// 退货
    Return,
    /// Transfer between branches (调拨).
    Transfer,
}

/// One scan of a code (扫码记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceEvent {
    /// The code.
    pub code: CompactString,
    /// When; the time of the line when the file does not say.
    pub time: Moment,
    /// What happened.
    pub kind: TraceEventKind,
    /// The line it was settled on, a row of `Lines`; [`crate::NONE`] when unknown.
    pub line: u32,
    /// The provider, [`crate::NONE`] when unknown.
    pub provider: u32,
    /// The person, [`crate::NONE`] when unknown.
    pub person: u32,
    /// The item, [`crate::NONE`] when unknown.
    pub item: u32,
    /// Units, in thousandths.
    pub quantity: i32,
}

/// One receipt of a pack (入库记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The code.
    pub code: CompactString,
    /// Who received it.
    pub provider: u32,
    /// When.
    pub time: Moment,
    /// Last day of use.
    pub expiry: Option<Day>,
    /// Day of production.
    pub produced: Option<Day>,
}

/// Codes on packs: scans and receipts (药品追溯码).
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// All scans, in no particular order.
    pub events: Vec<TraceEvent>,
    /// Places in `events` of the scans in `repeated`, ascending.
    pub(crate) places: Vec<u32>,
    /// The scans of codes that were scanned more than once, those of one code together, by time,
    /// kind and line id.
    pub(crate) repeated: Vec<TraceEvent>,
    /// Receipts by code, provider and time.
    pub inbound: Vec<Inbound>,
    /// Whether a file of scans was read.
    pub has_events: bool,
    /// Whether a file of receipts was read.
    pub has_inbound: bool,
}

impl Trace {
    /// The scans, one slice per code, each by time, kind and line id; codes in no particular order.
    pub fn by_code(&self) -> impl Iterator<Item = &[TraceEvent]> {
        let mut repeated = self.places.iter().peekable();
        let once = (0_u32..).zip(self.events.chunks(1));
        let once = once.filter(move |(place, _)| repeated.next_if_eq(&place).is_none());
        self.repeated().chain(once.map(|(_, scan)| scan))
    }

    /// The scans of codes that were scanned more than once, one slice per code.
    pub fn repeated(&self) -> impl Iterator<Item = &[TraceEvent]> {
        self.repeated.chunk_by(|a, b| a.code == b.code)
    }

    /// The receipts of a code.
    pub fn received(&self, code: &str) -> &[Inbound] {
        let begin = self.inbound.partition_point(|row| row.code.as_str() < code);
        let length = self.inbound[begin..].partition_point(|row| row.code == code);
        &self.inbound[begin..begin + length]
    }
}
