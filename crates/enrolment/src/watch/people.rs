use money::Fen;
use policy::{FeeMonth, Part};
use terms::Date;

use crate::PersonFacts;

/// A person with the bills of a year (被监测人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedPerson {
    /// 人员编号.
    pub person_no: String,
    /// What lines may ask about the person, as of the last day of the month.
    pub facts: PersonFacts,
    /// The bills, in any order; those of other years do no harm.
    pub bills: Vec<OwnBill>,
    /// When the person was last put forward.
    pub put_forward: Option<PutForward>,
}

/// What funds left to the person of one bill (结算单的个人负担).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBill {
    /// 结算编号.
    pub settlement: String,
    /// 待遇年度.
    pub year: i16,
    /// The day it was settled.
    pub settled: Date,
    /// The day it was taken back, if it was.
    pub reversed: Option<Date>,
    /// What was left, part by part.
    pub own: Vec<(Part, Fen)>,
}

impl OwnBill {
    /// What was left in some parts together.
    pub fn own_of(&self, parts: &[Part]) -> Fen {
        let counted = self.own.iter().filter(|(part, _)| parts.contains(part));
        counted.map(|(_, amount)| *amount).sum()
    }
}

/// An earlier time at which a person was put forward (已推送).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PutForward {
    /// For which month.
    pub month: FeeMonth,
    /// The own share it showed.
    pub own: Fen,
}
