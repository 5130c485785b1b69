//! What several test files need: the case folders, and expected texts that can be rewritten.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The case folders below `cases/policy/<part>`, in order of name.
pub fn cases(part: &str) -> Vec<PathBuf> {
    let folder = root().join("cases/policy").join(part);
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "there are cases in {part}");
    cases
}

/// A temporary folder with `cases/policy/base` and the files of `over` laid over it.
pub fn laid_over_base(over: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("cases/policy/base"), folder.path());
    copy(over, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Compares with the text kept beside the case; `UPDATE=1` rewrites it.
pub fn expect(case: &Path, found: &str) {
    let kept = case.join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&kept, found).unwrap();
    }
    let wanted = fs::read_to_string(&kept).unwrap_or_default();
    assert_eq!(
        found,
        wanted,
        "{} differs; UPDATE=1 rewrites it",
        case.display()
    );
}
