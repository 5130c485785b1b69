//! A batch without the rest of the executable: `batch DATA KNOWLEDGE[,KNOWLEDGE] [RULE,RULE…]`.
//!
//! `THREADS` (two), `PARAMS` and `OUT` (`findings.csv` among temporary files) come from outside.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant;

use columnar::{Job, run_job, write_findings};

/// The executable's, so that figures are its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = |place: usize| -> Vec<String> {
        let text = arguments.get(place).map_or("", String::as_str);
        text.split(',')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let threads = std::env::var("THREADS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2);
    let job = Job {
        data: arguments[0].clone().into(),
        knowledge: list(1).into_iter().map(Into::into).collect(),
        params: std::env::var_os("PARAMS").map(Into::into),
        rules: list(2),
        threads,
    };
    let started = Instant::now();
    let outcome = run_job(&job, &|_, _| ()).expect("readable files");
    let out = std::env::var_os("OUT").map_or_else(
        || std::env::temp_dir().join("findings.csv"),
        std::path::PathBuf::from,
    );
    write_findings(&out, &outcome.plan, &outcome.data, &outcome.findings).expect("writable");
    let mut counts = vec![0; outcome.plan.len()];
    for finding in &outcome.findings {
        counts[usize::from(finding.rule)] += 1;
    }
    for ((rule, waits), count) in outcome.plan.states().zip(counts) {
        let waits = waits.map_or(String::new(), |waits| format!(" waits: {}", waits.0));
        println!("{} {count}{waits}", rule.id);
    }
    println!(
        "lines {} findings {} read {:.2?} judged {:.2?} all {:.2?}, {}",
        outcome.data.lines.len(),
        outcome.findings.len(),
        outcome.times.0,
        outcome.times.1,
        started.elapsed(),
        largest_memory()
    );
}

/// As the system counted it, where it does.
fn largest_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
