//! The peer's list of rules beside DuckDB in one run: `beside_duckdb FOLDER [month|year]`.
//!
//! FOLDER holds `m1` to `m6`, written by `bench/audit/generate_month.py` of `../shared`; the peer
//! is `duckdb_peer.py` beside it, run by `PYTHON` (with the package `duckdb`), and `batch`, built
//! beside this program, is ours. What is missing is said on standard error, and nothing is
//! measured. The end is a failure when counts differ where definitions agree.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

type Done<T> = Result<T, Box<dyn Error>>;

/// A rule of the peer, ours that look for the same, and why the counts differ if they do.
const PAIRS: [(&str, &[&str], Option<&str>); 15] = [
    ("R01", &["C001", "C002"], None),
    (
        "R02",
        &["P007"],
        Some("three classes of age, on the fee date"),
    ),
    ("R03", &["P003"], None),
    ("R04", &["P002"], None),
    ("R05", &["P004"], None),
    ("R06", &["P016"], None),
    ("R07", &["M006", "M007"], None),
    (
        "R08",
        &["M001", "M002", "M003"],
        Some("hours are hours, not the day"),
    ),
    (
        "R09",
        &["M008"],
        Some("the day of discharge does not count, and no day is given away"),
    ),
    (
        "R10",
        &["M005"],
        Some("quantity must be equal too, reversals count"),
    ),
    (
        "R11",
        &["M027", "F003"],
        Some("once a visit; elsewhere not on the first or last day"),
    ),
    (
        "R12",
        &["F001"],
        Some("planned readmissions and moves are excused"),
    ),
    ("R13", &["P005"], Some("all codes of a drug are one course")),
    (
        "R14",
        &["T001"],
        Some("the first sale of a code is not held against anybody"),
    ),
    (
        "R15",
        &["F024"],
        Some("against the months before, not against other providers"),
    ),
];

/// Tables that the peer reads; ours reads no others in this run.
const TABLES: [&str; 8] = [
    "k_drug_sex",
    "k_item_sex",
    "k_drug_age",
    "k_drug_level",
    "k_drug_setting",
    "k_item_daily_cap",
    "k_item_includes",
    "k_drug_course",
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "/tmp/bench".to_owned()));
    let only = arguments.next();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if let Some(missing) = missing(&folder, &shared) {
        eprintln!("SKIPPED: {missing}; nothing is measured");
        return ExitCode::SUCCESS;
    }
    let mut agreed = true;
    for batch in ["month", "year"] {
        if only.as_ref().is_some_and(|only| only != batch) {
            continue;
        }
        match compare(&folder, &shared, batch) {
            Ok(same) => agreed &= same,
            Err(error) => {
                eprintln!("{batch}: {error}");
                agreed = false;
            }
        }
    }
    if agreed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn python() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn missing(folder: &Path, shared: &Path) -> Option<String> {
    let peer = shared.join("bench/audit/duckdb_peer.py");
    let month = folder.join("m1/lines.parquet");
    for file in [peer, month] {
        if !file.is_file() {
            return Some(format!("there is no {}", file.display()));
        }
    }
    let duckdb = Command::new(python())
        .args(["-c", "import duckdb"])
        .output();
    let there = duckdb.is_ok_and(|answer| answer.status.success());
    (!there).then(|| format!("{} has no package duckdb", python()))
}

/// Runs both on one batch and prints them side by side; whether counts agree where they must.
fn compare(folder: &Path, shared: &Path, batch: &str) -> Done<bool> {
    let knowledge = linked(
        &folder.join("knowledge"),
        TABLES.map(|name| {
            let from = shared.join(format!("reference/audit/knowledge/full/{name}.csv"));
            (format!("{name}.csv"), from)
        }),
    )?;
    let (data, pattern) = if batch == "month" {
        (folder.join("m1"), "m1".to_owned())
    } else {
        (year(folder)?, "year/m*".to_owned())
    };
    let peer = Peer::run(folder, shared, &pattern)?;
    let mut runs = Vec::new();
    for _ in 0..3 {
        runs.push(Ours::run(&data, &knowledge)?);
    }
    runs.sort_by_key(|run| run.wall);
    let ours = &runs[1];
    println!("{batch}: {}", peer.summary);
    println!("{:<22} {:>9} {:>9}  ours", "peer", "peer", "ours");
    let mut agreed = true;
    for (id, rules, why) in PAIRS {
        let (name, _, count) = peer
            .rules
            .iter()
            .find(|rule| rule.0.starts_with(id))
            .ok_or(id)?;
        let mine: BTreeSet<&String> = rules.iter().flat_map(|rule| ours.found(rule)).collect();
        let same = usize::try_from(*count)? == mine.len();
        let remark = match (same, why) {
            (true, _) => "",
            (false, Some(why)) => why,
            (false, None) => "DIFFERS",
        };
        agreed &= same || why.is_some();
        println!(
            "{name:<22} {count:>9} {:>9}  {} {remark}",
            mine.len(),
            rules.join(" ")
        );
    }
    let wall = ours.wall.as_secs_f64();
    let sum: f64 = peer.rules.iter().map(|rule| rule.1).sum();
    let without: f64 = sum - peer.rules.last().map_or(0.0, |rule| rule.1);
    println!("{}", ours.summary);
    println!(
        "peer {sum:.2} s, ours {wall:.2} s (median of three, process and findings file included): \
         {:.1} times as fast; without R15 {:.1} times",
        sum / wall,
        without / wall
    );
    Ok(agreed)
}

/// The months in one folder, with one table of prices and one of indications as the peer has them.
fn year(folder: &Path) -> Done<PathBuf> {
    let year = folder.join("year");
    for month in 1..=6 {
        let from = folder.join(format!("m{month}"));
        let files = ["lines", "visits", "trac"].map(|name| format!("{name}.parquet"));
        let files = files.map(|name| (name.clone(), from.join(name)));
        linked(&year.join(format!("m{month}")), files)?;
    }
    let tables = ["k_price.parquet", "k_ind.parquet"];
    linked(
        &year,
        tables.map(|name| (name.to_owned(), folder.join("m1").join(name))),
    )
}

/// A folder with links to files.
fn linked<const N: usize>(folder: &Path, files: [(String, PathBuf); N]) -> Done<PathBuf> {
    std::fs::create_dir_all(folder)?;
    for (name, from) in files {
        let link = folder.join(name);
        if !link.exists() {
            std::os::unix::fs::symlink(std::fs::canonicalize(from)?, link)?;
        }
    }
    Ok(folder.to_owned())
}

/// What the peer said.
struct Peer {
    /// Name, seconds, hits.
    rules: Vec<(String, f64, u64)>,
    summary: String,
}

impl Peer {
    fn run(folder: &Path, shared: &Path, pattern: &str) -> Done<Self> {
        let script = std::fs::canonicalize(shared.join("bench/audit/duckdb_peer.py"))?;
        let mut command = Command::new(python());
        command
            .current_dir(folder)
            .arg(script)
            .args([pattern, "2", "parquet"]);
        let text = output(&mut command)?;
        let mut rules = Vec::new();
        for line in text.lines().filter(|line| line.ends_with(" hits")) {
            let mut words: Vec<&str> = line.split_whitespace().rev().skip(1).collect();
            let (count, seconds) = (words.remove(0), words.remove(0));
            words.reverse();
            let seconds = seconds.trim_end_matches('s').parse()?;
            rules.push((words.join(" "), seconds, count.parse()?));
        }
        let summary = text.lines().last().unwrap_or_default().to_owned();
        Ok(Self { rules, summary })
    }
}

/// What we found.
struct Ours {
    wall: Duration,
    targets: BTreeMap<String, BTreeSet<String>>,
    summary: String,
}

impl Ours {
    fn run(data: &Path, knowledge: &Path) -> Done<Self> {
        let program = std::env::current_exe()?.with_file_name("batch");
        let rules: Vec<&str> = PAIRS.iter().flat_map(|pair| pair.1).copied().collect();
        let out = std::env::temp_dir().join("beside-duckdb.csv");
        let mut command = Command::new(program);
        command
            .arg(data)
            .arg(knowledge)
            .arg(rules.join(","))
            .env("OUT", &out);
        let started = Instant::now();
        let text = output(&mut command)?;
        let wall = started.elapsed();
        let mut targets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in csv::Reader::from_path(&out)?.records() {
            let row = row?;
            targets
                .entry(row[0].to_owned())
                .or_default()
                .insert(row[2].to_owned());
        }
        let summary = text.lines().last().unwrap_or_default().to_owned();
        Ok(Self {
            wall,
            targets,
            summary,
        })
    }

    fn found(&self, rule: &str) -> impl Iterator<Item = &String> {
        self.targets.get(rule).into_iter().flatten()
    }
}

fn output(command: &mut Command) -> Done<String> {
    let answer = command.output()?;
    if answer.status.success() {
        Ok(String::from_utf8(answer.stdout)?)
    } else {
        Err(String::from_utf8_lossy(&answer.stderr).into_owned().into())
    }
}
