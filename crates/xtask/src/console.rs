//! `cargo xtask console`: the console's output folder, made again when its sources are newer.

use crate::cargo;
use crate::process::{self, Fault};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the build reads, relative to `console/`.
const SOURCES: [&str; 7] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
];

/// Said when the console cannot be built; the server runs all the same.
const NO_NODE: &str = "\
没有找到 Node（需要 20.19 或更新）与 npm：跳过控制台，服务照常运行，打开网页时会说明。
Node (20.19 or newer) and npm not found: the console is skipped; the server runs without it.";

/// What came of an attempt to build the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Built {
    /// The output folder is there and up to date.
    Ready,
    /// There is no Node on this machine.
    NoNode,
    /// npm or the build failed; it has said why.
    Failed,
}

/// Builds the console when needed; a machine without Node is told so and that counts as done.
pub fn run() -> Result<bool, Fault> {
    Ok(build()? != Built::Failed)
}

/// Builds the console when its sources are newer than its output.
pub fn build() -> Result<Built, Fault> {
    let folder = cargo::root().join("console");
    let output = folder.join("dist/index.html");
    if !is_older(&output, &folder, &SOURCES) {
        return Ok(Built::Ready);
    }
    if !has_node() {
        eprintln!("{NO_NODE}");
        return Ok(Built::NoNode);
    }
    if !install(&folder)? || !process::run(npm(&folder).args(["run", "build"]))? {
        return Ok(Built::Failed);
    }
    Ok(Built::Ready)
}

/// Whether the console can be built on this machine.
pub fn has_node() -> bool {
    let node = process::output(Command::new("node").arg("--version"));
    node.is_ok_and(|version| is_new_enough(&version)) && process::find("npm", &[]).is_some()
}

/// `v20.20.2` is; what the console's tools ask for is 20.19.
fn is_new_enough(version: &str) -> bool {
    let numbers = version.trim().trim_start_matches('v').split('.');
    let numbers: Vec<u32> = numbers.map_while(|number| number.parse().ok()).collect();
    matches!(numbers[..], [major, minor, ..] if (major, minor) >= (20, 19))
}

/// Installs the packages of the lock file unless that has been done since it last changed.
pub fn install(folder: &Path) -> Result<bool, Fault> {
    let stamp = folder.join("node_modules/.package-lock.json");
    if !is_older(&stamp, folder, &["package-lock.json", "package.json"]) {
        return Ok(true);
    }
    process::run(npm(folder).args(["ci", "--no-audit", "--no-fund"]))
}

/// An npm command in `folder`.
pub fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder);
    command
}

/// Whether `made` is missing or older than the newest of `sources`.
fn is_older(made: &Path, folder: &Path, sources: &[&str]) -> bool {
    let Some(made) = modified(made) else {
        return true;
    };
    sources
        .iter()
        .filter_map(|source| newest(&folder.join(source)))
        .any(|source| source > made)
}

/// The latest change of a file, or of a folder and everything in it; a folder changes when
/// something in it is removed.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = modified(path);
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| newest(&entry.path()))
        .chain(own)
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scratch::Scratch;
    use std::time::Duration;

    fn write(path: &Path, age_seconds: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = fs::File::create(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age_seconds))
            .unwrap();
    }

    fn age_folder(path: &Path, seconds: u64) {
        let folder = fs::File::open(path).unwrap();
        folder
            .set_modified(SystemTime::now() - Duration::from_secs(seconds))
            .unwrap();
    }

    #[test]
    fn node_must_be_20_19_or_newer() {
        for good in ["v20.19.0\n", "v20.20.2", "v22.1.0", "v100.0.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in ["v18.19.0", "v20.9.5", "", "node", "v20"] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }

    #[test]
    fn output_is_old_when_missing_or_when_any_source_is_newer() {
        let scratch = Scratch::create("console").unwrap();
        let folder = scratch.path();
        let output = folder.join("dist/index.html");
        write(&folder.join("src/deep/page.tsx"), 100);
        age_folder(&folder.join("src/deep"), 100);
        age_folder(&folder.join("src"), 100);
        assert!(is_older(&output, folder, &["src"]));
        write(&output, 50);
        assert!(!is_older(&output, folder, &["src"]));
        write(&folder.join("src/deep/page.tsx"), 10);
        assert!(is_older(&output, folder, &["src"]));
    }

    #[test]
    fn removing_a_source_makes_the_output_old() {
        let scratch = Scratch::create("console-removed").unwrap();
        let folder = scratch.path();
        write(&folder.join("src/page.tsx"), 100);
        write(&folder.join("dist/index.html"), 50);
        fs::remove_file(folder.join("src/page.tsx")).unwrap();
        assert!(is_older(&folder.join("dist/index.html"), folder, &["src"]));
    }
}
