use crate::{Condition, Situation};

/// How a table chooses when several rows fit (取值方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choose {
    /// The highest rank, then the most specific row.
    #[default]
    MostSpecific,
    /// The largest value among all rows that fit.
    Highest,
    /// The smallest value among all rows that fit.
    Lowest,
}

/// One cell of a decision table; `None` says that there is deliberately nothing here.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// When the row fits.
    pub condition: Condition,
    /// Explicit priority; higher goes first.
    pub rank: i32,
    /// The value.
    pub value: Option<T>,
}

/// A decision table: rows in order of precedence (决策表).
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<Row<T>>,
    choose: Choose,
}

impl<T> Table<T> {
    /// A table of rows, put into order of rank and specificity; equal rows keep their order.
    pub fn new(mut rows: Vec<Row<T>>, choose: Choose) -> Self {
        rows.sort_by_key(|row| {
            (
                std::cmp::Reverse(row.rank),
                std::cmp::Reverse(row.condition.specificity()),
            )
        });
        Self { rows, choose }
    }

    /// A table that always answers the same.
    pub fn constant(value: T) -> Self {
        let row = Row {
            condition: Condition::default(),
            rank: 0,
            value: Some(value),
        };
        Self {
            rows: vec![row],
            choose: Choose::MostSpecific,
        }
    }

    /// Rows in order of precedence.
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// How the table chooses among several rows that fit.
    pub const fn choose(&self) -> Choose {
        self.choose
    }

    /// The first row that fits, in order of precedence.
    pub fn first(&self, at: &Situation<'_>) -> Option<&T> {
        self.rows
            .iter()
            .find(|row| row.condition.holds(at))?
            .value
            .as_ref()
    }

    /// Every row that fits.
    pub fn all<'t, 's>(
        &'t self,
        at: &'s Situation<'s>,
    ) -> impl Iterator<Item = &'t T> + use<'t, 's, T> {
        self.rows
            .iter()
            .filter(|row| row.condition.holds(at))
            .filter_map(|row| row.value.as_ref())
    }

    /// The value for a situation, with `measure` telling how large a row's value is.
    pub fn find<M: Ord>(&self, at: &Situation<'_>, measure: impl Fn(&T) -> M) -> Option<&T> {
        match self.choose {
            Choose::MostSpecific => self.first(at),
            Choose::Highest => self.all(at).max_by_key(|value| measure(value)),
            Choose::Lowest => self.all(at).min_by_key(|value| measure(value)),
        }
    }
}
