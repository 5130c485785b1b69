//! `cargo demo`: everything a newcomer needs, built and running, from one command.

use crate::cargo;
use crate::console::{self, Built};
use crate::process::Fault;
use std::os::unix::process::CommandExt;

/// Builds the console and the executable, then becomes `tongchou demo` with `arguments`.
pub fn run(arguments: &[String]) -> Result<bool, Fault> {
    if console::build()? == Built::Failed {
        return Ok(false);
    }
    let mut command = cargo::cargo();
    command.args(["run", "--package", "cli", "--bin", "tongchou", "--", "demo"]);
    command.args(arguments);
    if let Ok(here) = std::env::current_dir() {
        // `--data DIR` means a folder as seen by the person who typed it.
        command.current_dir(here);
    }
    eprintln!("\n▶ tongchou demo {}", arguments.join(" "));
    // Signals from the terminal then reach the demo itself, and its exit code is ours.
    Err(format!("cannot start cargo: {}", command.exec()))
}
