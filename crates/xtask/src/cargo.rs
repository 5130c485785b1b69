//! Calling cargo on this workspace.

use crate::process::{self, Fault};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub fn root() -> PathBuf {
    // Asked at run time first: two checkouts may share one target folder, and this program in it.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// A cargo command in the root, as if called from a terminal.
///
/// `cargo run` passes its own description of `xtask` down; build scripts that look at it would
/// otherwise be run again on the next plain call.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.current_dir(root());
    command
}

/// Where cargo puts what it builds.
pub fn target_folder() -> Result<PathBuf, Fault> {
    let metadata =
        process::output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let folder = text_value(&metadata, "target_directory");
    folder
        .map(PathBuf::from)
        .ok_or_else(|| "cargo metadata names no target directory".to_owned())
}

/// The text stored under `key` in JSON that cargo wrote.
fn text_value(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\":\""))?;
    let mut out = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next()? {
            '"' => return Some(out),
            '\\' => out.push(chars.next()?),
            plain => out.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn text_is_read_with_its_escapes() {
        let json = r#"{"a":1,"target_directory":"/tmp/with \"quote\"/target","b":2}"#;
        let read = text_value(json, "target_directory");
        assert_eq!(read.as_deref(), Some("/tmp/with \"quote\"/target"));
        assert_eq!(text_value(json, "missing"), None);
    }
}
