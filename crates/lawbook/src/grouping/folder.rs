use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::grid::Grid;
use crate::fault::{FaultKind, Faults};

/// The files of a scheme; what was read goes into its hash.
pub(super) struct Folder {
    root: PathBuf,
    codes: Option<PathBuf>,
    workbook: Option<PathBuf>,
    read: RefCell<Vec<(String, [u8; 32])>>,
}

impl Folder {
    /// Looks what there is: a folder of tables, or a workbook. Nothing there is a fault.
    pub fn open(path: &Path, codes: Option<&Path>, faults: &Faults) -> Option<Self> {
        let is_file = path.is_file();
        let root = if is_file {
            path.parent().unwrap_or(path).to_owned()
        } else {
            path.to_owned()
        };
        if !root.is_dir() {
            let message = "没有这个方案目录";
            faults.add_file(&path.display().to_string(), FaultKind::Unreadable, message);
            return None;
        }
        let workbook = if is_file {
            Some(path.to_owned())
        } else if root.join("mdc.csv").is_file() {
            None
        } else {
            files_of(&root)
                .into_iter()
                .find(|name| name.ends_with(".xlsx"))
                .map(|name| root.join(name))
        };
        Some(Self {
            root,
            codes: codes.map(Path::to_owned),
            workbook,
            read: RefCell::default(),
        })
    }

    /// Whether the scheme is a workbook.
    pub fn is_workbook(&self) -> bool {
        self.workbook.is_some()
    }

    /// The workbook's name and bytes.
    pub fn workbook(&self, faults: &Faults) -> Option<(String, Vec<u8>)> {
        let path = self.workbook.as_ref()?;
        let name = name_of(path);
        self.bytes(path, &name, faults).map(|bytes| (name, bytes))
    }

    /// The folder's own name, for schemes that do not say theirs.
    pub fn name(&self) -> String {
        name_of(self.workbook.as_ref().unwrap_or(&self.root))
    }

    /// The text of a file that may be absent.
    pub fn text(&self, file: &str, faults: &Faults) -> Option<String> {
        let path = self.root.join(file);
        path.is_file().then(|| self.utf8(&path, file, faults))?
    }

    /// The name of the folder or workbook without its ending.
    pub fn stem(path: &Path) -> String {
        name_of(path).trim_end_matches(".xlsx").to_owned()
    }

    /// A table that must be there.
    pub fn need<'f>(&self, file: &str, faults: &'f Faults) -> Grid<'f> {
        self.maybe(file, faults).unwrap_or_else(|| {
            faults.add_file(file, FaultKind::Unreadable, "缺少这个文件");
            Grid::missing(file, faults)
        })
    }

    /// A table that may be absent.
    pub fn maybe<'f>(&self, file: &str, faults: &'f Faults) -> Option<Grid<'f>> {
        let text = self.text(file, faults)?;
        Some(Grid::from_csv(file, &text, faults))
    }

    /// Code tables whose names begin so, in the scheme's folder and in the folder of codes.
    pub fn beginning<'f>(&self, start: &str, faults: &'f Faults) -> Vec<Grid<'f>> {
        let mut found = Vec::new();
        for folder in [Some(&self.root), self.codes.as_ref()]
            .into_iter()
            .flatten()
        {
            for name in files_of(folder) {
                if name.starts_with(start) && name.ends_with(".csv") {
                    let text = self.utf8(&folder.join(&name), &name, faults);
                    found.extend(text.map(|text| Grid::from_csv(&name, &text, faults)));
                }
            }
        }
        found
    }

    fn utf8(&self, path: &Path, file: &str, faults: &Faults) -> Option<String> {
        let bytes = self.bytes(path, file, faults)?;
        match String::from_utf8(bytes) {
            Ok(text) => Some(text.trim_start_matches('\u{feff}').replace("\r\n", "\n")),
            Err(_) => {
                let message = "不是UTF-8编码的文件，请另存为UTF-8";
                faults.add_file(file, FaultKind::Unreadable, message);
                None
            }
        }
    }

    fn bytes(&self, path: &Path, file: &str, faults: &Faults) -> Option<Vec<u8>> {
        match fs::read(path) {
            Ok(bytes) => {
                let hash = Sha256::digest(&bytes).into();
                self.read.borrow_mut().push((file.to_owned(), hash));
                Some(bytes)
            }
            Err(error) => {
                faults.add_file(file, FaultKind::Unreadable, error.to_string());
                None
            }
        }
    }

    /// The content hash of everything read so far, by name.
    pub fn hash(&self) -> String {
        let mut read = self.read.borrow().clone();
        read.sort();
        let mut hash = Sha256::new();
        for (name, content) in read {
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name.as_bytes());
            hash.update(content);
        }
        let bytes = hash.finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn name_of(path: &Path) -> String {
    let full = path.canonicalize();
    let path = full.as_deref().unwrap_or(path);
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn files_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
