use lines::{Day, Moment, NONE};
use money::Fen;

use crate::Strength;

/// One doubt that a rule raises (疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Place of the rule in the plan.
    pub rule: u16,
    /// Deduct, suspect or remind.
    pub strength: Strength,
    /// What it is about.
    pub target: Target,
    /// The amount in doubt.
    pub amount: Fen,
    /// Knowledge row used, a number of the plan; [`NONE`] without.
    pub knowledge: u32,
    /// What the evidence says.
    pub facts: [Fact; 3],
}

/// What a finding is about (疑点对象); numbers point into the data of the batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A line, by row.
    Line(u32),
    /// A visit.
    Visit(u32),
    /// An item within a visit.
    VisitItem(u32, u32),
    /// A prescription.
    Prescription(u32),
    /// A person on a day.
    PersonDay(u32, Day),
    /// A person in an ISO week.
    PersonWeek(u32, Day),
    /// A person in a calendar month.
    PersonMonth(u32, Day),
    /// A person in a calendar year.
    PersonYear(u32, Day),
    /// A provider in a calendar month.
    ProviderMonth(u32, Day),
    /// A provider's item in a calendar month.
    ProviderItemMonth(u32, u32, Day),
    /// A provider on a day.
    ProviderDay(u32, Day),
    /// A doctor on a day.
    DoctorDay(u32, Day),
    /// A terminal on a day.
    TerminalDay(u32, Day),
    /// A phone number.
    Phone(u32),
    /// A person.
    Person(u32),
    /// People, any order.
    People(Box<[u32]>),
    /// Visits, any order.
    Visits(Box<[u32]>),
    /// A trace code, by its text.
    TraceCode(Box<str>),
}

/// One thing the evidence names (证据要素); written in Chinese when a finding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fact {
    /// Nothing.
    #[default]
    None,
    /// A whole number.
    Whole(i64),
    /// Thousandths of a quantity.
    Count(i64),
    /// Parts per thousand, shown as a percentage.
    PerMille(i64),
    /// An amount.
    Yuan(Fen),
    /// A unit price in 1/10 000 yuan.
    Price(i64),
    /// A date.
    Day(Day),
    /// A second.
    Moment(Moment),
    /// Another line, by row.
    Line(u32),
    /// Another visit.
    Visit(u32),
    /// An item, by number.
    Item(u32),
    /// A provider, by number.
    Provider(u32),
    /// A doctor, by number.
    Doctor(u32),
    /// A department, by number.
    Department(u32),
    /// A person, by number.
    Person(u32),
    /// A diagnosis, by number.
    Diagnosis(u32),
    /// A level of institutions.
    Level(lines::Level),
    /// A sex.
    Sex(lines::Sex),
    /// A care type.
    Care(lines::Care),
    /// Fixed words.
    Words(&'static str),
    /// A cell of the knowledge row of the finding, by column.
    Cell(&'static str),
}

/// What a kernel says of a target before it becomes a finding (命中).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The amount in doubt.
    pub amount: Fen,
    /// Weaker than the rule, when said.
    pub strength: Option<Strength>,
    /// What the evidence says.
    pub facts: [Fact; 3],
    /// Knowledge row used.
    pub knowledge: u32,
}

impl Hit {
    /// A hit of this amount.
    pub fn new<const N: usize>(amount: Fen, facts: [Fact; N]) -> Self {
        const { assert!(N <= 3, "evidence names at most three facts") };
        let mut all = [Fact::None; 3];
        all[..N].copy_from_slice(&facts);
        Self {
            amount,
            strength: None,
            facts: all,
            knowledge: NONE,
        }
    }

    /// The same hit, only as strong as this.
    #[must_use]
    pub fn only(mut self, strength: Strength) -> Self {
        self.strength = Some(strength);
        self
    }

    /// The same hit, resting on this knowledge row.
    #[must_use]
    pub fn by(mut self, knowledge: u32) -> Self {
        self.knowledge = knowledge;
        self
    }
}
