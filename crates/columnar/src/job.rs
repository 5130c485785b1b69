//! 一次批量审核：读知识、参数、数据，装配，分线程审核。

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use audit::{Finding, Params, Plan, Rule, all_rules, scan_telling};
use lines::{Data, Quality};

use crate::{Fault, Reading, read_data, read_knowledge, read_params};

/// What is to be audited (批量审核任务).
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// Folder of the data.
    pub data: PathBuf,
    /// Knowledge folders, later ones over earlier ones.
    pub knowledge: Vec<PathBuf>,
    /// File of parameters.
    pub params: Option<PathBuf>,
    /// Rules to run; empty for all.
    pub rules: Vec<String>,
    /// Threads; at least one.
    pub threads: usize,
}

/// What came of it (批量审核结果).
#[derive(Debug)]
pub struct Outcome {
    /// The batch.
    pub data: Data,
    /// The rules as they were built.
    pub plan: Plan,
    /// What was found, by rule and target.
    pub findings: Vec<Finding>,
    /// Data quality: of the data, the knowledge and the parameters.
    pub quality: Quality,
    /// Time spent reading, and judging.
    pub times: (Duration, Duration),
}

/// Runs a job; `told` hears how many of how many parts are judged.
///
/// # Errors
/// [`Fault`] when files cannot be read or a rule is not known.
pub fn run_job(job: &Job, told: &(dyn Fn(u64, u64) + Sync)) -> Result<Outcome, Fault> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(job.threads.max(1));
    let pool = pool.build().map_err(|error| Fault::new(&job.data, error))?;
    pool.install(|| run_here(job, told))
}

/// Runs a job on the threads of the pool this is called in.
fn run_here(job: &Job, told: &(dyn Fn(u64, u64) + Sync)) -> Result<Outcome, Fault> {
    let rules = chosen_rules(&job.rules)?;
    let started = Instant::now();
    let mut quality = Quality::default();
    let params = job
        .params
        .as_deref()
        .map_or_else(|| Ok(Params::default()), read_params)?;
    let reading = Reading {
        threads: job.threads,
        skipped_tables: unread_tables(&rules),
    };
    let (knowledge, data) = std::thread::scope(|scope| {
        let knowledge = scope.spawn(|| read_knowledge(&job.knowledge, &job.data, &mut quality));
        let data = read_data(&job.data, &reading);
        (knowledge.join().expect("readers do not panic"), data)
    });
    let (knowledge, mut data) = (knowledge?, data?);
    quality.merge(std::mem::take(&mut data.quality));
    let read = started.elapsed();
    let plan = Plan::compile(&rules, &data, &knowledge, &params, &mut quality);
    let findings = scan_telling(&plan, &data, told);
    let judged = started.elapsed().saturating_sub(read);
    Ok(Outcome {
        data,
        plan,
        findings,
        quality,
        times: (read, judged),
    })
}

/// The rules with these ids, in the order of the catalogue; all when none is named (选定的规则).
///
/// # Errors
/// [`Fault`] when a rule is not known.
pub fn chosen_rules(ids: &[String]) -> Result<Vec<&'static Rule>, Fault> {
    if ids.is_empty() {
        return Ok(all_rules());
    }
    let find = |id: &String| {
        let known = audit::find_rule(id);
        known.ok_or_else(|| Fault::new(Path::new("--rules"), format!("没有规则“{id}”")))
    };
    let mut rules = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let order = all_rules();
    rules.sort_by_key(|rule| order.iter().position(|known| known.id == rule.id));
    rules.dedup_by_key(|rule| rule.id);
    Ok(rules)
}

/// Tables of trace codes are large; they are read only for rules that look at them (不必读的表).
pub fn unread_tables(rules: &[&Rule]) -> Vec<&'static str> {
    let wanted = |name: &str| rules.iter().any(|rule| rule.feeds.contains(&name));
    let mut unread = vec!["trace_events", "trace_inbound"];
    unread.retain(|name| !wanted(name));
    unread
}
