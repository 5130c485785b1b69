use std::fmt;

use lines::Data;

use crate::{Sheet, Spot, Tallies};

type JudgeRows = dyn Fn(&Person<'_>, &[u32], &mut Sheet) + Send + Sync;
pub(crate) type JudgeLine = dyn Fn(&Spot<'_>, &mut Sheet) + Send + Sync;
pub(crate) type JudgeVisit = dyn Fn(&Data, u32, &mut Sheet) + Send + Sync;
type JudgePerson = dyn Fn(&Person<'_>, &mut Sheet) + Send + Sync;
type JudgeProvider = dyn Fn(&Provider<'_>, &mut Sheet) + Send + Sync;
type JudgeBatch = dyn Fn(&Data, &mut Sheet) + Send + Sync;
type JudgeTallied = dyn Fn(&Data, &Tallies, &mut Sheet) + Send + Sync;

/// How a rule looks at the batch (规则核).
///
/// One fused pass hands each person's lines to the kernels that asked for their items; what needs a
/// provider's whole business or the whole batch is judged afterwards.
pub enum Kernel {
    /// Lines of some items, person by person, in the order of time and line id.
    Items(Vec<u32>, Box<JudgeRows>),
    /// Lines of some items, each by itself, in no particular order; reversals and what they leave
    /// nothing of are passed over.
    EachLine(Vec<u32>, Box<JudgeLine>),
    /// Every line by itself, reversals too.
    EveryLine(Box<JudgeLine>),
    /// Every visit that stands with its lines, each by itself.
    Visits(Box<JudgeVisit>),
    /// Every person with all visits and lines.
    People(Box<JudgePerson>),
    /// Every provider with all visits.
    Providers(Box<JudgeProvider>),
    /// The whole batch at once: trace codes, stock, registers.
    Batch(Box<JudgeBatch>),
    /// The whole batch with amounts by provider and item.
    Tallied(Box<JudgeTallied>),
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Items(items, _) => write!(f, "Items({} items)", items.len()),
            Self::EachLine(items, _) => write!(f, "EachLine({} items)", items.len()),
            Self::EveryLine(_) => f.write_str("EveryLine"),
            Self::Visits(_) => f.write_str("Visits"),
            Self::People(_) => f.write_str("People"),
            Self::Providers(_) => f.write_str("Providers"),
            Self::Batch(_) => f.write_str("Batch"),
            Self::Tallied(_) => f.write_str("Tallied"),
        }
    }
}

/// One person of the batch (一个人的全部就诊).
#[derive(Debug, Clone, Copy)]
pub struct Person<'d> {
    /// The batch.
    pub data: &'d Data,
    /// Who.
    pub person: u32,
    /// The visits by begin and visit number.
    pub visits: &'d [u32],
}

impl Person<'_> {
    /// The rows of all lines, visit by visit, within a visit in no particular order.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.visits
            .iter()
            .flat_map(|&visit| self.data.lines_of(visit))
    }
}

/// One provider of the batch (一家机构的全部就诊).
#[derive(Debug, Clone, Copy)]
pub struct Provider<'d> {
    /// The batch.
    pub data: &'d Data,
    /// Which.
    pub provider: u32,
    /// The visits by begin and visit number.
    pub visits: &'d [u32],
}

impl Provider<'_> {
    /// The rows of all lines, visit by visit.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.visits
            .iter()
            .flat_map(|&visit| self.data.lines_of(visit))
    }
}
