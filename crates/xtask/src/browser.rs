//! The console in a real browser, against a real `tongchou demo`.

use crate::console;
use crate::needs;
use crate::process::{self, Fault, Running};
use crate::report::Count;
use crate::scratch::Scratch;
use crate::{cargo, http};
use std::process::Command;
use std::time::Duration;

/// People in the demo that the browser tests look at: every sample person is among them.
const POPULATION: &str = "2000";

/// Starts a demo of its own on a free port and runs `console/e2e/` against it.
pub fn run(count: &mut Count) -> Result<bool, Fault> {
    if !process::run(cargo::cargo().args(["build", "--package", "cli", "--bin", "tongchou"]))? {
        return Ok(false);
    }
    let scratch = Scratch::create("demo")?;
    let address = http::free_address().map_err(|error| error.to_string())?;
    let mut demo = Command::new(cargo::target_folder()?.join("debug/tongchou"));
    demo.current_dir(cargo::root()).arg("demo");
    demo.args(["--listen", &address.to_string(), "--population", POPULATION]);
    demo.arg("--data").arg(scratch.path());
    let mut running = Running::start(&mut demo, "tongchou demo", "-TERM")?;
    running.wait_until(Duration::from_secs(180), || http::is_ok(address, "/readyz"))?;

    let mut tests = console::npm(&cargo::root().join("console"));
    tests.args(["run", "--silent", "e2e"]);
    tests.env("TONGCHOU_URL", format!("http://{address}"));
    if let Some(chromium) = needs::chromium() {
        tests.env("CHROMIUM", chromium);
    }
    process::run_watching(&mut tests, |line| count.read(line))
}
