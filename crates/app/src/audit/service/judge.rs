//! The rules over a batch, on threads.

use ::audit::{Finding, Phase, Plan, Rule, all_rules, scan, scan_persons};
use lines::{Data, Intake, Quality};

use super::charge::{Bills, Charged};
use super::place::new_finding;
use crate::audit::NewFinding;
use crate::{AuditBook, Error};

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
    batch: (Intake, Bills),
    threads: usize,
) -> Result<Judged, Error> {
    let mut judged = on_threads(threads, || judge(book, rules, batch, scan_persons))?;
    // These rules work on any batch of this service; one that waits for lines where nobody has any
    // has judged all the same.
    if judged.lines == 0 {
        judged.worked.fill(true);
    }
    Ok(judged)
}

/// Judges everybody by rules about institutions and the whole batch.
pub(super) fn judge_batch(
    book: &AuditBook,
    rules: &[&'static Rule],
    batch: (Intake, Bills),
    threads: usize,
) -> Result<Judged, Error> {
    on_threads(threads, || judge(book, rules, batch, scan))
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1));
    let pool = pool
        .build()
        .map_err(|error| Error::Bug(format!("no audit threads: {error}")))?;
    Ok(pool.install(work))
}

fn judge(
    book: &AuditBook,
    rules: &[&'static Rule],
    (intake, bills): (Intake, Bills),
    scan: fn(&Plan, &Data) -> Vec<Finding>,
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
    let found = scan(&plan, data);
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
