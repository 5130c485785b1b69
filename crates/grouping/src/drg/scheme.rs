use indexmap::IndexMap;
use money::Ratio;

use crate::formula::Severity;
use crate::lists::{Book, ListId};
use crate::rule::Rule;
use crate::tables::{DrgSettings, RowResult, SchemeTitle};

/// A DRG scheme ready to group with (DRG 分组方案): rules compiled, lists numbered.
///
/// One value for all editions and city variants: order of categories, ambiguous groups, what
/// happens when a category holds no group, and severity conditions are what the tables say.
#[derive(Debug, Clone)]
pub struct DrgScheme {
    pub(crate) title: SchemeTitle,
    pub(crate) settings: DrgSettings,
    pub(crate) diagnoses: Book,
    pub(crate) procedures: Book,
    /// By the number of a diagnosis: how serious it is, and who excludes it.
    pub(crate) complications:
        IndexMap<u32, Vec<(Severity, Option<ListId>)>, foldhash::fast::FixedState>,
    pub(crate) mdcs: Vec<Mdc>,
    /// Subgroups of each adjacent DRG, as rows of [`Adrg::subgroups`] number them.
    pub(crate) subgroups: Vec<Vec<Drg>>,
}

/// A category with its rows in the order they are tried.
#[derive(Debug, Clone)]
pub(crate) struct Mdc {
    pub code: String,
    pub name: String,
    pub rule: Rule,
    pub adrgs: Vec<Adrg>,
    /// What the ADRG column says of a case that stays here without a group.
    pub ungrouped: String,
    /// Whether the next category is tried when no row takes the case.
    pub passes_on: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Adrg {
    pub code: String,
    /// What the DRG column says when the row has no subgroups.
    pub alone: String,
    pub name: String,
    pub rule: Rule,
    pub result: RowResult,
    pub subgroups: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Drg {
    pub code: String,
    pub name: String,
    pub rule: Rule,
    pub weight: Option<Ratio>,
}

impl DrgScheme {
    /// Name, version and content hash.
    pub fn title(&self) -> &SchemeTitle {
        &self.title
    }

    /// How many categories, rows of adjacent DRGs, and DRGs there are.
    pub fn sizes(&self) -> (usize, usize, usize) {
        let rows = self.mdcs.iter().map(|mdc| mdc.adrgs.len()).sum();
        let drgs = self.subgroups.iter().map(Vec::len).sum();
        (self.mdcs.len(), rows, drgs)
    }

    /// How many diagnosis and procedure codes are known.
    pub fn codes(&self) -> (usize, usize) {
        (self.diagnoses.codes(), self.procedures.codes())
    }

    /// Every DRG with its name and weight, in the order of the scheme.
    pub fn drgs(&self) -> impl Iterator<Item = (&str, &str, Option<Ratio>)> {
        let all = self.subgroups.iter().flatten();
        all.map(|drg| (drg.code.as_str(), drg.name.as_str(), drg.weight))
    }
}
