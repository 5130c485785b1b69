//! 追溯码：扫码记录接上明细，同一码的记录聚拢。

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::{Data, LineId, Lines, Moment, NONE, Trace, TraceEvent};

/// Ties scans to their lines, and finds the codes that were scanned more than once.
pub(crate) fn link(
    data: &mut Data,
    mut events: Vec<TraceEvent>,
    lines: &[Option<LineId>],
    has_scans: bool,
) {
    let mut trace = data.trace.take().unwrap_or_default();
    sort_receipts(data, &mut trace);
    let mut rows = Rows::of(&data.lines);
    for (event, line) in events.iter_mut().zip(lines) {
        if let Some(row) = line.and_then(|id| rows.find(&data.lines, id)) {
            complete(data, event, row);
        }
    }
    if has_scans {
        data.lines.flags.resize(data.lines.len(), 0);
        for event in events.iter().filter(|event| event.line != NONE) {
            data.lines.flags[event.line as usize] |= Lines::TRACED;
        }
    }
    trace.events = events;
    trace.has_events = has_scans;
    gather(data, &mut trace);
    data.trace = Some(trace);
}

fn sort_receipts(data: &Data, trace: &mut Trace) {
    trace.inbound.sort_unstable_by(|a, b| {
        let provider = |row: u32| data.providers.ids.text(row);
        let (x, y) = (
            (&a.code, provider(a.provider)),
            (&b.code, provider(b.provider)),
        );
        x.cmp(&y).then(a.time.cmp(&b.time))
    });
}

/// Finds equal codes by their hashes: of millions of codes hardly one comes twice, and sorting
/// small numbers is quicker than sorting texts.
fn gather(data: &Data, trace: &mut Trace) {
    let hasher = FixedState::default();
    let hash = |event: &TraceEvent| hasher.hash_one(event.code.as_str());
    let hashes = trace.events.iter().map(hash);
    let mut keys: Vec<(u64, u32)> = hashes.zip(0..).collect();
    keys.sort_unstable();
    let (mut once, mut repeated) = (Vec::with_capacity(keys.len()), Vec::new());
    for same in keys.chunk_by(|a, b| a.0 == b.0) {
        match same {
            [(_, only)] => once.push(*only),
            many => repeated.extend(many.iter().map(|key| trace.events[key.1 as usize].clone())),
        }
    }
    let id = |event: &TraceEvent| data.lines.id.get(event.line as usize).copied();
    repeated.sort_unstable_by(|a: &TraceEvent, b: &TraceEvent| {
        let key = |event: &TraceEvent| (event.time, event.kind, id(event), event.quantity);
        a.code.cmp(&b.code).then_with(|| key(a).cmp(&key(b)))
    });
    (trace.order, trace.repeated) = (once, repeated);
}

/// What a scan does not say is taken from its line.
fn complete(data: &Data, event: &mut TraceEvent, row: u32) {
    let at = row as usize;
    event.line = row;
    if event.time == Moment::default() {
        event.time = data.lines.time[at];
    }
    if event.item == NONE {
        event.item = data.lines.item[at];
    }
    let visit = data.lines.visit[at] as usize;
    if event.provider == NONE {
        event.provider = data.visits.provider[visit];
    }
    if event.person == NONE {
        event.person = data.visits.person[visit];
    }
}

/// Finds rows by line id: straight when ids ascend, through an order otherwise.
struct Rows {
    order: Option<Vec<u32>>,
    /// Where the last one was found: scans mostly come in the order of lines.
    last: usize,
}

impl Rows {
    fn of(lines: &Lines) -> Self {
        let order = (!lines.id.is_sorted()).then(|| {
            let mut order: Vec<u32> = (0..).take(lines.len()).collect();
            order.sort_unstable_by_key(|&row| lines.id[row as usize]);
            order
        });
        Self { order, last: 0 }
    }

    fn find(&mut self, lines: &Lines, id: LineId) -> Option<u32> {
        let row = |place: usize| {
            self.order
                .as_ref()
                .map_or(place, |order| order[place] as usize)
        };
        let at = |place: usize| lines.id[row(place)];
        let count = lines.len();
        let (mut low, mut step) = (self.last.min(count), 1);
        if low >= count || at(low) > id {
            low = 0;
        }
        while low + step < count && at(low + step) <= id {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(count);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if at(middle) <= id {
                low = middle
            } else {
                high = middle
            }
        }
        let found = (low < count && at(low) == id).then(|| row(low));
        self.last = low;
        found.and_then(|row| u32::try_from(row).ok())
    }
}
