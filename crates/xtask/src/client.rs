//! `cargo xtask client`: the console's client types, generated from the server's own description.
//!
//! The generated file is committed, so that the console builds without Rust; the tests make it
//! again and compare, so that a renamed field breaks the build and not the counter.

use crate::cargo;
use crate::console;
use crate::process::{self, Fault};
use crate::scratch::Scratch;
use std::fs::{self, File};
use std::path::Path;

const CLIENT: &str = "console/src/api/schema.d.ts";

/// Writes the client types anew.
pub fn run() -> Result<bool, Fault> {
    if !console::has_node() || !console::install(&cargo::root().join("console"))? {
        return Err("Node and the console's packages are needed".to_owned());
    }
    generate(&cargo::root().join(CLIENT))
}

/// Whether the committed client types are those of the server as it is now.
pub fn is_current() -> Result<bool, Fault> {
    let scratch = Scratch::create("client")?;
    let fresh = scratch.path().join("schema.d.ts");
    if !generate(&fresh)? {
        return Ok(false);
    }
    let current = read(&fresh)? == read(&cargo::root().join(CLIENT))?;
    if !current {
        eprintln!("{CLIENT} 与接口描述不一致，请运行 cargo xtask client");
    }
    Ok(current)
}

fn generate(to: &Path) -> Result<bool, Fault> {
    let scratch = Scratch::create("openapi")?;
    let description = scratch.path().join("openapi.json");
    let file = File::create(&description).map_err(|error| error.to_string())?;
    let mut describe = cargo::cargo();
    describe
        .args([
            "run",
            "--quiet",
            "--package",
            "server",
            "--example",
            "openapi",
        ])
        .stdout(file);
    if !process::run(&mut describe)? {
        return Ok(false);
    }
    let mut npm = console::npm(&cargo::root().join("console"));
    npm.args(["run", "--silent", "api", "--"])
        .arg(&description)
        .arg("--output")
        .arg(to);
    process::run(&mut npm)
}

fn read(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
