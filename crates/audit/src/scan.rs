use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use lines::{Data, Visits};
use rayon::prelude::*;

use crate::kernel::{JudgeLine, Kernel, Person, Provider};
use crate::kernels::cancelled;
use crate::tally::{Scratch, Tally};
use crate::{Finding, Plan, Planned, Sheet, Spot, Tallies};

/// People, and providers, that one thread judges in one go.
const PEOPLE: u32 = 4_096;
const PROVIDERS: u32 = 8;

/// Runs a plan over a batch on the threads of the pool this is called in (审核).
///
/// The parts may be run side by side elsewhere: people and providers by ranges, then the batch;
/// [`Plan::conclude`] gives the same findings for any cut.
pub fn scan(plan: &Plan, data: &Data) -> Vec<Finding> {
    scan_telling(plan, data, &|_, _| ())
}

/// As [`scan`]; `told` hears how many of how many parts are done.
pub fn scan_telling(plan: &Plan, data: &Data, told: &(dyn Fn(u64, u64) + Sync)) -> Vec<Finding> {
    let people = parts(data.people.len(), PEOPLE);
    let providers = parts(data.providers.len(), PROVIDERS);
    let all = (people.len() + providers.len()) as u64;
    let done = AtomicU64::new(0);
    let tell = || told(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    let judged = people.into_par_iter().map(|range| {
        let sheet = plan.scan_people(data, range);
        tell();
        sheet
    });
    let mut sheets: Vec<Sheet> = judged.collect();
    let judged = providers.into_par_iter().map(|range| {
        let found = plan.scan_providers(data, range);
        tell();
        found
    });
    let (found, by_provider): (Vec<Sheet>, Vec<Vec<Vec<Tally>>>) = judged.unzip();
    sheets.extend(found);
    let by_provider = by_provider.into_iter().flatten().collect();
    let tallies = Tallies { by_provider };
    let places = (0..plan.rules.len()).into_par_iter();
    sheets.par_extend(places.map(|place| plan.scan_batch(data, &tallies, place)));
    plan.conclude(data, sheets)
}

/// Dictionary numbers cut into ranges.
fn parts(count: usize, size: u32) -> Vec<Range<u32>> {
    let count = u32::try_from(count).expect("dictionary numbers");
    let begins = (0..count.div_ceil(size)).map(|part| part * size);
    begins.map(|begin| begin..count.min(begin + size)).collect()
}

/// One line in a person's order.
type Place = (u32, u64, u32);

/// Buffers that one range of people shares.
struct Buffers<'p> {
    cared: Vec<Place>,
    buckets: Vec<Vec<u32>>,
    touched: Vec<u16>,
    /// The judge of the rule at each place that takes line by line the items it asked for.
    each: Vec<Option<&'p JudgeLine>>,
    /// Judges of all lines, with the places of their rules.
    every: Vec<(usize, &'p JudgeLine)>,
}

impl<'p> Buffers<'p> {
    fn of(rules: &'p [Planned]) -> Self {
        let each = rules.iter().map(|planned| match &planned.kernel {
            Ok(Kernel::EachLine(_, judge)) => Some(&**judge),
            _ => None,
        });
        let every = rules
            .iter()
            .enumerate()
            .filter_map(|(place, planned)| match &planned.kernel {
                Ok(Kernel::EveryLine(judge)) => Some((place, &**judge)),
                _ => None,
            });
        Self {
            cared: Vec::new(),
            buckets: vec![Vec::new(); rules.len()],
            touched: Vec::new(),
            each: each.collect(),
            every: every.collect(),
        }
    }

    fn hand(&mut self, slot: u16, row: u32) {
        let bucket = &mut self.buckets[usize::from(slot)];
        if bucket.is_empty() {
            self.touched.push(slot);
        }
        bucket.push(row);
    }
}

impl Plan {
    /// Judges a range of people.
    pub fn scan_people(&self, data: &Data, people: Range<u32>) -> Sheet {
        let mut sheet = Sheet::default();
        let mut buffers = Buffers::of(&self.rules);
        for number in people {
            let visits = data.visits_of(number);
            if visits.is_empty() {
                continue;
            }
            let person = Person {
                data,
                person: number,
                visits,
            };
            self.judge_items(&person, &mut buffers, &mut sheet);
            for (place, planned) in self.rules.iter().enumerate() {
                if let Ok(Kernel::People(judge)) = &planned.kernel {
                    self.begin(&mut sheet, place);
                    judge(&person, &mut sheet);
                }
            }
        }
        sheet
    }

    /// Hands the person's lines to the kernels that asked for their items.
    fn judge_items(&self, person: &Person<'_>, buffers: &mut Buffers<'_>, sheet: &mut Sheet) {
        let lines = &person.data.lines;
        buffers.cared.clear();
        // A bill that was refunded has no line left to judge.
        let stands = |visit: &&u32| !person.data.visits.has(**visit, Visits::REVERSED);
        for &visit in person.visits.iter().filter(stands) {
            self.judge_visit(person, visit, buffers, sheet);
        }
        buffers.cared.sort_unstable();
        for at in 0..buffers.cared.len() {
            let row = buffers.cared[at].2;
            for &slot in self.slots.of_item(lines.item[row as usize]) {
                if buffers.each[usize::from(slot)].is_none() {
                    buffers.hand(slot, row);
                }
            }
        }
        for slot in buffers.touched.drain(..) {
            let place = usize::from(slot);
            let bucket = &mut buffers.buckets[place];
            self.begin(sheet, place);
            match &self.rules[place].kernel {
                Ok(Kernel::Items(_, judge)) => judge(person, bucket, sheet),
                Ok(Kernel::EachLine(_, judge)) => {
                    let gone = cancelled(person.data, bucket);
                    for &row in bucket.iter().filter(|row| !gone.contains(row)) {
                        judge(&Spot::of(person.data, row), sheet);
                    }
                }
                _ => {}
            }
            bucket.clear();
        }
    }

    /// Judges the lines of a visit that can be judged by themselves, and keeps the others: those
    /// that want an order, and in a visit with reversals those that may be reversed.
    fn judge_visit(
        &self,
        person: &Person<'_>,
        visit: u32,
        buffers: &mut Buffers<'_>,
        sheet: &mut Sheet,
    ) {
        let (data, lines) = (person.data, &person.data.lines);
        let range = data.lines_of(visit);
        let span = range.start as usize..range.end as usize;
        let reversals = lines.count[span.clone()].iter().any(|&count| count <= 0);
        for (row, &item) in range.zip(&lines.item[span]) {
            let spot = Spot {
                data,
                row,
                visit,
                person: person.person,
            };
            let mut in_order = false;
            for &slot in self.slots.of_item(item) {
                match buffers.each[usize::from(slot)] {
                    None => in_order = true,
                    Some(_) if reversals => buffers.hand(slot, row),
                    Some(judge) => {
                        self.begin(sheet, usize::from(slot));
                        judge(&spot, sheet);
                    }
                }
            }
            for &(place, judge) in &buffers.every {
                self.begin(sheet, place);
                judge(&spot, sheet);
            }
            if in_order {
                let at = row as usize;
                buffers.cared.push((lines.time[at].0, lines.id[at].0, row));
            }
        }
    }

    /// Judges a range of providers, and tallies them when a rule wants amounts by item.
    pub fn scan_providers(&self, data: &Data, providers: Range<u32>) -> (Sheet, Vec<Vec<Tally>>) {
        let mut sheet = Sheet::default();
        let (mut tallies, mut scratch) = (Vec::new(), Scratch::default());
        let tallied = self
            .rules
            .iter()
            .any(|one| matches!(one.kernel, Ok(Kernel::Tallied(_))));
        for number in providers {
            let visits = data.visits_at(number);
            if tallied {
                tallies.push(scratch.tally(data, visits));
            }
            let provider = Provider {
                data,
                provider: number,
                visits,
            };
            for (place, planned) in self.rules.iter().enumerate() {
                if let Ok(Kernel::Providers(judge)) = &planned.kernel {
                    self.begin(&mut sheet, place);
                    judge(&provider, &mut sheet);
                }
            }
        }
        (sheet, tallies)
    }

    /// Judges the whole batch by the rule at one place of the plan, if it is of that kind.
    pub fn scan_batch(&self, data: &Data, tallies: &Tallies, place: usize) -> Sheet {
        let mut sheet = Sheet::default();
        self.begin(&mut sheet, place);
        match &self.rules[place].kernel {
            Ok(Kernel::Batch(judge)) => judge(data, &mut sheet),
            Ok(Kernel::Tallied(judge)) => judge(data, tallies, &mut sheet),
            _ => {}
        }
        sheet
    }

    /// How many rules the plan has.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether the plan has no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn begin(&self, sheet: &mut Sheet, place: usize) {
        sheet.rule = u16::try_from(place).expect("a plan has few rules");
        sheet.strength = Some(self.rules[place].rule.strength);
    }
}
