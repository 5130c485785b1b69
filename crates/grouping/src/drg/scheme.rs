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
    pub(crate) complications: ComplicationTable,
    pub(crate) mdcs: Vec<Mdc>,
    /// Subgroups of each adjacent DRG, as rows of [`Adrg::subgroups`] number them.
    pub(crate) subgroups: Vec<Vec<Drg>>,
}

/// Complications by the number of their diagnosis, laid one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct ComplicationTable {
    /// Where those of each diagnosis begin; one more than there are diagnoses.
    offsets: Vec<u32>,
    rows: Vec<(Severity, Option<ListId>)>,
}

impl ComplicationTable {
    /// A table of rows by number, for so many diagnoses.
    pub fn new(mut rows: Vec<(u32, Severity, Option<ListId>)>, diagnoses: usize) -> Self {
        rows.sort_by_key(|(number, ..)| *number);
        let mut offsets = Vec::with_capacity(diagnoses + 1);
        let mut next = 0;
        for number in 0..=diagnoses {
            while rows.get(next).is_some_and(|row| (row.0 as usize) < number) {
                next += 1;
            }
            offsets
                .push(u32::try_from(next).expect("a scheme holds fewer rows than 32 bits count"));
        }
        let rows = rows
            .into_iter()
            .map(|(_, severity, exclusion)| (severity, exclusion));
        Self {
            offsets,
            rows: rows.collect(),
        }
    }

    /// How serious a diagnosis is, and which list of principal diagnoses excludes it.
    pub fn of(&self, number: u32) -> &[(Severity, Option<ListId>)] {
        let number = number as usize;
        let (from, to) = (self.offsets.get(number), self.offsets.get(number + 1));
        let range = from.zip(to).map(|(from, to)| *from as usize..*to as usize);
        range
            .and_then(|range| self.rows.get(range))
            .unwrap_or_default()
    }
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
