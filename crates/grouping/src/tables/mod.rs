//! A grouping scheme as its files give it: rows with their places, nothing resolved yet.
//!
//! Whoever reads files fills these; [`crate::DrgScheme::compile`] and
//! [`crate::DipScheme::compile`] //! turn them into something that groups.

mod dip;
mod drg;

use crate::place::Place;

pub use dip::{
    AuxiliaryKind, AuxiliaryRow, ClassRow, ComorbidityRow, ComprehensiveRow, DipRow, DipSettings,
    DipTables, ExcludedRow, Preference, TreatmentClass,
};
pub use drg::{
    AdrgRow, Ambiguity, Check, CodeRow, CodeTables, ComplicationRow, DrgRow, DrgSettings,
    DrgTables, ExclusionRow, MappingRow, MdcRow, RowResult, SiteRow, Ventilation,
};

/// Name, version and content hash of a scheme (方案).
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct SchemeTitle {
    /// 中文 name.
    pub name: String,
    /// The edition of the national scheme, or of the city's own.
    pub version: String,
    /// Content hash of everything that was read.
    pub hash: String,
}

/// A code of a list, or `@name` for all codes of another list (列表行).
#[derive(Debug, Clone)]
pub struct ListRow {
    /// Where it stands.
    pub place: Place,
    /// Whose list it is; empty for a common one.
    pub scope: String,
    /// Name of the list.
    pub list: String,
    /// The code.
    pub code: String,
}

impl ListRow {
    /// `scope/list`, or the list's name when it is a common one.
    pub(crate) fn full_name(&self) -> String {
        match self.scope.as_str() {
            "" => self.list.clone(),
            scope => format!("{scope}/{}", self.list),
        }
    }
}
