use jiff::civil::{Date, DateTime};
use money::{Fen, Price, Quantity, Ratio};

use crate::moment::{Moment, date_text, datetime_text};
use crate::refusal::excerpt;
use crate::tables::{Field, Kind, NodeTable, Transaction};
use crate::{Json, Refusal};

/// A checked value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Not given, null or blank.
    Absent,
    /// Text, codes and serial numbers.
    Text(String),
    /// A number as a count of its smallest decimal.
    Number(i64),
    /// A day or a moment.
    Moment(Moment),
    /// The extension field or a raw field.
    Raw(Json),
}

/// The checked input of one transaction (输入).
#[derive(Debug)]
pub struct Body {
    pub(crate) transaction: &'static Transaction,
    pub(crate) nodes: Vec<(&'static NodeTable, Vec<Node>)>,
}

/// One row of a node (节点的一行): its fields, checked against the table.
///
/// `text`, `amount` and the other plain methods refuse when the field is empty, their `optional_`
/// twins answer `None`. Asking for a field that the table does not have, or by the wrong method,
/// is a slip of the programmer: it panics in debug builds and reads as empty in release builds.
#[derive(Debug)]
pub struct Node {
    pub(crate) table: &'static NodeTable,
    /// Counted from one; 0 when the node has a single row.
    pub(crate) row: usize,
    pub(crate) values: Vec<Value>,
    pub(crate) nested: Vec<(&'static NodeTable, Vec<Node>)>,
}

impl Body {
    /// The transaction whose input this is.
    pub fn transaction(&self) -> &'static Transaction {
        self.transaction
    }

    /// The single row of a node.
    ///
    /// # Errors
    /// When the node was not sent.
    pub fn node(&self, name: &str) -> Result<&Node, Refusal> {
        self.optional_node(name)
            .ok_or_else(|| Refusal::new(format!("输入缺少节点 {name}")))
    }

    /// The single row of a node, if it was sent.
    pub fn optional_node(&self, name: &str) -> Option<&Node> {
        self.rows(name).first()
    }

    /// All rows of a node, none if it was not sent.
    pub fn rows(&self, name: &str) -> &[Node] {
        find_rows(&self.nodes, name)
    }

    /// All rows of a node of which there must be at least one.
    ///
    /// # Errors
    /// When there is none.
    pub fn at_least_one(&self, name: &str) -> Result<&[Node], Refusal> {
        match self.rows(name) {
            [] => Err(Refusal::new(format!("节点 {name} 至少要有一行"))),
            rows => Ok(rows),
        }
    }
}

impl Node {
    /// Text, a code or a serial number.
    ///
    /// # Errors
    /// When the field is empty.
    pub fn text(&self, field: &str) -> Result<&str, Refusal> {
        self.optional_text(field).ok_or_else(|| self.missing(field))
    }

    /// Text, a code or a serial number, if given.
    pub fn optional_text(&self, field: &str) -> Option<&str> {
        match self.value(field) {
            Value::Text(text) => Some(text),
            Value::Absent => None,
            other => self.misused(field, other),
        }
    }

    /// An amount of money (金额, length 16,2).
    ///
    /// # Errors
    /// When the field is empty.
    pub fn amount(&self, field: &str) -> Result<Fen, Refusal> {
        self.optional_amount(field)
            .ok_or_else(|| self.missing(field))
    }

    /// An amount of money, if given.
    pub fn optional_amount(&self, field: &str) -> Option<Fen> {
        self.number(field, 2).map(Fen::new)
    }

    /// A price per unit (单价, length 16,6).
    ///
    /// # Errors
    /// When the field is empty.
    pub fn price(&self, field: &str) -> Result<Price, Refusal> {
        self.number(field, 6)
            .map(Price::new)
            .ok_or_else(|| self.missing(field))
    }

    /// A quantity (数量, length 16,4).
    ///
    /// # Errors
    /// When the field is empty.
    pub fn quantity(&self, field: &str) -> Result<Quantity, Refusal> {
        self.number(field, 4)
            .map(Quantity::new)
            .ok_or_else(|| self.missing(field))
    }

    /// A ratio (比例, length 5,4), if given.
    pub fn optional_ratio(&self, field: &str) -> Option<Ratio> {
        self.number(field, 4).map(|parts| Ratio::new(parts, 10_000))
    }

    /// A small number with two decimals such as days of supply, in hundredths, if given.
    pub fn optional_hundredths(&self, field: &str) -> Option<i64> {
        self.number(field, 2)
    }

    /// A whole number.
    ///
    /// # Errors
    /// When the field is empty or needs more than 64 bits.
    pub fn integer(&self, field: &str) -> Result<i64, Refusal> {
        self.text(field)?
            .parse()
            .map_err(|_| self.refuse(field, "数值过大"))
    }

    /// A whole number, if given and of at most 64 bits.
    pub fn optional_integer(&self, field: &str) -> Option<i64> {
        self.optional_text(field)?.parse().ok()
    }

    /// A day; the time of day, if one was sent, is dropped.
    ///
    /// # Errors
    /// When the field is empty.
    pub fn date(&self, field: &str) -> Result<Date, Refusal> {
        self.optional_date(field).ok_or_else(|| self.missing(field))
    }

    /// A day, if given.
    pub fn optional_date(&self, field: &str) -> Option<Date> {
        self.moment(field).map(Moment::date)
    }

    /// A moment; a bare date means the start of the day.
    ///
    /// # Errors
    /// When the field is empty.
    pub fn datetime(&self, field: &str) -> Result<DateTime, Refusal> {
        self.optional_datetime(field)
            .ok_or_else(|| self.missing(field))
    }

    /// A moment, if given; a bare date means the start of the day.
    pub fn optional_datetime(&self, field: &str) -> Option<DateTime> {
        self.moment(field).map(Moment::start)
    }

    /// The inclusive end of a range, if given; a bare date means 23:59:59.
    pub fn optional_range_end(&self, field: &str) -> Option<DateTime> {
        self.moment(field).map(Moment::end)
    }

    /// The rows of a nested node, none if it was not sent.
    pub fn rows(&self, nested: &str) -> &[Node] {
        find_rows(&self.nested, nested)
    }

    /// A raw field as it was sent.
    pub fn raw(&self, field: &str) -> Option<&Json> {
        match self.value(field) {
            Value::Raw(json) => Some(json),
            _ => None,
        }
    }

    /// Every field that was filled, by name, as text: numbers with the decimals they may have.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&'static str, String)> {
        let fields = self.table.fields.iter().map(|field| field.name);
        let named = fields.zip(&self.values);
        let filled = named.filter(|(_, value)| **value != Value::Absent);
        filled.map(|(name, _)| (name, self.shown(name)))
    }

    /// One key of the extension field (`exp_content`), whether that was sent as JSON text or as an
    /// object, without regard to upper and lower case.
    pub fn extension(&self, key: &str) -> Option<&str> {
        self.raw("exp_content")?.get(key)?.as_text()
    }

    /// A refusal that names the field, its 中文 name, its value and the reason.
    ///
    /// `node.refuse("begntime", "晚于当前时间")` reads 「字段 begntime（开始时间）的值“…”晚于当前时间」.
    pub fn refuse(&self, field: &str, reason: &str) -> Refusal {
        let shown = self.shown(field);
        Refusal::new(format!(
            "{}的值“{}”{reason}",
            self.label(field),
            excerpt(&shown)
        ))
    }

    /// The refusal for an empty field, as `text` and its sisters give it.
    pub fn missing(&self, field: &str) -> Refusal {
        Refusal::new(format!("{}不能为空", self.label(field)))
    }

    fn label(&self, field: &str) -> String {
        let known = self.table.position(field).map(|at| &self.table.fields[at]);
        label(self.table, self.row, field, known)
    }

    fn value(&self, field: &str) -> &Value {
        match self.table.position(field) {
            Some(at) => &self.values[at],
            None => {
                debug_assert!(false, "node {} has no field {field}", self.table.name);
                &Value::Absent
            }
        }
    }

    fn number(&self, field: &str, wanted: u32) -> Option<i64> {
        let at = self.table.position(field);
        let places = at.map(|at| self.table.fields[at].kind);
        match (self.value(field), places) {
            (Value::Absent, _) => None,
            (Value::Number(value), Some(Kind::Decimal { places, .. })) if places == wanted => {
                Some(*value)
            }
            (other, _) => self.misused(field, other),
        }
    }

    fn moment(&self, field: &str) -> Option<Moment> {
        match self.value(field) {
            Value::Moment(moment) => Some(*moment),
            Value::Absent => None,
            other => self.misused(field, other),
        }
    }

    fn misused<T>(&self, field: &str, value: &Value) -> Option<T> {
        debug_assert!(
            false,
            "{}.{field} holds {value:?} and was asked otherwise",
            self.table.name
        );
        None
    }

    fn shown(&self, field: &str) -> String {
        let Some(at) = self.table.position(field) else {
            return String::new();
        };
        match (&self.values[at], self.table.fields[at].kind) {
            (Value::Text(text), _) => text.clone(),
            (Value::Moment(moment), Kind::Date) => date_text(moment.date()),
            (Value::Moment(moment), _) => datetime_text(moment.start()),
            (Value::Number(value), Kind::Decimal { places: 2, .. }) => Fen::new(*value).to_string(),
            (Value::Number(value), Kind::Decimal { places: 4, .. }) => {
                Quantity::new(*value).to_string()
            }
            (Value::Number(value), Kind::Decimal { places: 1, .. }) => {
                let hundredths = Fen::new(value.saturating_mul(10)).to_string();
                hundredths
                    .strip_suffix('0')
                    .map_or(hundredths.clone(), str::to_owned)
            }
            (Value::Number(value), _) => Price::new(*value).to_string(),
            (Value::Raw(json), _) => json.to_string(),
            (Value::Absent, _) => String::new(),
        }
    }
}

/// How refusals name a field: node and row when there are several, then name and 中文 name.
pub(crate) fn label(table: &NodeTable, row: usize, name: &str, field: Option<&Field>) -> String {
    let place = if row == 0 {
        String::new()
    } else {
        format!("{} 第{row}行", table.name)
    };
    match field {
        Some(field) => format!("{place}字段 {name}（{}）", field.name_zh),
        None => format!("{place}字段 {name}"),
    }
}

fn find_rows<'a>(nodes: &'a [(&'static NodeTable, Vec<Node>)], name: &str) -> &'a [Node] {
    nodes
        .iter()
        .find(|(table, _)| table.name == name)
        .map_or(&[], |(_, rows)| rows)
}
