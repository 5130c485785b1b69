use jiff::civil::{Date, DateTime};
use money::Fen;
use terms::AreaCode;

use crate::cell::Cells;
use crate::table::{Dialect, Kind};

/// Conditions with their parameters, numbered as they come.
pub(crate) struct Conditions<'a> {
    dialect: Dialect,
    /// Before every column, where tables are joined.
    pub(crate) prefix: &'static str,
    pub(crate) text: String,
    pub(crate) parameters: Cells<'a>,
}

impl<'a> Conditions<'a> {
    pub(crate) fn new(dialect: Dialect, area: AreaCode) -> Self {
        let mut parameters = Cells::default();
        parameters.area(area);
        Self {
            dialect,
            prefix: "",
            text: "WHERE area = $1".into(),
            parameters,
        }
    }

    /// The next parameter as written in the statement.
    pub(crate) fn next(&self, kind: Kind) -> String {
        self.dialect.parameter(self.parameters.0.len() + 1, kind)
    }

    pub(crate) fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    pub(crate) fn equal(&mut self, column: &str, value: Option<&'a String>) {
        self.compare(column, "=", value);
    }

    pub(crate) fn compare(&mut self, column: &str, sign: &str, value: Option<&'a String>) {
        if let Some(value) = value {
            let (place, prefix) = (self.next(Kind::Text), self.prefix);
            self.and(&format!("{prefix}{column} {sign} {place}"));
            self.parameters.text(value);
        }
    }

    pub(crate) fn day(&mut self, column: &str, sign: &str, value: Option<Date>) {
        if let Some(value) = value {
            let (place, prefix) = (self.next(Kind::Date), self.prefix);
            self.and(&format!("{prefix}{column} {sign} {place}"));
            self.parameters.date(value);
        }
    }

    pub(crate) fn fen(&mut self, column: &str, sign: &str, value: Option<Fen>) {
        if let Some(value) = value {
            let (place, prefix) = (self.next(Kind::Int), self.prefix);
            self.and(&format!("{prefix}{column} {sign} {place}"));
            self.parameters.fen(value);
        }
    }

    /// One of these values; any where none is named.
    pub(crate) fn any_of(&mut self, column: &str, values: &'a [String]) {
        let mut places = Vec::with_capacity(values.len());
        for value in values {
            places.push(self.next(Kind::Text));
            self.parameters.text(value);
        }
        if !places.is_empty() {
            let prefix = self.prefix;
            self.and(&format!("{prefix}{column} IN ({})", places.join(", ")));
        }
    }

    pub(crate) fn time(&mut self, column: &str, sign: &str, value: Option<DateTime>) {
        if let Some(value) = value {
            let place = self.next(Kind::Time);
            self.and(&format!("{column} {sign} {place}"));
            self.parameters.time(value);
        }
    }
}
