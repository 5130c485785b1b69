use std::collections::BTreeSet;

use compact_str::CompactString;

/// A small table of texts, columns by name (表).
///
/// Knowledge, registers and parameters of an area come as such tables. Column names are the words
/// of the house, lower case; a column that is not there reads as empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    columns: Vec<CompactString>,
    cells: Vec<CompactString>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    number: usize,
}

impl Table {
    /// An empty table with these columns.
    pub fn new<T: AsRef<str>>(columns: impl IntoIterator<Item = T>) -> Self {
        let columns = columns
            .into_iter()
            .map(|name| CompactString::from(name.as_ref()));
        Self {
            columns: columns.collect(),
            cells: Vec::new(),
        }
    }

    /// Adds a row; missing cells are empty, surplus cells are dropped.
    pub fn push<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let width = self.columns.len();
        let before = self.cells.len();
        let cells = cells.into_iter().take(width);
        self.cells
            .extend(cells.map(|cell| CompactString::from(cell.as_ref().trim())));
        self.cells.resize(before + width, CompactString::default());
    }

    /// Adds the rows of another table, columns matched by name.
    pub fn append(&mut self, other: &Self) {
        for name in &other.columns {
            if !self.has(name) {
                self.add_column(name);
            }
        }
        let columns = self.columns.clone();
        for row in other.rows() {
            self.push(columns.iter().map(|name| row.text(name)));
        }
    }

    /// Adds the rows of another table that are not yet here, by all columns that both have; where
    /// a row was taken from (`source`) does not count.
    pub fn append_new(&mut self, other: &Self) {
        let shared = self
            .columns
            .iter()
            .filter(|name| other.has(name) && *name != "source");
        let shared: Vec<CompactString> = shared.cloned().collect();
        let cells = |row: Row<'_>| -> Vec<CompactString> {
            shared
                .iter()
                .map(|name| CompactString::from(row.text(name)))
                .collect()
        };
        let known: BTreeSet<_> = self.rows().map(cells).collect();
        let fresh = other.filtered(|row| known.is_empty() || !known.contains(&cells(row)));
        self.append(&fresh);
    }

    /// The rows for which a question is answered with yes, under the same columns.
    pub fn filtered(&self, keep: impl Fn(Row<'_>) -> bool) -> Self {
        let mut kept = Self::new(self.columns());
        for row in self.rows().filter(|row| keep(*row)) {
            kept.push(self.columns.iter().map(|name| row.text(name)));
        }
        kept
    }

    fn add_column(&mut self, name: &str) {
        let width = self.columns.len();
        let old = std::mem::take(&mut self.cells);
        self.columns.push(CompactString::from(name));
        for row in old.chunks(width.max(1)) {
            self.cells.extend(row.iter().cloned());
            self.cells.push(CompactString::default());
        }
    }

    /// Whether there is such a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(CompactString::as_str)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells
            .len()
            .checked_div(self.columns.len())
            .unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The place of a column, for reading many rows.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    /// The row with a number.
    pub fn row(&self, number: usize) -> Option<Row<'_>> {
        (number < self.len()).then_some(Row {
            table: self,
            number,
        })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|number| Row {
            table: self,
            number,
        })
    }
}

impl<'t> Row<'t> {
    /// Its place in the table, from 0.
    pub fn number(&self) -> usize {
        self.number
    }

    /// All cells with the names of their columns.
    pub fn cells(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let begin = self.number * self.table.columns.len();
        let cells = self.table.cells[begin..].iter().map(CompactString::as_str);
        self.table.columns().zip(cells)
    }

    /// A cell; empty when the column is not there.
    pub fn text(&self, column: &str) -> &'t str {
        self.at(self.table.position(column))
    }

    /// A cell by the place of its column; empty when there is no such column.
    pub fn at(&self, place: Option<usize>) -> &'t str {
        let begin = self.number * self.table.columns.len();
        place.map_or("", |at| self.table.cells[begin + at].as_str())
    }

    /// A cell that is there and not empty.
    pub fn given(&self, column: &str) -> Option<&'t str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// A whole number; `None` when empty or something else.
    pub fn whole(&self, column: &str) -> Option<i64> {
        self.text(column).parse().ok()
    }

    /// A decimal as a count of 10^-`places`.
    pub fn decimal(&self, column: &str, places: u32) -> Option<i64> {
        money::parse_decimal(self.given(column)?, places).ok()
    }

    /// A date.
    pub fn day(&self, column: &str) -> Option<crate::Day> {
        crate::Day::parse(self.text(column))
    }

    /// The parts of a cell joined by bars (`A|B`).
    pub fn parts(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        let parts = self.text(column).split('|').map(str::trim);
        parts.filter(|part| !part.is_empty())
    }
}
