use std::collections::{BTreeMap, BTreeSet};

use lines::{Data, NONE, Trace, TraceEvent, TraceEventKind, Visits};
use money::{Fen, Ratio, Rounding};

use crate::{Fact, Hit, Kernel, Sheet, Spot};

/// Packs in doubt, by line and code, each with what is said of it (存疑的盒).
#[derive(Debug)]
pub struct Packs<'d> {
    data: &'d Data,
    found: BTreeMap<u32, BTreeMap<&'d str, [Fact; 3]>>,
}

/// Judges the scans of each trace code, in the order of time (逐盒).
///
/// What is found is joined by line: of a line of several packs only the packs in doubt count. Scans
/// without a line and scans of refunded bills are shown to the judge and never held against a line.
pub fn each_pack(
    judge: impl for<'d> Fn(&'d Data, &'d [TraceEvent], &mut Packs<'d>) + Send + Sync + 'static,
) -> Kernel {
    Kernel::Batch(Box::new(move |data, sheet| {
        let codes = data.trace.iter().flat_map(Trace::by_code);
        Packs::judged(data, codes, &judge).write(sheet);
    }))
}

/// As [`each_pack`], but only the codes that were scanned more than once (重复扫码的盒).
pub fn each_repeated_pack(
    judge: impl for<'d> Fn(&'d Data, &'d [TraceEvent], &mut Packs<'d>) + Send + Sync + 'static,
) -> Kernel {
    Kernel::Batch(Box::new(move |data, sheet| {
        let codes = data.trace.iter().flat_map(Trace::repeated);
        Packs::judged(data, codes, &judge).write(sheet);
    }))
}

/// Whether a scan belongs to a bill that was refunded since (已退费的扫码).
pub fn is_refunded(data: &Data, event: &TraceEvent) -> bool {
    let visit = data.lines.visit.get(event.line as usize);
    visit.is_some_and(|&visit| data.visits.has(visit, Visits::REVERSED))
}

impl<'d> Packs<'d> {
    /// No packs yet.
    pub fn of(data: &'d Data) -> Self {
        let found = BTreeMap::new();
        Self { data, found }
    }

    fn judged(
        data: &'d Data,
        codes: impl Iterator<Item = &'d [TraceEvent]>,
        judge: &impl Fn(&'d Data, &'d [TraceEvent], &mut Self),
    ) -> Self {
        let mut packs = Self::of(data);
        for events in codes {
            judge(data, events, &mut packs);
        }
        packs
    }

    /// Finds fault with a scan.
    pub fn add<const N: usize>(&mut self, event: &'d TraceEvent, facts: [Fact; N]) {
        if event.line != NONE && !is_refunded(self.data, event) {
            let facts = Hit::new(Fen::ZERO, facts).facts;
            let line = self.found.entry(event.line).or_default();
            line.entry(event.code.as_str()).or_insert(facts);
        }
    }

    /// Writes one hit for each line, of the part of its packs that is in doubt.
    pub fn write(self, sheet: &mut Sheet) {
        if self.found.is_empty() {
            return;
        }
        let mut sold: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        let events = self.data.trace.iter().flat_map(|trace| &trace.events);
        for event in events.filter(|event| event.kind == TraceEventKind::Sale) {
            if self.found.contains_key(&event.line) {
                sold.entry(event.line).or_default().insert(&event.code);
            }
        }
        let whole = |packs: usize| i64::try_from(packs).unwrap_or(i64::MAX);
        for (line, packs) in self.found {
            let all = sold.get(&line).map_or(1, BTreeSet::len).max(packs.len());
            let part = Ratio::new(whole(packs.len()), whole(all));
            let in_scope = Spot::of(self.data, line).in_scope();
            let amount = in_scope.times(part, Rounding::HalfUp);
            if let Some(facts) = packs.into_values().next() {
                sheet.line(line, Hit::new(amount, facts));
            }
        }
    }
}
