//! `cargo xtask lint`: formatting and warnings.

use crate::cargo::cargo;
use crate::process::{self, Fault};

/// Both checks are run even when the first finds something, and all crates even when one does.
pub fn run() -> Result<bool, Fault> {
    let formatted = process::run(cargo().args(["fmt", "--all", "--", "--check"]))?;
    // The cluster by itself, so that the others keep the features they are built with.
    let clean = clippy(&["--workspace", "--exclude", "cluster"])?;
    let clean = clippy(&["--package", "cluster"])? && clean;
    if !formatted {
        eprintln!("格式不一致，请运行 cargo fmt --all");
    }
    Ok(formatted && clean)
}

fn clippy(which: &[&str]) -> Result<bool, Fault> {
    let mut clippy = cargo();
    clippy.arg("clippy").args(which);
    clippy.args(["--keep-going", "--all-targets", "--", "-D", "warnings"]);
    process::run(&mut clippy)
}
