use money::{Fen, Ratio, Rounding};
use serde::{Deserialize, Serialize};
use terms::Word;

use crate::{Ref, Table, Topic};

/// An amount of money as a rule states it (金额): fixed, or derived from a published statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountValue {
    /// A sum of money.
    Fixed(Fen),
    /// No limit (不设限); only caps and ceilings may say this.
    Unlimited,
    /// A share of a published statistic, such as 5% of last year's average wage (catalogue §1.5).
    Series(SeriesAmount),
}

/// A share of a statistic series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesAmount {
    /// Which series.
    pub series: Ref<Topic<Series>>,
    /// What share of it.
    pub factor: Ratio,
    /// Which year relative to the benefit year, 0 or negative.
    pub year_offset: i32,
    /// To how many fen the result is rounded (100 for whole yuan).
    pub unit_fen: i64,
    /// How.
    pub rounding: Rounding,
}

impl SeriesAmount {
    /// The amount that a published value of the series gives, rounded once to the unit.
    pub fn of(&self, published: Fen) -> Fen {
        published.times_to_unit(self.factor, self.unit_fen, self.rounding)
    }
}

/// A published statistic by year (统计数列), such as 社平工资 or 人均可支配收入.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The name of the statistic.
    pub name: Word,
    /// Year and value, in order of year.
    pub years: Vec<(i16, Fen)>,
}

impl Series {
    /// The value of a year, or of the latest year before it.
    pub fn of_year(&self, year: i16) -> Option<Fen> {
        self.years
            .iter()
            .rev()
            .find(|(known, _)| *known <= year)
            .map(|(_, value)| *value)
    }
}

/// An amount topic: a decision table of amounts.
pub type AmountTopic = Topic<Table<AmountValue>>;
