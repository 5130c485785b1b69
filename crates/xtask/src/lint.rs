//! `cargo xtask lint`: formatting and warnings.

use crate::cargo::cargo;
use crate::process::{self, Fault};

/// Both checks are run even when the first finds something, and all crates even when one does.
pub fn run() -> Result<bool, Fault> {
    let formatted = process::run(cargo().args(["fmt", "--all", "--", "--check"]))?;
    let mut clippy = cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--keep-going",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    let clean = process::run(&mut clippy)?;
    if !formatted {
        eprintln!("格式不一致，请运行 cargo fmt --all");
    }
    Ok(formatted && clean)
}
