use std::borrow::Cow;

use ::settlement::{
    Bill, Booked, InstitutionFacts, LayerShare, LineSplit, Outcome, OwnMoney, PersonFacts, Step,
    StepKind, VisitFacts,
};
use jiff::civil::Date;
use money::Fen;
use policy::CaseDates;
use serde::{Deserialize, Serialize};
use terms::{Scheme, Word};

/// A settlement as it is kept: facts, money, split of every line, and the explanation (结算存档).
///
/// Enough to read it out years later, and to decide it again under the same edition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedSettlement {
    /// What was known.
    pub facts: SavedFacts,
    /// What was booked.
    pub booked: Booked,
    /// What the person's own money went into.
    pub own: OwnMoney,
    /// Which stay of the year it was.
    pub admission_number: i32,
    /// What each layer did.
    pub layers: Vec<LayerShare>,
    /// The split of every line, beside the institution's number for it.
    pub lines: Vec<SavedLine>,
    /// The explanation.
    pub trace: Vec<SavedStep>,
    /// The boxes it sold (追溯码).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

/// The facts of a bill without lines and counters.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedFacts {
    /// 险种.
    pub scheme: Scheme,
    /// Who.
    pub person: PersonFacts,
    /// Where.
    pub institution: InstitutionFacts,
    /// What for.
    pub visit: VisitFacts,
    /// When.
    pub dates: CaseDates,
    /// Whether accounts were asked for.
    pub use_account: bool,
    /// The operator.
    pub operator: String,
}

/// A line as it was split.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedLine {
    /// The institution's number for it.
    pub number: String,
    /// The catalogue's name for it, or the institution's where it is unmapped.
    pub name: String,
    /// How it divided.
    pub split: LineSplit,
}

/// A step whose law is named by key and effective date; the edition holds the rest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedStep {
    /// The layer or topic.
    pub topic: Word,
    /// What was done.
    #[serde(flatten)]
    pub kind: StepKind,
    /// In hand before.
    pub before: Fen,
    /// Left after.
    pub after: Fen,
    /// Key and effective date of the parameter used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<(Word, Date)>,
}

impl From<&Step> for SavedStep {
    fn from(step: &Step) -> Self {
        Self {
            topic: step.topic.clone(),
            kind: step.kind.clone(),
            before: step.before,
            after: step.after,
            basis: step
                .basis
                .as_ref()
                .map(|law| (law.key.clone(), law.effective)),
        }
    }
}

impl SavedSettlement {
    /// What is kept of a decided bill; `names` gives each line's number and name.
    pub fn of<'n>(
        bill: &Bill,
        outcome: &Outcome,
        operator: &str,
        names: impl Iterator<Item = (&'n str, Cow<'n, str>)>,
    ) -> Self {
        let line = |((number, name), split): ((&str, Cow<'_, str>), &LineSplit)| SavedLine {
            number: number.to_owned(),
            name: name.into_owned(),
            split: split.clone(),
        };
        Self {
            facts: SavedFacts {
                scheme: bill.scheme,
                person: bill.person.clone(),
                institution: bill.institution.clone(),
                visit: bill.visit.clone(),
                dates: bill.dates,
                use_account: bill.use_account,
                operator: operator.to_owned(),
            },
            booked: Booked::from(outcome),
            own: outcome.own,
            admission_number: outcome.admission_number,
            layers: outcome.layers.clone(),
            lines: names.zip(&outcome.lines).map(line).collect(),
            trace: outcome.trace.iter().map(SavedStep::from).collect(),
            codes: Vec::new(),
        }
    }
}
