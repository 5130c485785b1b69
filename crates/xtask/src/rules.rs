//! `cargo xtask rules`: the pages of audit rules, from the rules themselves and their cases.
//!
//! The pages are committed, so that an auditor reads them without building anything; a test of the
//! room makes them again and compares.

use crate::cargo::cargo;
use crate::process::{self, Fault};

/// Writes the pages anew.
pub fn run() -> Result<bool, Fault> {
    process::run(cargo().args(["run", "-p", "golden", "--example", "rule_pages"]))
}
