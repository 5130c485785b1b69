//! Every scheme of a service: `drg/` and `dip/`, each with folders or workbooks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grouping::Schemes;

use super::folder::Folder;
use super::{LoadedScheme, load_dip, load_drg, uses};
use crate::fault::{Fault, Faults};

/// Reads every scheme below a folder (分组方案): what lies in `drg/` as DRG schemes, what lies in
/// `dip/` as DIP directories, and `schemes.yaml`: what is used where. A folder without any of
/// them holds none.
///
/// # Errors
/// Every fault of every scheme; the file of each begins with the scheme it stands in.
pub fn load_schemes(root: &Path) -> Result<Schemes, Vec<Fault>> {
    let (mut schemes, mut faults) = (Schemes::default(), Vec::new());
    for path in entries(&root.join("drg")) {
        let loaded = load_drg(&path, None);
        put(&path, "drg", loaded, &mut schemes.drg, &mut faults);
        names(&path, &mut schemes);
    }
    for path in entries(&root.join("dip")) {
        put(&path, "dip", load_dip(&path), &mut schemes.dip, &mut faults);
    }
    if faults.is_empty() {
        faults.extend(uses::read(root, &mut schemes).err().into_iter().flatten());
    }
    if faults.is_empty() {
        Ok(schemes)
    } else {
        Err(faults)
    }
}

fn put<S>(
    path: &Path,
    kind: &str,
    loaded: Result<LoadedScheme<S>, Vec<Fault>>,
    into: &mut BTreeMap<String, S>,
    faults: &mut Vec<Fault>,
) {
    let name = Folder::stem(path);
    match loaded {
        Ok(loaded) => {
            into.insert(name, loaded.scheme);
        }
        Err(found) => faults.extend(found.into_iter().map(|fault| Fault {
            file: format!("{kind}/{name}/{}", fault.file),
            ..fault
        })),
    }
}

/// Folders and workbooks, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let is_scheme =
        |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|end| end == "xlsx");
    let mut found: Vec<PathBuf> = paths.filter(is_scheme).collect();
    found.sort();
    found
}

/// What code tables call their codes; what is wrong with the tables was said when they were read.
fn names(path: &Path, schemes: &mut Schemes) {
    let faults = Faults::default();
    let Some(folder) = Folder::open(path, None, &faults) else {
        return;
    };
    for (start, into) in [
        ("icd10", &mut schemes.diagnoses),
        ("icd9cm3", &mut schemes.procedures),
    ] {
        for grid in folder.beginning(start, &faults) {
            for row in grid.rows(&["code"]) {
                let (code, name) = (row.own("code"), row.own("name"));
                if !name.is_empty() {
                    into.entry(code).or_insert(name);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogues")
    }

    #[test]
    fn the_tree_holds_one_scheme_of_each_kind_and_its_codes_have_names() {
        let schemes = load_schemes(&tree()).unwrap();
        assert_eq!(schemes.drg.keys().collect::<Vec<_>>(), ["example"]);
        assert_eq!(schemes.dip.keys().collect::<Vec<_>>(), ["example"]);
        assert_eq!(schemes.diagnoses["A01.000"], "伤寒");
        assert_eq!(schemes.procedures["01.2400"], "颅内血肿清除术");
    }

    #[test]
    fn a_folder_without_schemes_holds_none_and_a_broken_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(load_schemes(folder.path()).unwrap().drg.is_empty());
        fs::create_dir_all(folder.path().join("drg/city")).unwrap();
        fs::write(folder.path().join("drg/city/mdc.csv"), "mdc\n").unwrap();
        let faults = load_schemes(folder.path()).unwrap_err();
        assert!(
            faults
                .iter()
                .all(|fault| fault.file.starts_with("drg/city/")),
            "{faults:?}"
        );
    }
}
