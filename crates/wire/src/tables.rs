//! 接口字段表：交易、节点、字段、字典，编入程序，首次使用时解析一次。
//!
//! The tables restate what the published interface editions say about every transaction; see the
//! crate's README for the columns and the corrections made to the editions' slips.

use std::collections::HashMap;
use std::sync::LazyLock;

mod load;

/// Which way a node travels (输入、输出).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the institution.
    Input,
    /// To the institution.
    Output,
}

/// How many rows a node has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One row, an object.
    One,
    /// Any number of rows, always a list in replies.
    Many,
    /// Declared as one row, but queries find several: an object for one row, else a list.
    Any,
}

/// Whether a field must be filled in a request (必填).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// Must be filled.
    Yes,
    /// Only a newer regional edition demands it; other provinces' clients never send it.
    Regional,
    /// May be empty.
    No,
}

/// What a field holds (数据类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text of at most so many characters.
    Text(u32),
    /// A whole number of at most so many digits, kept as text.
    Whole(u32),
    /// A number of `digits` digits, `places` of them decimals.
    Decimal {
        /// All digits.
        digits: u32,
        /// Digits after the point.
        places: u32,
    },
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// The extension field (字段扩展): a JSON text or an object.
    Extension(u32),
    /// Any JSON value, handed on as it is.
    Raw,
    /// A nested node of the same name.
    Nested,
}

/// One field of a node (数据元).
#[derive(Debug, Clone)]
pub struct Field {
    /// The interface's own name.
    pub name: &'static str,
    /// The 中文 name.
    pub name_zh: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a request must fill it.
    pub required: Required,
    /// The code table that explains its values, if there is one.
    pub dictionary: Option<&'static str>,
    /// Whether requests are refused for a code that the dictionary does not hold.
    pub checked: bool,
}

/// One node (节点): its fields in the order of the interface, and the nodes inside it.
#[derive(Debug, Clone)]
pub struct NodeTable {
    /// The node's key, or [`NodeTable::BARE`].
    pub name: &'static str,
    /// One row or many.
    pub rows: Rows,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// Nodes inside each row.
    pub nested: Vec<NodeTable>,
}

impl NodeTable {
    /// The name of an output node that is not wrapped in a key: the output itself is the list.
    pub const BARE: &str = "-";

    /// Where a field stands in the node.
    pub fn position(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.name == field)
    }

    /// Whether some field of the node must be filled.
    pub fn demands_something(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.required == Required::Yes)
    }
}

/// When a transaction is meant to be called (交易方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// At once, while somebody waits.
    RealTime,
    /// By schedule, usually at night.
    Daily,
    /// The editions do not say.
    Unknown,
}

/// One transaction (交易).
#[derive(Debug, Clone)]
pub struct Transaction {
    /// The transaction number (交易编号).
    pub number: &'static str,
    /// The 中文 name.
    pub name_zh: &'static str,
    /// The English name.
    pub name_en: &'static str,
    /// The path that clients with one address per transaction call, when known.
    pub path: Option<&'static str>,
    /// When it is called.
    pub mode: Mode,
    /// Whether this system serves it.
    pub supported: bool,
    /// The input nodes.
    pub input: Vec<NodeTable>,
    /// The output nodes.
    pub output: Vec<NodeTable>,
}

impl Transaction {
    /// An input node.
    pub fn input_node(&self, name: &str) -> Option<&NodeTable> {
        self.input.iter().find(|node| node.name == name)
    }

    /// An output node.
    pub fn output_node(&self, name: &str) -> Option<&NodeTable> {
        self.output.iter().find(|node| node.name == name)
    }

    /// The number without its letter: 2207 for 2207A.
    pub fn family(&self) -> &'static str {
        self.number
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
    }
}

/// A code table (字典): which codes exist and what they mean.
#[derive(Debug)]
pub struct Dictionary {
    /// The interface's own name.
    pub name: &'static str,
    /// The 中文 name.
    pub name_zh: &'static str,
    /// Codes and their 中文 names, ordered by code.
    pub entries: Vec<(&'static str, &'static str)>,
}

impl Dictionary {
    /// What a code means.
    pub fn name_of(&self, code: &str) -> Option<&'static str> {
        let found = self
            .entries
            .binary_search_by(|(known, _)| (*known).cmp(code))
            .ok()?;
        Some(self.entries[found].1)
    }

    /// Whether the code exists.
    pub fn holds(&self, code: &str) -> bool {
        self.name_of(code).is_some()
    }
}

/// All tables, with their lookups.
struct Tables {
    transactions: Vec<Transaction>,
    by_number: HashMap<&'static str, usize>,
    by_path: HashMap<String, usize>,
    dictionaries: Vec<Dictionary>,
    by_name: HashMap<&'static str, usize>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    load::all().expect("the built-in tables are read by every test of this crate")
});

/// A transaction by its number.
pub fn transaction(number: &str) -> Option<&'static Transaction> {
    TABLES
        .by_number
        .get(number)
        .map(|&at| &TABLES.transactions[at])
}

/// A transaction by the path that one-address-per-transaction clients call.
pub fn transaction_at(path: &str) -> Option<&'static Transaction> {
    TABLES
        .by_path
        .get(&path.to_ascii_lowercase())
        .map(|&at| &TABLES.transactions[at])
}

/// Every transaction of the interface, supported or not, in the order of the interface.
pub fn transactions() -> &'static [Transaction] {
    &TABLES.transactions
}

/// A code table by its name, without regard to upper and lower case.
pub fn dictionary(name: &str) -> Option<&'static Dictionary> {
    let found = TABLES.by_name.get(name).copied();
    let found = found.or_else(|| {
        TABLES
            .by_name
            .get(name.to_ascii_lowercase().as_str())
            .copied()
    });
    found.map(|at| &TABLES.dictionaries[at])
}

/// Every code table held.
pub fn dictionaries() -> &'static [Dictionary] {
    &TABLES.dictionaries
}

/// What a code of a code table means, in 中文.
pub fn name_of(dictionary_name: &str, code: &str) -> Option<&'static str> {
    dictionary(dictionary_name)?.name_of(code)
}

#[cfg(test)]
mod tests;
