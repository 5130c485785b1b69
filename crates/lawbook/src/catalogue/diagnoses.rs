use std::collections::HashMap;

use super::sheet::walk;
use crate::fault::{FaultKind, Faults};

const COLUMNS: [&str; 2] = ["code", "name"];

/// Reads `diagnoses.csv`.
pub(crate) fn read_diagnoses(file: &str, text: &str, faults: &Faults) -> HashMap<String, String> {
    let mut diagnoses = HashMap::new();
    walk(file, text, &COLUMNS, faults, |row| {
        if let (Some(code), Some(name)) = (row.need("code"), row.need("name"))
            && diagnoses.insert(code.to_owned(), name.to_owned()).is_some()
        {
            row.fault(
                "code",
                FaultKind::Overlap,
                format!("诊断编码“{code}”写了两次"),
            );
        }
    });
    diagnoses
}
