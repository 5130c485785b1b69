//! 病例分组模拟 — one discharge grouped and priced as if it were a case, and what one more diagnosis
//! would change. Nothing is recorded.

mod place;
mod price;

use std::collections::BTreeMap;

use grouping::tables::SchemeTitle;
use grouping::{Discharge, Schemes};
use money::{Coefficient, Decimal, Fen, Ratio};
use payment::Factor;

use crate::{Error, Law};
use place::Scheme;

/// Most diagnoses that are tried at once; a list of hundreds would be a search for the best payer.
const MOST_ADDED: usize = 10;

/// Which way of grouping (付费方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupingKind {
    /// DRG.
    Drg,
    /// DIP.
    Dip,
}

impl GroupingKind {
    /// The word of the interface.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drg => "drg",
            Self::Dip => "dip",
        }
    }
}

/// What a unit is worth and where high and low cases begin (模拟参数).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Yuan for a weight of 1 (费率), or for one point of score (分值单价).
    pub unit: Decimal<4>,
    /// 机构系数.
    pub coefficient: Coefficient,
    /// Below this multiple of the group's mean cost a case is a low one.
    pub low: Factor,
    /// From this multiple on it is a high one.
    pub high: Factor,
    /// What the patient and other payers pay.
    pub others: Fen,
}

/// What is to be tried (模拟请求).
#[derive(Debug, Clone)]
pub struct Simulation {
    /// DRG or DIP.
    pub kind: GroupingKind,
    /// The scheme's name.
    pub scheme: String,
    /// The case by the column names of case files; lists inside a cell are separated by `|`.
    pub cells: BTreeMap<&'static str, String>,
    /// Secondary diagnoses that are tried one at a time.
    pub added: Vec<String>,
    /// Prices.
    pub terms: Terms,
}

/// What came of it (模拟结果).
#[derive(Debug, Clone)]
pub struct Simulated {
    /// The scheme.
    pub title: SchemeTitle,
    /// The case as it is.
    pub base: Placed,
    /// The case with each further diagnosis, in the order asked for.
    pub changes: Vec<Change>,
    /// What the codes of the case are called, as far as tables say.
    pub names: BTreeMap<String, String>,
}

/// Where a case goes and what it would be paid (模拟入组).
#[derive(Debug, Clone)]
pub struct Placed {
    /// Group code; empty when there is none.
    pub code: String,
    /// 中文 name of the group.
    pub name: String,
    /// 主要诊断大类 with its name, or the treatment class of a directory.
    pub category: String,
    /// 合并症程度 or the auxiliary factor, in 中文.
    pub level: String,
    /// Weight, or score with its auxiliary factor.
    pub weight: Option<Ratio>,
    /// Why there is no group, in 中文.
    pub refusal: Option<String>,
    /// The grouping in sentences.
    pub sentences: Vec<String>,
    /// The payment; nothing where the case has no group or the group no weight.
    pub priced: Option<Priced>,
}

/// What a case would be paid (预计支付).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// 病例类型, in 中文.
    pub class: &'static str,
    /// Whether the class is one that somebody should look at.
    pub unusual: bool,
    /// 支付标准.
    pub standard: Fen,
    /// 基金预计支付; negative when others pay more than the standard.
    pub due: Fen,
    /// Standard less cost; nothing where the cost is not known.
    pub margin: Option<Fen>,
    /// The payment in sentences.
    pub sentences: Vec<String>,
}

/// What one more diagnosis changes (增加诊断的影响).
#[derive(Debug, Clone)]
pub struct Change {
    /// The diagnosis.
    pub diagnosis: String,
    /// The case with it.
    pub placed: Placed,
    /// What is different, in one 中文 sentence.
    pub effect: String,
    /// What the standard rises or falls by, where both cases have one.
    pub difference: Option<Fen>,
    /// Why somebody should look at the record, in 中文.
    pub warning: Option<String>,
}

/// Tries a case (病例分组模拟).
///
/// # Errors
/// [`Error::Missing`] for a scheme that this service does not hold; [`Error::Refused`] for a number
/// that cannot be read, too many diagnoses, or amounts beyond bounds.
pub fn simulate(law: &Law, asked: &Simulation) -> Result<Simulated, Error> {
    let scheme = Scheme::find(&law.schemes, asked.kind, &asked.scheme)?;
    let added = added(&asked.added)?;
    let cell = |name: &str| asked.cells.get(name).map(String::as_str);
    let discharge = Discharge::from_cells(cell)
        .map_err(|refusal| Error::refused(refusal.code(), refusal.to_string()))?;
    let base = scheme.place(&discharge, &asked.terms)?;
    let mut changes = Vec::with_capacity(added.len());
    for diagnosis in &added {
        changes.push(scheme.change(&discharge, diagnosis, &base, &asked.terms)?);
    }
    let names = names(law, &discharge, &added);
    Ok(Simulated {
        title: scheme.title().clone(),
        base,
        changes,
        names,
    })
}

/// The diagnoses to try, each once.
fn added(asked: &[String]) -> Result<Vec<String>, Error> {
    let mut added: Vec<String> = Vec::new();
    for code in asked.iter().map(|code| code.trim()) {
        if !code.is_empty() && !added.iter().any(|known| known == code) {
            added.push(code.to_owned());
        }
    }
    if added.len() > MOST_ADDED {
        let message = format!("一次最多试{MOST_ADDED}个诊断，现有{}个", added.len());
        return Err(Error::refused("too_many_diagnoses", message));
    }
    Ok(added)
}

fn names(law: &Law, discharge: &Discharge<'_>, added: &[String]) -> BTreeMap<String, String> {
    let added = added.iter().map(String::as_str);
    let diagnoses = discharge.principal.into_iter();
    let diagnoses = diagnoses
        .chain(discharge.others.iter().copied())
        .chain(added);
    let named = diagnoses.map(|code| (code, law.diagnosis_name(code)));
    let done = discharge.procedures.iter();
    let done = done.map(|code| (*code, law.procedure_name(code)));
    named
        .chain(done)
        .filter_map(|(code, name)| Some((code.to_owned(), name?.to_owned())))
        .collect()
}

/// Prices to begin with, where the area publishes none (模拟参数的初值).
///
/// Assumed: round figures near the mean costs of the example schemes, so that a demonstration shows
/// an amount at once; a hospital fills in what its area has published.
pub fn usual_terms(kind: GroupingKind) -> Terms {
    let (unit, low, high) = match kind {
        GroupingKind::Drg => ("8000", "0.4", "2.5"),
        GroupingKind::Dip => ("12", "0.5", "2"),
    };
    let factor = |text| Factor::from_text(text).expect("a factor written above is a number");
    Terms {
        unit: Decimal::from_text(unit).expect("a price written above is a number"),
        coefficient: Coefficient::ONE,
        low: factor(low),
        high: factor(high),
        others: Fen::ZERO,
    }
}

/// Every scheme of the service: kind, name, title; DRG first.
pub fn schemes(held: &Schemes) -> Vec<(GroupingKind, &str, &SchemeTitle)> {
    let drg = held.drg.iter();
    let drg = drg.map(|(name, scheme)| (GroupingKind::Drg, name.as_str(), scheme.title()));
    let dip = held.dip.iter();
    let dip = dip.map(|(name, scheme)| (GroupingKind::Dip, name.as_str(), scheme.title()));
    drg.chain(dip).collect()
}
