use grouping::tables::{CodeRow, CodeTables, DrgTables, MappingRow};

use super::folder::Folder;
use crate::fault::Faults;

/// Reads code tables and mappings of both sides, where there are any.
pub(super) fn read(folder: &Folder, tables: &mut DrgTables, faults: &Faults) {
    tables.diagnoses = side(folder, "icd10", faults);
    tables.procedures = side(folder, "icd9cm3", faults);
}

fn side(folder: &Folder, start: &str, faults: &Faults) -> CodeTables {
    let mut found = CodeTables::default();
    for grid in folder.beginning(start, faults) {
        let rows = grid.rows(&["code"]).filter_map(|row| {
            Some(CodeRow {
                place: row.place(),
                code: row.need("code")?,
                gray: row.flag("gray"),
            })
        });
        found.codes.extend(rows);
    }
    for grid in folder.beginning(&format!("map-{start}"), faults) {
        let rows = grid.rows(&["clinical_code", "yb_code"]).filter_map(|row| {
            let (written, means) = (row.need("clinical_code"), row.need("yb_code"));
            Some(MappingRow {
                place: row.place(),
                written: written?,
                means: means?,
            })
        });
        found.mapping.extend(rows);
    }
    found
}
