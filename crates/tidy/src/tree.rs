//! The tree as the rules see it: relative paths and their text.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold what is built or stored, not what is written.
const SKIPPED: [&str; 6] = [
    ".git",
    "target",
    "node_modules",
    "dist",
    "data",
    "generated",
];

/// Kinds of file a rule may want to read; of everything else (images, fonts) only the path is kept.
const READ: [&str; 18] = [
    "rs", "toml", "md", "yaml", "yml", "sql", "ts", "tsx", "mjs", "js", "json", "css", "html",
    "csv", "sh", "lock", "txt", "svg",
];

/// One file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path relative to the root, with forward slashes.
    pub path: String,
    /// The whole text; empty where the file is not text.
    pub text: String,
}

impl File {
    /// The part of the file name after the last dot, or nothing.
    pub fn extension(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The crate whose source this is, if any: `crates/money/src/fen.rs` belongs to `money`.
    pub fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Whether the whole file exists only for tests, benchmarks or examples.
    pub fn is_test(&self) -> bool {
        ["/tests/", "/benches/", "/examples/", "/e2e/"]
            .iter()
            .any(|folder| self.path.contains(folder))
            || self.name() == "tests.rs"
            || self.name().contains(".test.")
    }

    /// Whether this is product source in Rust.
    pub fn is_rust_source(&self) -> bool {
        self.extension() == "rs" && !self.is_test()
    }
}

/// The files of the repository, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Every file.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the repository this crate belongs to.
    pub fn of_this_repository() -> io::Result<Self> {
        // Asked at run time first: two checkouts may share one target folder, and a test binary.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        Self::read(&here.join("../.."))
    }

    /// Reads every file below `root`.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders: Vec<PathBuf> = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.extend(read_file(root, &entry.path(), is_read(&name)));
                }
            }
        }
        files.sort_by(|a: &File, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// A tree of invented files, for the rules' own tests.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| File {
                path: (*path).to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        Self { files }
    }

    /// The file at exactly this path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files whose path begins with `prefix`.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(prefix))
    }

    /// Whether a file or a folder of this name exists.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Names of the crates, sorted: folders of `crates/` that hold a manifest.
    pub fn crate_names(&self) -> Vec<&str> {
        self.files
            .iter()
            .filter_map(|file| {
                file.path
                    .strip_prefix("crates/")?
                    .strip_suffix("/Cargo.toml")
            })
            .filter(|name| !name.contains('/'))
            .collect()
    }
}

/// Files without a dot (`run`, `LICENSE`) and dot files are read too: they are text here.
fn is_read(name: &str) -> bool {
    match name.rsplit_once('.') {
        None | Some(("", _)) => true,
        Some((_, extension)) => READ.contains(&extension),
    }
}

/// A file that vanished meanwhile is left out; one that is not read has its path and no text.
fn read_file(root: &Path, path: &Path, with_text: bool) -> Option<File> {
    let bytes = if with_text {
        fs::read(path).ok()?
    } else {
        Vec::new()
    };
    let text = String::from_utf8(bytes).unwrap_or_default();
    let relative = path
        .strip_prefix(root)
        .ok()?
        .to_string_lossy()
        .replace('\\', "/");
    Some(File {
        path: relative,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_found_and_has_crates() {
        let tree = Tree::of_this_repository().expect("the repository can be read");
        assert!(tree.crate_names().contains(&"tidy"));
        assert!(tree.has("crates/tidy/src"));
        assert!(!tree.has("crates/tidy/sr"));
    }

    #[test]
    fn tests_are_told_from_product_source() {
        let test = |path: &str| {
            File {
                path: path.to_owned(),
                text: String::new(),
            }
            .is_test()
        };
        assert!(test("crates/app/tests/settle.rs"));
        assert!(test("console/e2e/login.mjs"));
        assert!(test("console/src/money.test.ts"));
        assert!(!test("crates/app/src/settle.rs"));
    }
}
