use std::collections::{BTreeMap, BTreeSet};

use terms::{AreaCode, Date, Word};

use super::Kind;

/// What the topics of one scheme of one area may refer to.
pub(crate) struct Names<'a> {
    /// Kind and position among its kind, by key.
    pub topics: BTreeMap<&'a str, (Kind, u32)>,
    /// Amount topics that somewhere say `unlimited`; only caps and ceilings may use them.
    pub unlimited: BTreeSet<&'a str>,
    /// Keys whose file could not be read; referring to them is no further fault.
    pub broken: &'a BTreeSet<String>,
    /// Declared words: national, provincial, of the area, and codes of disease lists.
    pub words: &'a BTreeMap<Word, String>,
    /// Counties of the area.
    pub counties: &'a BTreeMap<AreaCode, String>,
    /// 中文 name of area and scheme, for messages.
    pub whose: String,
}

/// One topic's reference to another, kept to compare the days from which both hold.
pub(crate) struct Use {
    /// The referred key.
    pub target: String,
    /// First day of the referring version.
    pub from: Date,
    pub file: String,
    pub line: usize,
    pub path: String,
}
