//! 分线程审核：人员、机构切成段，各线程领取，结果与切法无关。

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use audit::{Finding, Plan, Sheet, Tallies, Tally};
use lines::Data;

const PEOPLE: u32 = 4_096;
const PROVIDERS: u32 = 8;

/// Runs a plan on so many threads (分线程审核).
///
/// `told` hears how many of how many parts are done.
pub fn scan_on(
    plan: &Plan,
    data: &Data,
    threads: usize,
    told: &(dyn Fn(u64, u64) + Sync),
) -> Vec<Finding> {
    let people = u32::try_from(data.people.len()).expect("dictionary numbers");
    let providers = u32::try_from(data.providers.len()).expect("dictionary numbers");
    let parts = u64::from(people.div_ceil(PEOPLE)) + u64::from(providers.div_ceil(PROVIDERS));
    let done = AtomicU32::new(0);
    let tell = || told(u64::from(done.fetch_add(1, Ordering::Relaxed)) + 1, parts);
    let sheets = in_parts(people, PEOPLE, threads, &|range| {
        let sheet = plan.scan_people(data, range);
        tell();
        sheet
    });
    let mut sheets: Vec<Sheet> = sheets.into_iter().map(|(_, sheet)| sheet).collect();
    let found = in_parts(providers, PROVIDERS, threads, &|range| {
        let found = plan.scan_providers(data, range);
        tell();
        found
    });
    let mut by_provider: Vec<Vec<Tally>> = Vec::new();
    for (_, (sheet, tallies)) in found {
        sheets.push(sheet);
        by_provider.extend(tallies);
    }
    let tallies = Tallies { by_provider };
    let rules = u32::try_from(plan.len()).expect("a plan has few rules");
    let batch = in_parts(rules, 1, threads, &|range| {
        plan.scan_batch(data, &tallies, range.start as usize)
    });
    sheets.extend(batch.into_iter().map(|(_, sheet)| sheet));
    plan.conclude(data, sheets)
}

/// Works on ranges of `0..count` side by side; the answers come in the order of the ranges.
fn in_parts<T: Send>(
    count: u32,
    size: u32,
    threads: usize,
    work: &(dyn Fn(Range<u32>) -> T + Sync),
) -> Vec<(u32, T)> {
    let (next, answers) = (AtomicU32::new(0), Mutex::new(Vec::new()));
    let run = || {
        loop {
            let begin = next.fetch_add(1, Ordering::Relaxed).saturating_mul(size);
            if begin >= count {
                return;
            }
            let answer = work(begin..count.min(begin.saturating_add(size)));
            answers
                .lock()
                .expect("no thread panics while it holds this")
                .push((begin, answer));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(run);
        }
        run();
    });
    let mut answers = answers.into_inner().expect("no thread panicked");
    answers.sort_unstable_by_key(|answer| answer.0);
    answers
}
