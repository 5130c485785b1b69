use std::fmt;

use jiff::civil::{Date, DateTime};
use money::{Fen, Price, Quantity, Ratio, Rounding};

use crate::json::quoted;
use crate::moment::{date_text, datetime_text};
use crate::tables::{Field, Kind, NodeTable, Rows, Transaction};
use crate::{Moment, number};

/// A handler's answer that does not fit the output table: a slip of the programmer.
///
/// Nothing a client sends can cause it, so a test of each handler that finishes its output once
/// proves it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeError {
    sentence: String,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for ShapeError {}

/// The fields of one output row, by the interface's names, in any order.
///
/// A field that is not set, or set to `None`, appears as 0 when it is a number and as empty text
/// otherwise, as the interface wants it.
///
/// ```
/// use money::Fen;
/// let row = wire::Fields::new().text("setl_id", "S1").amount("hifp_pay", Fen::new(1230));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Fields {
    cells: Vec<(&'static str, Option<Cell>)>,
}

#[derive(Debug, Clone)]
enum Cell {
    Text(String),
    /// Finished digits, and how many decimals the field must at least have.
    Number(String, u32),
    Moment(DateTime),
    Rows(Vec<Fields>),
}

impl Fields {
    /// A row without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Text or a code.
    #[must_use]
    pub fn text(self, field: &'static str, text: impl Into<String>) -> Self {
        self.with(field, Some(Cell::Text(text.into())))
    }

    /// Text or a code, if there is one.
    #[must_use]
    pub fn optional_text(self, field: &'static str, text: Option<impl Into<String>>) -> Self {
        self.with(field, text.map(|text| Cell::Text(text.into())))
    }

    /// Money.
    #[must_use]
    pub fn amount(self, field: &'static str, amount: impl Into<Option<Fen>>) -> Self {
        let cell = amount
            .into()
            .map(|amount| Cell::Number(amount.to_string(), 2));
        self.with(field, cell)
    }

    /// A price per unit.
    #[must_use]
    pub fn price(self, field: &'static str, price: impl Into<Option<Price>>) -> Self {
        self.with(
            field,
            price.into().map(|price| Cell::Number(price.to_string(), 6)),
        )
    }

    /// A quantity.
    #[must_use]
    pub fn quantity(self, field: &'static str, quantity: impl Into<Option<Quantity>>) -> Self {
        self.with(
            field,
            quantity
                .into()
                .map(|count| Cell::Number(count.to_string(), 4)),
        )
    }

    /// A ratio, written with at most four decimals (0.85 for 85 %).
    #[must_use]
    pub fn ratio(self, field: &'static str, ratio: impl Into<Option<Ratio>>) -> Self {
        let cell = ratio.into().map(|ratio| {
            let of_ten_thousand = Fen::new(10_000).times(ratio, Rounding::HalfUp);
            Cell::Number(Quantity::new(of_ten_thousand.get()).to_string(), 4)
        });
        self.with(field, cell)
    }

    /// A whole number.
    #[must_use]
    pub fn integer(self, field: &'static str, number: impl Into<Option<i64>>) -> Self {
        self.with(
            field,
            number
                .into()
                .map(|number| Cell::Number(number.to_string(), 0)),
        )
    }

    /// A small number with two decimals such as days of supply, given in hundredths.
    #[must_use]
    pub fn hundredths(self, field: &'static str, count: impl Into<Option<i64>>) -> Self {
        let cell = count
            .into()
            .map(|count| Cell::Number(Quantity::new(count.saturating_mul(100)).to_string(), 2));
        self.with(field, cell)
    }

    /// A day.
    #[must_use]
    pub fn date(self, field: &'static str, date: impl Into<Option<Date>>) -> Self {
        let cell = date.into().map(|date| Cell::Moment(date.at(0, 0, 0, 0)));
        self.with(field, cell)
    }

    /// A moment; a field declared as a day shows only its day.
    #[must_use]
    pub fn datetime(self, field: &'static str, moment: impl Into<Option<DateTime>>) -> Self {
        self.with(field, moment.into().map(Cell::Moment))
    }

    /// The rows of a node inside this row.
    #[must_use]
    pub fn nested(self, field: &'static str, rows: Vec<Fields>) -> Self {
        self.with(field, Some(Cell::Rows(rows)))
    }

    /// What was received before, as the field's kind wants it; text that does not fit is left out.
    #[must_use]
    pub(crate) fn echoed(self, field: &'static Field, text: &str) -> Self {
        let cell = match field.kind {
            Kind::Date | Kind::DateTime => {
                Moment::parse(text).map(|moment| Cell::Moment(moment.start()))
            }
            Kind::Decimal { digits, places } => {
                let number = number::scaled(text, digits, places).ok();
                number.map(|value| Cell::Number(decimal(value, places), 0))
            }
            Kind::Whole(digits) => {
                let number = number::whole(text, digits).ok();
                let number = number.and_then(|text| text.parse::<i64>().ok());
                number.map(|number| Cell::Number(number.to_string(), 0))
            }
            _ => Some(Cell::Text(text.to_owned())),
        };
        self.with(field.name, cell)
    }

    /// Keeps the name of an empty field too, so that a misspelt name is always found.
    fn with(mut self, field: &'static str, cell: Option<Cell>) -> Self {
        self.cells.push((field, cell));
        self
    }
}

/// The output of one transaction (输出), to be filled by its handler.
#[derive(Debug)]
pub struct Output {
    transaction: &'static Transaction,
    nodes: Vec<(&'static str, Vec<Fields>)>,
}

impl Output {
    /// The output of a transaction, still without nodes.
    pub fn new(transaction: &'static Transaction) -> Self {
        Self {
            transaction,
            nodes: Vec::new(),
        }
    }

    /// Sets a node of one row.
    #[must_use]
    pub fn node(self, name: &'static str, row: Fields) -> Self {
        self.rows(name, [row])
    }

    /// Sets the rows of a node; a node of many rows that is never set is an empty list.
    #[must_use]
    pub fn rows(mut self, name: &'static str, rows: impl IntoIterator<Item = Fields>) -> Self {
        self.nodes.push((name, rows.into_iter().collect()));
        self
    }

    /// The output as JSON text with every field of the table in the table's order; `None` for a
    /// transaction that answers nothing.
    ///
    /// # Errors
    /// [`ShapeError`] for an unknown or repeated node or field, a single-row node that is missing,
    /// and a value of the wrong kind.
    pub fn finish(self) -> Result<Option<String>, ShapeError> {
        let transaction = self.transaction;
        for (at, (name, _)) in self.nodes.iter().enumerate() {
            let repeated = self.nodes[..at].iter().any(|(earlier, _)| earlier == name);
            if repeated || transaction.output_node(name).is_none() {
                let number = transaction.number;
                return Err(slip(format!("{number} output has no (second) node {name}")));
            }
        }
        if transaction.output.is_empty() {
            return Ok(None);
        }
        let mut text = String::with_capacity(2048);
        let bare = transaction.output[0].name == NodeTable::BARE;
        for (at, table) in transaction.output.iter().enumerate() {
            let given = self.nodes.iter().find(|(name, _)| *name == table.name);
            let rows = given.map_or(&[][..], |(_, rows)| rows);
            if !bare {
                text.push(if at == 0 { '{' } else { ',' });
                text.push_str(&quoted(table.name));
                text.push(':');
            }
            write_rows(&mut text, transaction.number, table, rows)?;
        }
        if !bare {
            text.push('}');
        }
        Ok(Some(text))
    }
}

/// A scaled number with so many decimals.
fn decimal(value: i64, places: u32) -> String {
    let (unit, width) = (10_u64.pow(places), places as usize);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:0width$}"),
    }
}

fn slip(sentence: String) -> ShapeError {
    ShapeError { sentence }
}

fn write_rows(
    text: &mut String,
    number: &str,
    table: &NodeTable,
    rows: &[Fields],
) -> Result<(), ShapeError> {
    let as_object = match table.rows {
        Rows::One if rows.len() != 1 => {
            let count = rows.len();
            return Err(slip(format!(
                "{number} {} needs one row, not {count}",
                table.name
            )));
        }
        Rows::One => true,
        Rows::Any => rows.len() == 1,
        Rows::Many => false,
    };
    if !as_object {
        text.push('[');
    }
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_row(text, table, row)
            .map_err(|reason| slip(format!("{number} {}: {reason}", table.name)))?;
    }
    if !as_object {
        text.push(']');
    }
    Ok(())
}

fn write_row(text: &mut String, table: &NodeTable, row: &Fields) -> Result<(), String> {
    let mut cells: Vec<Option<&Option<Cell>>> = vec![None; table.fields.len()];
    for (name, cell) in &row.cells {
        let at = table
            .position(name)
            .ok_or_else(|| format!("no field {name}"))?;
        if cells[at].replace(cell).is_some() {
            return Err(format!("field {name} is set twice"));
        }
    }
    text.push('{');
    for (at, (field, cell)) in table.fields.iter().zip(cells).enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push('"');
        text.push_str(field.name);
        text.push_str("\":");
        let cell = cell.and_then(Option::as_ref);
        let inner = table.nested.iter().find(|inner| inner.name == field.name);
        match (inner, cell) {
            (Some(inner), None) => write_nested(text, inner, &[])?,
            (Some(inner), Some(Cell::Rows(rows))) => write_nested(text, inner, rows)?,
            _ => write_cell(text, field, cell)?,
        }
    }
    text.push('}');
    Ok(())
}

fn write_nested(text: &mut String, table: &NodeTable, rows: &[Fields]) -> Result<(), String> {
    text.push('[');
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_row(text, table, row)?;
    }
    text.push(']');
    Ok(())
}

fn write_cell(text: &mut String, field: &Field, cell: Option<&Cell>) -> Result<(), String> {
    match (field.kind, cell) {
        (
            Kind::Decimal {
                digits: 16,
                places: 2,
            },
            None,
        ) => text.push_str("0.00"),
        (Kind::Decimal { .. } | Kind::Whole(_), None) => text.push('0'),
        (_, None) => text.push_str("\"\""),
        (Kind::Decimal { places, .. }, Some(Cell::Number(digits, needed))) if *needed <= places => {
            text.push_str(digits);
        }
        (Kind::Whole(_), Some(Cell::Number(digits, 0))) => text.push_str(digits),
        (Kind::Text(_) | Kind::Extension(_), Some(Cell::Text(value))) => {
            text.push_str(&quoted(value));
        }
        (Kind::Date, Some(Cell::Moment(moment))) => {
            text.push_str(&quoted(&date_text(moment.date())));
        }
        (Kind::DateTime, Some(Cell::Moment(moment))) => {
            text.push_str(&quoted(&datetime_text(*moment)));
        }
        (kind, Some(other)) => {
            return Err(format!(
                "field {} is {kind:?} and was given {other:?}",
                field.name
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
