use std::collections::BTreeMap;

use crate::{DipScheme, DrgScheme};

/// The schemes a service holds (分组方案), by the name of the folder or workbook each came from, and
/// what their codes are called.
///
/// Which of them an area uses on a day is not known here.
#[derive(Debug, Default)]
pub struct Schemes {
    /// DRG schemes.
    pub drg: BTreeMap<String, DrgScheme>,
    /// DIP directories.
    pub dip: BTreeMap<String, DipScheme>,
    /// Names of diagnoses, as far as code tables give them.
    pub diagnoses: BTreeMap<String, String>,
    /// Names of procedures, as far as code tables give them.
    pub procedures: BTreeMap<String, String>,
}
