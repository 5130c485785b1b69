//! `cargo xtask test`: every test there is, part by part, with a sum at the end.

use crate::console::{self, Built};
use crate::process::{self, Fault};
use crate::report::{Count, Report};
use crate::{browser, cargo, client, needs, postgres};

const RUST: &str = "Rust (rooms, corridor, golden cases, house rules)";
const CLUSTER: &str = "cluster (audit on Apache Ballista)";
const CONSOLE: &str = "console (type check, build, unit tests)";
const BROWSER: &str = "browser (console against a running demo)";
const CLIENT: &str = "console client (same as the API description)";
const POSTGRES: &str = "store on PostgreSQL";

/// Runs every part even when an earlier one failed, so that one run tells all.
pub fn run() -> Result<bool, Fault> {
    needs::install()?;
    let mut report = Report::default();
    let built = test_console(&mut report);
    test_rust(&mut report);
    test_cluster(&mut report);
    test_client(&mut report, built);
    test_browser(&mut report, built);
    println!("{}", report.text());
    Ok(report.is_good())
}

/// First, because the executable looks for the console's output.
fn test_console(report: &mut Report) -> Built {
    if !console::has_node() {
        report.skipped(CONSOLE, "no Node 20.19 or newer on this machine");
        return Built::NoNode;
    }
    let folder = cargo::root().join("console");
    let built = console::build().unwrap_or_else(|fault| {
        eprintln!("{fault}");
        Built::Failed
    });
    match built {
        Built::NoNode | Built::Failed => {
            report.broke(CONSOLE, "npm ci or the build failed".to_owned());
        }
        Built::Ready => {
            let mut count = Count::default();
            let checked = console::install(&folder)
                .and_then(|done| Ok(done && script(&["run", "check"], &mut count)?))
                .and_then(|done| Ok(done && script(&["test", "--if-present"], &mut count)?));
            close(report, CONSOLE, count, checked);
        }
    }
    built
}

fn script(arguments: &[&str], count: &mut Count) -> Result<bool, Fault> {
    let mut npm = console::npm(&cargo::root().join("console"));
    process::run_watching(npm.args(arguments), |line| count.read(line))
}

/// All crates but the cluster's, on SQLite and on whatever `TEST_DATABASE_URL` names.
fn test_rust(report: &mut Report) {
    let mut tests = cargo::cargo();
    tests.args([
        "test",
        "--workspace",
        "--exclude",
        "cluster",
        "--no-fail-fast",
    ]);
    let given = std::env::var_os("TEST_DATABASE_URL").is_some();
    let server = if given { None } else { private_server(report) };
    if let Some(server) = &server {
        tests.env("TEST_DATABASE_URL", &server.url);
    }
    let mut count = Count::default();
    let done = process::run_watching(&mut tests, |line| count.read(line));
    close(report, RUST, count, done);
}

/// By itself: together, the others would be built a second time with the features that DataFusion
/// asks of the libraries they share.
fn test_cluster(report: &mut Report) {
    let mut tests = cargo::cargo();
    tests.args(["test", "--package", "cluster", "--no-fail-fast"]);
    let mut count = Count::default();
    let done = process::run_watching(&mut tests, |line| count.read(line));
    close(report, CLUSTER, count, done);
}

fn private_server(report: &mut Report) -> Option<postgres::Server> {
    let Some(programs) = postgres::programs() else {
        report.skipped(
            POSTGRES,
            "no PostgreSQL on this machine (Debian package: postgresql)",
        );
        return None;
    };
    match postgres::start(&programs) {
        Ok(server) => Some(server),
        Err(fault) => {
            report.broke(POSTGRES, fault);
            None
        }
    }
}

fn test_client(report: &mut Report, built: Built) {
    match built {
        Built::Ready => close(report, CLIENT, Count::default(), client::is_current()),
        Built::NoNode => report.skipped(CLIENT, "no Node on this machine"),
        Built::Failed => report.broke(CLIENT, "the console's packages are missing".to_owned()),
    }
}

fn test_browser(report: &mut Report, built: Built) {
    if !cargo::root().join("console/e2e").is_dir() {
        report.broke(BROWSER, "console/e2e is missing".to_owned());
    } else if built == Built::NoNode {
        report.skipped(BROWSER, "no Node on this machine");
    } else if built == Built::Failed {
        report.broke(BROWSER, "the console was not built".to_owned());
    } else if needs::chromium().is_none() {
        report.skipped(
            BROWSER,
            "no Chromium on this machine (Debian package: chromium)",
        );
    } else {
        let mut count = Count::default();
        let done = browser::run(&mut count);
        close(report, BROWSER, count, done);
    }
}

fn close(report: &mut Report, part: &'static str, count: Count, done: Result<bool, Fault>) {
    match done {
        Ok(succeeded) => report.ran(part, count, succeeded),
        Err(fault) => report.broke(part, fault),
    }
}
