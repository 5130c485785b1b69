//! 追溯码：扫码记录接上明细，同一码的记录聚拢。

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::{Data, LineId, Lines, Moment, NONE, Trace, TraceEvent};

/// Scans that one thread ties to their lines in one go.
const PART: usize = 1 << 14;

/// Ties scans to their lines, and finds the codes that were scanned more than once.
pub(crate) fn link(
    data: &mut Data,
    mut events: Vec<TraceEvent>,
    lines: &[Option<LineId>],
    has_scans: bool,
) {
    let mut trace = data.trace.take().unwrap_or_default();
    sort_receipts(data, &mut trace);
    let rows = Rows::of(&data.lines);
    let parts = events.par_chunks_mut(PART).zip(lines.par_chunks(PART));
    parts.for_each(|(events, lines)| {
        let mut rows = rows.clone();
        for (event, line) in events.iter_mut().zip(lines) {
            if let Some(row) = line.and_then(|id| rows.find(&data.lines, id)) {
                complete(data, event, row);
            }
        }
    });
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

/// Gathers the scans of codes that come more than once. Of millions of codes hardly one does, so
/// only those whose hashes share a mark with another are looked at closely.
fn gather(data: &Data, trace: &mut Trace) {
    let hasher = FixedState::default();
    let hash = |event: &TraceEvent| hasher.hash_one(event.code.as_str());
    let hashes: Vec<u64> = trace.events.par_iter().map(hash).collect();
    let mut marks = Marks::of(hashes.len());
    for &hash in &hashes {
        marks.see(hash);
    }
    let likely = (0_u32..).zip(hashes).filter(|one| marks.seen_again(one.1));
    let mut likely: Vec<(u64, u32)> = likely.map(|(place, hash)| (hash, place)).collect();
    likely.sort_unstable();
    let many = likely
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1);
    let mut places: Vec<u32> = many.flatten().map(|key| key.1).collect();
    places.sort_unstable();
    let scans = places
        .iter()
        .map(|&place| trace.events[place as usize].clone());
    let mut repeated: Vec<TraceEvent> = scans.collect();
    let id = |event: &TraceEvent| data.lines.id.get(event.line as usize).copied();
    repeated.sort_unstable_by(|a: &TraceEvent, b: &TraceEvent| {
        let key = |event: &TraceEvent| (event.time, event.kind, id(event), event.quantity);
        a.code.cmp(&b.code).then_with(|| key(a).cmp(&key(b)))
    });
    // A scan that files tell twice is one.
    repeated.dedup_by(|again, first| again.line != NONE && again == first);
    (trace.places, trace.repeated) = (places, repeated);
}

/// Two bits for every hash, shared by others: seen, seen again.
struct Marks {
    seen: Vec<u64>,
    again: Vec<u64>,
    shift: u32,
}

impl Marks {
    fn of(count: usize) -> Self {
        let bits = (count * 16).next_power_of_two().max(64);
        let words = vec![0; bits / 64];
        Self {
            seen: words.clone(),
            again: words,
            shift: 64 - bits.trailing_zeros(),
        }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = hash >> self.shift;
        let word = usize::try_from(bit / 64).expect("as many words as were made");
        (word, 1 << (bit % 64))
    }

    fn see(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        self.again[word] |= self.seen[word] & bit;
        self.seen[word] |= bit;
    }

    fn seen_again(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.again[word] & bit != 0
    }
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
#[derive(Clone)]
struct Rows {
    order: Option<Arc<[u32]>>,
    /// Where the last one was found: scans mostly come in the order of lines.
    last: usize,
}

impl Rows {
    fn of(lines: &Lines) -> Self {
        let order = (!lines.id.is_sorted()).then(|| {
            let mut order: Vec<u32> = (0..).take(lines.len()).collect();
            order.par_sort_unstable_by_key(|&row| lines.id[row as usize]);
            order.into()
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
