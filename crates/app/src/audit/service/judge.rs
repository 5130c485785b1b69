//! The rules over a batch, on threads.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use ::audit::{Finding, Phase, Plan, Rule, Sheet, Tallies, all_rules};
use lines::{Data, Intake, Quality};

use super::charge::{Bills, Charged};
use super::place::new_finding;
use crate::AuditBook;
use crate::audit::NewFinding;

/// Rules sorted by whom they judge.
#[derive(Default)]
pub(super) struct Sorted {
    pub people: Vec<&'static Rule>,
    pub others: Vec<&'static Rule>,
    pub quality: Quality,
}

/// What rules found in a batch.
pub(super) struct Judged {
    pub findings: Vec<NewFinding>,
    /// Rules that worked, by their place among those asked.
    pub worked: Vec<bool>,
    pub waiting: Vec<(&'static str, String)>,
    pub quality: Quality,
    /// Lines of the batch.
    pub lines: usize,
}

/// Which rules work on the batches of this service, and whom they judge. Rules that wait may work
/// on the whole batch, which has more tables than a page of people.
pub(super) fn sort_rules(book: &AuditBook, probe: Intake) -> Sorted {
    let after = |rule: &&'static Rule| {
        rule.phases
            .iter()
            .any(|phase| [Phase::After, Phase::Batch].contains(phase))
    };
    let rules: Vec<&'static Rule> = all_rules().into_iter().filter(after).collect();
    let mut sorted = Sorted::default();
    let (params, knowledge) = (&book.params, &book.knowledge);
    let data = probe.assemble();
    let plan = Plan::compile(&rules, &data, knowledge, params, &mut sorted.quality);
    for (place, (rule, waits)) in plan.states().enumerate() {
        match waits {
            None if plan.judges_people(place) => sorted.people.push(rule),
            _ => sorted.others.push(rule),
        }
    }
    sorted
}

/// Judges a page of people by rules that look at one person after another.
pub(super) fn judge_people(
    book: &AuditBook,
    rules: &[&'static Rule],
    (intake, bills): (Intake, Bills),
    threads: usize,
) -> Judged {
    let mut judged = judge(book, rules, (intake, bills), &|plan, data| {
        let people = u32::try_from(data.people.len()).unwrap_or(u32::MAX);
        let scan = |range| plan.scan_people(data, range);
        in_parts(people, 512, threads, &scan)
    });
    // These rules work on any batch of this service; one that waits for lines where nobody has any
    // has judged all the same.
    if judged.lines == 0 {
        judged.worked.fill(true);
    }
    judged
}

/// Judges everybody by rules about institutions and the whole batch.
pub(super) fn judge_batch(
    book: &AuditBook,
    rules: &[&'static Rule],
    (intake, bills): (Intake, Bills),
    threads: usize,
) -> Judged {
    judge(book, rules, (intake, bills), &|plan, data| {
        let providers = u32::try_from(data.providers.len()).unwrap_or(u32::MAX);
        let scan = |range| plan.scan_providers(data, range);
        let (mut sheets, mut by_provider) = (Vec::new(), Vec::new());
        for (sheet, tallies) in in_parts(providers, 8, threads, &scan) {
            sheets.push(sheet);
            by_provider.extend(tallies);
        }
        let tallies = Tallies { by_provider };
        let count = u32::try_from(plan.len()).unwrap_or(u32::MAX);
        let scan = |range: Range<u32>| plan.scan_batch(data, &tallies, range.start as usize);
        sheets.extend(in_parts(count, 1, threads, &scan));
        // Some rules that waited for a table judge people after all.
        if (0..plan.len()).any(|place| plan.judges_people(place)) {
            let people = u32::try_from(data.people.len()).unwrap_or(u32::MAX);
            let scan = |range| plan.scan_people(data, range);
            sheets.extend(in_parts(people, 512, threads, &scan));
        }
        sheets
    })
}

fn judge(
    book: &AuditBook,
    rules: &[&'static Rule],
    (intake, bills): (Intake, Bills),
    scan: &dyn Fn(&Plan, &Data) -> Vec<Sheet>,
) -> Judged {
    let mut data = intake.assemble();
    let mut quality = std::mem::take(&mut data.quality);
    let charged = Charged { data, bills };
    let data = &charged.data;
    // Troubles of the knowledge were noted when the rules were sorted.
    let mut known = Quality::default();
    let plan = Plan::compile(rules, data, &book.knowledge, &book.params, &mut known);
    let (mut worked, mut waiting) = (Vec::with_capacity(rules.len()), Vec::new());
    for (rule, waits) in plan.states() {
        worked.push(waits.is_none());
        waiting.extend(waits.map(|waits| (rule.id, waits.0.clone())));
    }
    let sheets = scan(&plan, data);
    let found: Vec<Finding> = plan.conclude(data, sheets);
    let findings = found
        .iter()
        .filter_map(|finding| {
            let made = new_finding(&plan, &charged, finding);
            if made.is_none() {
                quality.note("疑点没有可指的机构或日期", plan.evidence(data, finding));
            }
            made
        })
        .collect();
    Judged {
        findings,
        worked,
        waiting,
        quality,
        lines: data.lines.len(),
    }
}

/// Works on ranges of `0..count` side by side; the answers come in the order of the ranges.
fn in_parts<T: Send>(
    count: u32,
    size: u32,
    threads: usize,
    work: &(dyn Fn(Range<u32>) -> T + Sync),
) -> Vec<T> {
    let (next, answers) = (AtomicU32::new(0), Mutex::new(Vec::new()));
    let run = || {
        loop {
            let begin = next.fetch_add(1, Ordering::Relaxed).saturating_mul(size);
            if begin >= count {
                return;
            }
            let answer = work(begin..count.min(begin.saturating_add(size)));
            let mut held = answers.lock().unwrap_or_else(PoisonError::into_inner);
            held.push((begin, answer));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(run);
        }
        run();
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_unstable_by_key(|answer| answer.0);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
