use std::collections::BTreeMap;
use std::sync::Arc;

use lines::{Items, Quality, Row, Table};

use crate::desk::in_force;
use crate::trial::is_trial;

/// Knowledge tables by name, from one folder or several (知识库).
///
/// A later folder overrides rows with the same key and adds the others. Rows that contradict each
/// other within one folder are named in the data quality; the later row is used.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    tables: BTreeMap<String, Arc<Indexed>>,
}

/// A table with its rows by item, so that few lines need not read all of it.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    pub(crate) table: Table,
    /// Code and number of each row that names one item, in the order of codes.
    codes: Vec<(String, u32)>,
    /// Numbers of the rows that name items by the beginning of their codes, or none.
    others: Vec<u32>,
}

impl Indexed {
    pub(crate) fn of(table: Table) -> Self {
        let (mut codes, mut others) = (Vec::new(), Vec::new());
        for (number, row) in (0_u32..).zip(table.rows()) {
            match row.given("item") {
                Some(code) => codes.push((code.to_owned(), number)),
                None => others.push(number),
            }
        }
        codes.sort_unstable();
        Self {
            table,
            codes,
            others,
        }
    }

    /// The rows that may name one of these items, in the order of the table.
    pub(crate) fn rows_for(&self, items: &Items) -> Vec<Row<'_>> {
        if items.len() >= self.codes.len() {
            return self.table.rows().collect();
        }
        let mut numbers = self.others.clone();
        for code in items.codes.texts() {
            let begin = self
                .codes
                .partition_point(|(known, _)| known.as_str() < code);
            let same = self.codes[begin..]
                .iter()
                .take_while(|(known, _)| known == code);
            numbers.extend(same.map(|(_, number)| *number));
        }
        numbers.sort_unstable();
        let row = |number: u32| self.table.row(number as usize);
        numbers.into_iter().filter_map(row).collect()
    }
}

/// The key columns of tables; other tables are only added to.
const KEYS: [(&str, &[&str]); 27] = [
    ("k_drug_sex", &["item"]),
    ("k_drug_age", &["item"]),
    ("k_item_sex", &["item"]),
    ("k_item_age", &["item"]),
    ("k_item_same_incision", &["item", "incision_group"]),
    ("k_drug_fund", &["item"]),
    ("k_drug_setting", &["item"]),
    ("k_drug_level", &["item"]),
    ("k_drug_course", &["item"]),
    ("k_item_includes", &["main", "part"]),
    ("k_item_daily_cap", &["item", "unit"]),
    ("k_item_cycle_cap", &["item"]),
    ("k_item_course", &["item"]),
    ("k_drug_indication", &["item_prefix"]),
    ("k_drug_second_line", &["item_prefix"]),
    ("k_drug_dept", &["item_prefix"]),
    ("k_item_dept", &["item_prefix"]),
    ("k_item_setting", &["item_prefix"]),
    ("k_item_level", &["item_prefix"]),
    ("k_item_indication", &["item_prefix"]),
    ("k_item_period_cap", &["item_prefix", "period"]),
    ("k_item_qty_cap", &["item_prefix"]),
    ("k_item_period_days", &["item_prefix"]),
    ("k_item_total_cap", &["item_prefix"]),
    ("k_item_surcharge", &["main", "surcharge"]),
    ("k_mutex_group", &["group", "item"]),
    ("k_atc_dup", &["atc4"]),
];

/// Columns that describe a row and do not belong to what it says.
const ASIDE: [&str; 8] = [
    "item_name",
    "main_name",
    "part_name",
    "surcharge_name",
    "source",
    "kp_id",
    "version",
    "from",
];

impl Knowledge {
    /// Adds one table of one folder.
    pub fn add(&mut self, name: &str, table: &Table, quality: &mut Quality) {
        let Some(keys) = keys_of(name) else {
            let mut joined = self.taken(name);
            joined.append_new(&table.filtered(in_force));
            return self.put(name, joined);
        };
        let mut fresh: BTreeMap<String, Row<'_>> = BTreeMap::new();
        for row in table.rows() {
            let key = key_of(row, keys);
            if let Some(earlier) = fresh.insert(key.clone(), row)
                && contradicts(table, earlier, row)
            {
                quality.note("知识行相互矛盾", format!("{name} {key}"));
            }
        }
        let old = self.taken(name);
        let kept = old.filtered(|row| !fresh.contains_key(&key_of(row, keys)));
        let mut joined = if kept.is_empty() {
            Table::new(table.columns())
        } else {
            kept
        };
        joined.append(&table.filtered(|row| {
            let last = fresh.get(&key_of(row, keys));
            in_force(row) && last.is_some_and(|last| last.number() == row.number())
        }));
        self.put(name, joined);
    }

    fn taken(&mut self, name: &str) -> Table {
        let known = self.tables.remove(name);
        known.map_or_else(Table::default, |known| known.table.clone())
    }

    fn put(&mut self, name: &str, table: Table) {
        self.tables
            .insert(name.to_owned(), Arc::new(Indexed::of(table)));
    }

    /// A table.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.indexed(name).map(|known| &known.table)
    }

    pub(crate) fn indexed(&self, name: &str) -> Option<&Arc<Indexed>> {
        self.tables.get(name)
    }

    /// Every row as one text, by table and row: what two libraries are told apart by.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let row = |name: &str, table: &Table, row: Row<'_>| {
            let cells = table.columns().map(|column| row.text(column));
            let cells: Vec<&str> = cells.collect();
            format!("{name}\t{}", cells.join("\t"))
        };
        self.tables
            .iter()
            .map(|(name, known)| (name, &known.table))
            .flat_map(move |(name, table)| table.rows().map(move |one| row(name, table, one)))
    }

    /// The names of all tables.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }
}

/// The key columns of a table; nothing where it is only added to.
pub(crate) fn keys_of(name: &str) -> Option<&'static [&'static str]> {
    let found = KEYS.iter().find(|(known, _)| *known == name);
    found.map(|(_, keys)| *keys)
}

/// Key columns and the begin of validity: two editions of a row stand side by side, and so does
/// one on trial beside what is in use.
fn key_of(row: Row<'_>, keys: &[&str]) -> String {
    let cells = keys.iter().map(|column| key_cell(row, column));
    let edition = ["region", "from"].map(|column| row.text(column));
    let trial = if is_trial(row) { "trial" } else { "" };
    let key: Vec<&str> = cells.chain(edition).chain([trial]).collect();
    key.join(" ").trim_end().to_owned()
}

/// A row of a table by prefix may name one whole code instead.
fn key_cell<'t>(row: Row<'t>, column: &str) -> &'t str {
    match row.given(column) {
        None if column == "item_prefix" => row.text("item"),
        cell => cell.unwrap_or_default(),
    }
}

fn contradicts(table: &Table, a: Row<'_>, b: Row<'_>) -> bool {
    let mut said = table.columns().filter(|column| !ASIDE.contains(column));
    said.any(|column| a.text(column) != b.text(column))
}

/// The identity of a knowledge row: its own, or its table and first cell (知识行标识).
pub(crate) fn identity(name: &str, table: &Table, row: Row<'_>) -> String {
    if let Some(id) = row.given("kp_id") {
        return id.to_owned();
    }
    let cells: Vec<&str> = match keys_of(name) {
        Some(keys) => keys.iter().map(|column| key_cell(row, column)).collect(),
        None => table
            .columns()
            .take(2)
            .map(|column| row.text(column))
            .collect(),
    };
    format!("{name}:{}", cells.join("/"))
}
