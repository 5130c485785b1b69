use csv::StringRecord;
use money::DecimalError;
use terms::{Date, Vocabulary};

use crate::fault::{Fault, FaultKind, Faults};

/// A CSV file with a fixed set of columns in any order.
pub(crate) struct Sheet<'a> {
    pub file: &'a str,
    pub faults: &'a Faults,
    columns: &'static [&'static str],
    /// Position in the file of every column.
    positions: Vec<usize>,
}

/// One row of a sheet.
pub(crate) struct Cells<'s, 'a> {
    sheet: &'s Sheet<'a>,
    record: &'s StringRecord,
    pub line: usize,
}

/// Walks through the rows of a CSV text; the reader sees each row once.
pub(crate) fn walk(
    file: &str,
    text: &str,
    columns: &'static [&'static str],
    faults: &Faults,
    mut read: impl FnMut(&Cells<'_, '_>),
) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return faults.add_file(file, FaultKind::Syntax, error.to_string()),
    };
    let sheet = Sheet {
        file,
        faults,
        columns,
        positions: Vec::new(),
    };
    let Some(positions) = sheet.find_columns(&header) else {
        return;
    };
    let sheet = Sheet { positions, ..sheet };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                faults.add_file(file, FaultKind::Syntax, error.to_string());
                return;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(0);
        if record.len() != header.len() {
            let message = format!("应有{}列，现有{}列", header.len(), record.len());
            sheet.fault(line, "", FaultKind::Syntax, message);
            continue;
        }
        read(&Cells {
            sheet: &sheet,
            record: &record,
            line,
        });
    }
}

impl Sheet<'_> {
    fn find_columns(&self, header: &StringRecord) -> Option<Vec<usize>> {
        for name in header {
            if !self.columns.contains(&name) {
                let known = self.columns.join("、");
                let message = format!("不认识这一列，可用：{known}");
                self.fault(1, name, FaultKind::UnknownKey, message);
            }
        }
        let find = |wanted: &&'static str| {
            let found = header.iter().position(|name| name == *wanted);
            if found.is_none() {
                self.fault(1, wanted, FaultKind::MissingField, "缺少这一列");
            }
            found
        };
        let found: Vec<Option<usize>> = self.columns.iter().map(find).collect();
        found.into_iter().collect()
    }

    fn fault(&self, line: usize, key: &str, kind: FaultKind, message: impl Into<String>) {
        self.faults.add(Fault {
            file: self.file.to_owned(),
            line,
            key: key.to_owned(),
            kind,
            message: message.into(),
        });
    }
}

impl<'s> Cells<'s, '_> {
    /// Notes a fault in a column of this row.
    pub fn fault(&self, column: &str, kind: FaultKind, message: impl Into<String>) {
        self.sheet.fault(self.line, column, kind, message);
    }

    /// The text of a column; empty when nothing is written.
    pub fn text(&self, column: &str) -> &'s str {
        let at = self.sheet.columns.iter().position(|name| *name == column);
        let at = at.and_then(|at| self.sheet.positions.get(at));
        at.and_then(|at| self.record.get(*at))
            .unwrap_or_default()
            .trim()
    }

    /// The text of a column that must not be empty.
    pub fn need(&self, column: &str) -> Option<&'s str> {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(column, FaultKind::MissingField, "不能为空");
            return None;
        }
        Some(text)
    }

    /// The parts of a list, separated by `;`.
    pub fn parts(&self, column: &str) -> impl Iterator<Item = &'s str> {
        self.text(column)
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }

    /// A word of a closed vocabulary.
    pub fn term<V: Vocabulary>(&self, column: &str, text: &str) -> Option<V> {
        let found = text.parse().ok();
        if found.is_none() {
            let known: Vec<&str> = V::ALL.iter().map(|value| value.word()).collect();
            let message = format!("{}中没有“{text}”，可用：{}", V::TITLE, known.join("、"));
            self.fault(column, FaultKind::UnknownWord, message);
        }
        found
    }

    /// A date.
    pub fn date(&self, column: &str, text: &str) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            let message = format!("“{text}”不是日期，应写作 2024-01-01");
            self.fault(column, FaultKind::WrongType, message);
        }
        date
    }

    /// The value of a decimal, or a fault.
    pub fn decimal<T>(
        &self,
        column: &str,
        text: &str,
        parsed: Result<T, DecimalError>,
    ) -> Option<T> {
        parsed
            .map_err(|error| {
                self.fault(column, FaultKind::OutOfUnit, format!("“{text}”：{error}"));
            })
            .ok()
    }
}
