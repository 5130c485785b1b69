use std::sync::Arc;

use grouping::Place;
use money::DecimalError;

use crate::fault::{Fault, FaultKind, Faults};

/// A table of text cells, from a CSV file or a sheet of a workbook.
pub(super) struct Grid<'f> {
    pub file: Arc<str>,
    /// The file itself was not there, so that its columns need not be missed.
    missing: bool,
    header: Vec<String>,
    /// Row in the file, the header being 1, and its cells.
    rows: Vec<(usize, Vec<String>)>,
    faults: &'f Faults,
}

/// One row of a grid.
#[derive(Clone, Copy)]
pub(super) struct Row<'g> {
    grid: &'g Grid<'g>,
    pub line: usize,
    cells: &'g [String],
}

impl<'f> Grid<'f> {
    /// A grid of rows that are already split.
    pub fn new(
        file: &str,
        header: Vec<String>,
        rows: Vec<(usize, Vec<String>)>,
        faults: &'f Faults,
    ) -> Self {
        Self {
            file: file.into(),
            missing: false,
            header,
            rows,
            faults,
        }
    }

    /// What stands for a file that is not there and was complained about.
    pub fn missing(file: &str, faults: &'f Faults) -> Self {
        let grid = Self::new(file, Vec::new(), Vec::new(), faults);
        Self {
            missing: true,
            ..grid
        }
    }

    /// Reads CSV text; rows of another width than the header are faults.
    pub fn from_csv(file: &str, text: &str, faults: &'f Faults) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| -> Vec<String> {
            record.iter().map(|cell| cell.trim().to_owned()).collect()
        };
        let header = reader.headers().map(cells).unwrap_or_default();
        let mut grid = Self::new(file, header, Vec::new(), faults);
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let line = usize::try_from(line).unwrap_or(0);
                    if record.len() != grid.header.len() {
                        let message =
                            format!("应有{}列，现有{}列", grid.header.len(), record.len());
                        grid.fault(line, "", FaultKind::Syntax, message);
                        continue;
                    }
                    grid.rows.push((line, cells(&record)));
                }
                Err(error) => {
                    faults.add_file(file, FaultKind::Syntax, error.to_string());
                    break;
                }
            }
        }
        grid
    }

    /// The rows, when all wanted columns are there; a missing one is a fault.
    pub fn rows(&self, wanted: &[&str]) -> impl Iterator<Item = Row<'_>> {
        let missing = wanted.iter().filter(|name| self.column(name).is_none());
        let mut complete = true;
        for name in missing.filter(|_| !self.missing) {
            self.fault(1, name, FaultKind::MissingField, "缺少这一列");
            complete = false;
        }
        let rows = if complete { self.rows.as_slice() } else { &[] };
        rows.iter().map(move |(line, cells)| Row {
            grid: self,
            line: *line,
            cells,
        })
    }

    fn column(&self, name: &str) -> Option<usize> {
        let mut names = name.split('|');
        names.find_map(|name| {
            let mut header = self.header.iter();
            header.position(|found| found.eq_ignore_ascii_case(name))
        })
    }

    fn fault(&self, line: usize, key: &str, kind: FaultKind, message: impl Into<String>) {
        self.faults.add(Fault {
            file: self.file.to_string(),
            line,
            key: key.to_owned(),
            kind,
            message: message.into(),
        });
    }
}

impl<'g> Row<'g> {
    /// Where the row stands.
    pub fn place(&self) -> Place {
        Place {
            file: self.grid.file.clone(),
            row: self.line,
        }
    }

    /// The text of a column, by any of its names (`code|编码`); empty when there is none.
    pub fn text(&self, column: &str) -> &'g str {
        let at = self.grid.column(column);
        at.and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    /// The text as its own value.
    pub fn own(&self, column: &str) -> String {
        self.text(column).to_owned()
    }

    /// The text of a column that must not be empty.
    pub fn need(&self, column: &str) -> Option<String> {
        let text = self.own(column);
        if text.is_empty() {
            self.fault(column, FaultKind::MissingField, "不能为空");
            return None;
        }
        Some(text)
    }

    /// A whole number.
    pub fn whole(&self, column: &str) -> Option<i64> {
        let text = self.text(column);
        let number = text.parse().ok();
        if number.is_none() {
            self.fault(column, FaultKind::WrongType, format!("“{text}”不是整数"));
        }
        number
    }

    /// 1 or 0; an empty cell is 0.
    pub fn flag(&self, column: &str) -> bool {
        match self.text(column) {
            "1" | "是" => true,
            "" | "0" | "否" => false,
            other => {
                let message = format!("“{other}”应为1或0");
                self.fault(column, FaultKind::WrongType, message);
                false
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(column);
        let found = words
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text));
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("没有“{text}”，可用：{}", known.join("、"));
            self.fault(column, FaultKind::UnknownWord, message);
        }
        found.map(|(_, value)| *value)
    }

    /// A decimal that may be absent.
    pub fn decimal<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Result<T, DecimalError>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        parse(text)
            .map_err(|error| {
                let message = format!("“{text}”：{error}");
                self.fault(column, FaultKind::OutOfUnit, message);
            })
            .ok()
    }

    /// Notes a fault in a column of this row.
    pub fn fault(&self, column: &str, kind: FaultKind, message: impl Into<String>) {
        let name = column.split('|').next().unwrap_or(column);
        self.grid.fault(self.line, name, kind, message);
    }
}
