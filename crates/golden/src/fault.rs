use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// One thing wrong with a case file: where it is and what it is, in 中文 (问题).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file as it was found.
    pub file: String,
    /// Line from 1, or 0 when the fault concerns the whole file.
    pub line: usize,
    /// The path of keys inside the file.
    pub key: String,
    /// The fault in one 中文 sentence.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, " {}", self.key)?;
        }
        write!(f, " {}", self.message)
    }
}

/// Collects faults while reading goes on, so that a file shows all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    pub fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}
