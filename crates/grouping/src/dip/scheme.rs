use money::{Fen, Ratio};

use super::expression::Expression;
use crate::lists::{Book, PrefixMap};
use crate::place::Place;
use crate::rule::Rule;
use crate::tables::{AuxiliaryKind, DipSettings, SchemeTitle};

/// A DIP directory ready to assign with (DIP 病种目录).
#[derive(Debug, Clone)]
pub struct DipScheme {
    pub(super) title: SchemeTitle,
    pub(super) settings: DipSettings,
    /// Lists that conditions name.
    pub(super) diagnoses: Book,
    pub(super) procedures: Book,
    pub(super) stages: Vec<Stage>,
    /// Narrowest first.
    pub(super) comprehensive: Vec<Comprehensive>,
    /// Rank of the class of a procedure.
    pub(super) classes: PrefixMap<usize>,
    pub(super) excluded_diagnoses: PrefixMap<()>,
    pub(super) excluded_procedures: PrefixMap<()>,
    pub(super) auxiliary: Vec<AuxiliaryRule>,
    pub(super) comorbidity: PrefixMap<i64>,
}

/// The rows of one stage, findable by the beginning of the principal diagnosis.
#[derive(Debug, Clone, Default)]
pub(super) struct Stage {
    pub name: String,
    pub rows: Vec<Row>,
    pub by_diagnosis: PrefixMap<Vec<usize>>,
    /// Rows for a range of diagnoses, or for any.
    pub others: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub place: Place,
    pub code: String,
    pub name: String,
    pub diagnosis: Diagnosis,
    pub procedure: Asked,
    pub related: Option<Expression>,
    pub condition: Rule,
    pub class: usize,
    pub primary_care: bool,
    pub score: Option<Ratio>,
    pub mean_cost: Option<Fen>,
}

/// Which principal diagnoses a row takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Diagnosis {
    Any,
    Prefix(String),
    /// First and last category, both included, each compared over its own length.
    Range(String, String),
}

impl Diagnosis {
    /// Reads `I63.9`, `S30-S39` or nothing.
    pub fn parse(text: &str) -> Self {
        match text.split_once('-') {
            _ if text.is_empty() => Self::Any,
            Some((from, to)) => Self::Range(from.trim().to_owned(), to.trim().to_owned()),
            None => Self::Prefix(text.to_owned()),
        }
    }

    /// Whether it takes a code.
    pub fn takes(&self, code: &str) -> bool {
        let head = |length: usize| code.get(..length).unwrap_or(code);
        match self {
            Self::Any => true,
            Self::Prefix(prefix) => code.starts_with(prefix.as_str()),
            Self::Range(from, to) => {
                head(from.len()) >= from.as_str() && head(to.len()) <= to.as_str()
            }
        }
    }

    /// Narrower ones first: longer beginnings, then narrower ranges.
    pub fn breadth(&self) -> (u8, usize) {
        match self {
            Self::Prefix(prefix) => (0, usize::MAX - prefix.len()),
            Self::Range(from, to) => (1, categories(to).saturating_sub(categories(from))),
            Self::Any => (2, 0),
        }
    }
}

/// `S30` as a number, so that ranges can be compared by width.
fn categories(code: &str) -> usize {
    let digits = code.bytes().take(3);
    digits.fold(0, |number, byte| {
        number * 64 + usize::from(byte.saturating_sub(b'0'))
    })
}

/// What a row says about procedures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// They do not matter.
    Nothing,
    /// 保守治疗: none that counts.
    Conservative,
    /// These.
    Procedures(Expression),
}

#[derive(Debug, Clone)]
pub(super) struct Comprehensive {
    pub place: Place,
    pub code: String,
    pub name: String,
    pub diagnosis: Diagnosis,
    pub class: usize,
    pub score: Option<Ratio>,
}

#[derive(Debug, Clone)]
pub(super) struct AuxiliaryRule {
    pub kind: AuxiliaryKind,
    pub code: String,
    pub name: String,
    pub condition: Rule,
    pub factor: Ratio,
}

impl DipScheme {
    /// Name, version and content hash.
    pub fn title(&self) -> &SchemeTitle {
        &self.title
    }

    /// Decimals of a score.
    pub fn score_places(&self) -> u32 {
        self.settings.score_places
    }

    /// How many rows the stages, the comprehensive part and the auxiliary directories have.
    pub fn sizes(&self) -> (usize, usize, usize) {
        let rows = self.stages.iter().map(|stage| stage.rows.len()).sum();
        (rows, self.comprehensive.len(), self.auxiliary.len())
    }
}

impl Row {
    /// How many procedures it asks for together.
    pub fn terms(&self) -> usize {
        let asked = match &self.procedure {
            Asked::Procedures(asked) => asked.terms(),
            _ => 0,
        };
        asked + self.related.as_ref().map_or(0, Expression::terms)
    }
}
