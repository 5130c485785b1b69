//! 一遍审核：先逐次就诊，再逐人，后机构与整批。

mod buckets;
mod people;
mod visits;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use lines::Data;
use rayon::prelude::*;

use self::people::Cared;
use crate::kernel::{Kernel, Provider};
use crate::tally::{Scratch, Tally};
use crate::{Finding, Plan, Sheet, Tallies};

/// Visits, people and providers that one thread judges in one go. Stays, which lie together, have
/// hundreds of lines and a large hospital half of all visits: parts are small and each is taken by
/// itself, so that no thread is left with the dear ones.
const VISITS: u32 = 1_024;
const PEOPLE: u32 = 4_096;
const PROVIDERS: u32 = 1;

/// Runs a plan over a batch on the threads of the pool this is called in (审核).
///
/// Any number of threads gives the same findings: [`Plan::conclude`] orders them by their targets.
pub fn scan(plan: &Plan, data: &Data) -> Vec<Finding> {
    scan_telling(plan, data, &|_, _| ())
}

/// As [`scan`], by the rules alone that judge one person after another (逐人审核).
pub fn scan_persons(plan: &Plan, data: &Data) -> Vec<Finding> {
    plan.conclude(data, plan.scan_everybody(data, &|| ()))
}

/// As [`scan`]; `told` hears how many of how many parts are done.
pub fn scan_telling(plan: &Plan, data: &Data, told: &(dyn Fn(u64, u64) + Sync)) -> Vec<Finding> {
    let pieces = |count: usize, size: u32| parts(count, size).len() as u64;
    let people = pieces(data.visits.len(), VISITS) + pieces(data.people.len(), PEOPLE);
    let all = people + pieces(data.providers.len(), PROVIDERS);
    let done = AtomicU64::new(0);
    let tell = || told(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    let mut sheets = plan.scan_everybody(data, &tell);
    let judged = each_part(data.providers.len(), PROVIDERS).map(|range| {
        let found = plan.scan_providers(data, range);
        tell();
        found
    });
    let (found, by_provider): (Vec<Sheet>, Vec<Vec<Vec<Tally>>>) = judged.unzip();
    sheets.extend(found);
    let by_provider = by_provider.into_iter().flatten().collect();
    let tallies = Tallies { by_provider };
    let places = (0..plan.rules.len()).into_par_iter().with_max_len(1);
    sheets.par_extend(places.map(|place| plan.scan_batch(data, &tallies, place)));
    plan.conclude(data, sheets)
}

/// Dictionary numbers cut into ranges.
fn parts(count: usize, size: u32) -> Vec<Range<u32>> {
    let count = u32::try_from(count).expect("dictionary numbers");
    let begins = (0..count.div_ceil(size)).map(|part| part * size);
    begins.map(|begin| begin..count.min(begin + size)).collect()
}

/// The ranges, for threads to take one by one.
fn each_part(count: usize, size: u32) -> impl IndexedParallelIterator<Item = Range<u32>> {
    parts(count, size).into_par_iter().with_max_len(1)
}

impl Plan {
    /// Judges everybody: first visit by visit in the order they lie in, then what wants the order
    /// of a person's lines, or the whole person.
    fn scan_everybody(&self, data: &Data, tell: &(dyn Fn() + Sync)) -> Vec<Sheet> {
        let judged = each_part(data.visits.len(), VISITS).map(|range| {
            let judged = self.scan_visits(data, range);
            tell();
            judged
        });
        let (mut sheets, cared): (Vec<Sheet>, Vec<Vec<u32>>) = judged.unzip();
        let cared = Cared::of(data, &cared);
        let people = each_part(data.people.len(), PEOPLE);
        sheets.par_extend(people.map(|range| {
            let sheet = self.scan_people(data, &cared, range);
            tell();
            sheet
        }));
        sheets
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
    fn scan_batch(&self, data: &Data, tallies: &Tallies, place: usize) -> Sheet {
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
