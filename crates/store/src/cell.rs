use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use money::Fen;
use terms::AreaCode;

use crate::Fault;

/// One value on its way into or out of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

/// Values of rows to be written, row after row, in the order of the table's columns.
#[derive(Debug, Default)]
pub(crate) struct Cells<'a>(pub(crate) Vec<Cell<'a>>);

impl<'a> Cells<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        self.0.push(Cell::Int(value));
        self
    }

    pub(crate) fn fen(&mut self, value: Fen) -> &mut Self {
        self.int(value.get())
    }

    pub(crate) fn area(&mut self, area: AreaCode) -> &mut Self {
        self.int(i64::from(area.get()))
    }

    pub(crate) fn bool(&mut self, value: bool) -> &mut Self {
        self.0.push(Cell::Bool(value));
        self
    }

    pub(crate) fn text(&mut self, value: &'a str) -> &mut Self {
        self.0.push(Cell::Text(Cow::Borrowed(value)));
        self
    }

    pub(crate) fn bytes(&mut self, value: &'a [u8]) -> &mut Self {
        self.0.push(Cell::Bytes(Cow::Borrowed(value)));
        self
    }

    pub(crate) fn date(&mut self, value: Date) -> &mut Self {
        self.0.push(Cell::Text(Cow::Owned(value.to_string())));
        self
    }

    pub(crate) fn date_or_null(&mut self, value: Option<Date>) -> &mut Self {
        match value {
            Some(date) => self.date(date),
            None => self.null(),
        }
    }

    pub(crate) fn time(&mut self, value: DateTime) -> &mut Self {
        self.0.push(Cell::Text(Cow::Owned(value.to_string())));
        self
    }

    pub(crate) fn time_or_null(&mut self, value: Option<DateTime>) -> &mut Self {
        match value {
            Some(time) => self.time(time),
            None => self.null(),
        }
    }

    pub(crate) fn fen_or_null(&mut self, value: Option<Fen>) -> &mut Self {
        match value {
            Some(amount) => self.fen(amount),
            None => self.null(),
        }
    }

    pub(crate) fn int_or_null(&mut self, value: Option<i64>) -> &mut Self {
        match value {
            Some(value) => self.int(value),
            None => self.null(),
        }
    }

    fn null(&mut self) -> &mut Self {
        self.0.push(Cell::Null);
        self
    }
}

/// One row read, taken apart from left to right.
#[derive(Debug)]
pub(crate) struct Record(std::vec::IntoIter<Cell<'static>>);

impl Record {
    pub(crate) fn new(cells: Vec<Cell<'static>>) -> Self {
        Self(cells.into_iter())
    }

    /// A text further right, left where it is.
    pub(crate) fn text_at(&self, place: usize) -> Result<String, Fault> {
        match self.0.as_slice().get(place) {
            Some(Cell::Text(value)) => Ok(value.clone().into_owned()),
            other => Err(unreadable("a text", other.cloned())),
        }
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        for _ in 0..columns {
            self.0.next();
        }
    }

    pub(crate) fn int(&mut self) -> Result<i64, Fault> {
        match self.0.next() {
            Some(Cell::Int(value)) => Ok(value),
            other => Err(unreadable("an integer", other)),
        }
    }

    pub(crate) fn int32(&mut self) -> Result<i32, Fault> {
        let value = self.int()?;
        i32::try_from(value).map_err(|cause| Fault::caused("read an integer column", cause))
    }

    pub(crate) fn fen(&mut self) -> Result<Fen, Fault> {
        self.int().map(Fen::new)
    }

    pub(crate) fn fen_or_null(&mut self) -> Result<Option<Fen>, Fault> {
        match self.0.next() {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Int(value)) => Ok(Some(Fen::new(value))),
            other => Err(unreadable("an integer or nothing", other)),
        }
    }

    pub(crate) fn area(&mut self) -> Result<AreaCode, Fault> {
        let number = self.int()?;
        let parsed = number.to_string().parse();
        parsed.map_err(|cause: terms::CodeError| Fault::caused("read an area column", cause))
    }

    pub(crate) fn int_or_null(&mut self) -> Result<Option<i64>, Fault> {
        Ok(self.fen_or_null()?.map(Fen::get))
    }

    pub(crate) fn bool(&mut self) -> Result<bool, Fault> {
        match self.0.next() {
            Some(Cell::Bool(value)) => Ok(value),
            Some(Cell::Int(value)) => Ok(value != 0),
            other => Err(unreadable("a truth value", other)),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, Fault> {
        match self.0.next() {
            Some(Cell::Text(value)) => Ok(value.into_owned()),
            other => Err(unreadable("a text", other)),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        match self.0.next() {
            Some(Cell::Bytes(value)) => Ok(value.into_owned()),
            other => Err(unreadable("bytes", other)),
        }
    }

    pub(crate) fn date(&mut self) -> Result<Date, Fault> {
        parsed(&self.text()?)
    }

    pub(crate) fn date_or_null(&mut self) -> Result<Option<Date>, Fault> {
        self.maybe()?.as_deref().map(parsed).transpose()
    }

    pub(crate) fn time(&mut self) -> Result<DateTime, Fault> {
        parsed(&self.text()?)
    }

    pub(crate) fn time_or_null(&mut self) -> Result<Option<DateTime>, Fault> {
        self.maybe()?.as_deref().map(parsed).transpose()
    }

    fn maybe(&mut self) -> Result<Option<String>, Fault> {
        match self.0.next() {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Text(value)) => Ok(Some(value.into_owned())),
            other => Err(unreadable("a text or nothing", other)),
        }
    }
}

fn unreadable(wanted: &str, found: Option<Cell<'_>>) -> Fault {
    Fault::found(format!("read a row: wanted {wanted}, found {found:?}"))
}

fn parsed<T: std::str::FromStr<Err = jiff::Error>>(text: &str) -> Result<T, Fault> {
    text.parse()
        .map_err(|cause| Fault::caused("read a date column", cause))
}
