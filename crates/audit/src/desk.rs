use std::collections::BTreeSet;
use std::sync::Arc;

use lines::{Care, Data, Day, Items, Row, Table};
use regex_lite::Regex;

use crate::by_item::{ByItem, Entry, Terms};
use crate::knowledge::{Indexed, Knowledge, identity};
use crate::params::{Params, decimal};
use crate::trial::is_trial;
use crate::{Rule, Strength, Waits};

/// What a rule sees while it is being built: items, knowledge, parameters (规则装配台).
pub struct Desk<'p> {
    /// The rule being built.
    pub rule: &'p Rule,
    /// The batch: its items and tables. Lines may be read only by the kernel.
    pub data: &'p Data,
    pub(crate) knowledge: &'p Knowledge,
    pub(crate) params: &'p Params,
    pub(crate) used: &'p Ledger,
    pub(crate) index: &'p ItemIndex,
}

/// The knowledge rows that kernels may name, numbered while rules are built.
#[derive(Debug, Default)]
pub(crate) struct Ledger(std::cell::RefCell<Cited>);

/// Cited rows: place of the table in the list of names, and number of the row.
#[derive(Debug, Default)]
struct Cited {
    tables: Vec<String>,
    rows: Vec<(u16, u32)>,
}

/// The knowledge that findings of a plan rest on (所引知识).
#[derive(Debug, Default)]
pub struct Citations {
    tables: Vec<(String, Arc<Indexed>)>,
    rows: Vec<(u16, u32)>,
    /// Numbers of the cited rows that are on trial.
    trials: BTreeSet<u32>,
}

impl Ledger {
    fn cite(&self, name: &str, row: Row<'_>) -> u32 {
        let mut cited = self.0.borrow_mut();
        let known = cited.tables.iter().rposition(|table| table == name);
        let table = known.unwrap_or_else(|| {
            cited.tables.push(name.to_owned());
            cited.tables.len() - 1
        });
        let table = u16::try_from(table).expect("few tables");
        let row = u32::try_from(row.number()).expect("fewer than 2^32 knowledge rows");
        cited.rows.push((table, row));
        u32::try_from(cited.rows.len() - 1).expect("fewer than 2^32 knowledge rows")
    }

    fn place(&self, number: u32) -> Option<(String, usize)> {
        let cited = self.0.borrow();
        let &(table, row) = cited.rows.get(number as usize)?;
        Some((cited.tables[usize::from(table)].clone(), row as usize))
    }

    pub(crate) fn into_citations(self, knowledge: &Knowledge, data: &Data) -> Citations {
        let cited = self.0.into_inner();
        let of_data =
            |name: &str| Arc::new(Indexed::of(data.table(name).cloned().unwrap_or_default()));
        let tables = cited.tables.into_iter().map(|name| {
            let known = knowledge.indexed(&name).cloned();
            let table = known.unwrap_or_else(|| of_data(&name));
            (name, table)
        });
        let mut citations = Citations {
            tables: tables.collect(),
            rows: cited.rows,
            trials: BTreeSet::new(),
        };
        let on_trial = |number: &u32| citations.row(*number).is_some_and(|(_, row)| is_trial(row));
        citations.trials = (0..).take(citations.rows.len()).filter(on_trial).collect();
        citations
    }
}

impl Citations {
    /// Whether a number cites a row on trial.
    pub(crate) fn is_on_trial(&self, number: u32) -> bool {
        self.trials.contains(&number)
    }

    /// Whether any cited row is on trial.
    pub(crate) fn has_trials(&self) -> bool {
        !self.trials.is_empty()
    }

    /// The table and the row of a number.
    pub fn row(&self, number: u32) -> Option<(&str, Row<'_>)> {
        let &(table, row) = self.rows.get(number as usize)?;
        let (name, table) = self.tables.get(usize::from(table))?;
        Some((name, table.table.row(row as usize)?))
    }

    /// The identity of a knowledge row; empty when there is none.
    pub fn identity(&self, number: u32) -> String {
        let Some(&(table, _)) = self.rows.get(number as usize) else {
            return String::new();
        };
        let Some((name, row)) = self.row(number) else {
            return String::new();
        };
        identity(name, &self.tables[usize::from(table)].1.table, row)
    }
}

/// Item numbers in the order of their codes, for prefixes.
#[derive(Debug, Default)]
pub(crate) struct ItemIndex(Vec<u32>);

impl ItemIndex {
    pub(crate) fn of(items: &Items) -> Self {
        let mut order: Vec<u32> = (0..).take(items.len()).collect();
        order.sort_unstable_by_key(|&item| items.code(item));
        Self(order)
    }

    fn starting<'i>(&'i self, items: &Items, prefix: &str) -> &'i [u32] {
        let begin = self.0.partition_point(|&item| items.code(item) < prefix);
        let rest = &self.0[begin..];
        &rest[..rest.partition_point(|&item| items.code(item).starts_with(prefix))]
    }
}

impl<'p> Desk<'p> {
    /// A knowledge table.
    ///
    /// # Errors
    /// [`Waits`] when no folder has it.
    pub fn table(&self, name: &str) -> Result<&'p Table, Waits> {
        self.knowledge.table(name).ok_or_else(|| lacking(name))
    }

    /// A table of the data folder.
    ///
    /// # Errors
    /// [`Waits`] when the folder does not have it.
    pub fn feed(&self, name: &str) -> Result<&'p Table, Waits> {
        self.data.table(name).ok_or_else(|| Waits::for_table(name))
    }

    /// Goes on only when the data have a register.
    ///
    /// # Errors
    /// [`Waits`] when the folder does not have it.
    pub fn needs(&self, register: lines::Register, table: &str) -> Result<(), Waits> {
        let there = self.data.register(register).is_some();
        if there {
            Ok(())
        } else {
            Err(Waits::for_table(table))
        }
    }

    /// Goes on only when a condition holds.
    ///
    /// # Errors
    /// [`Waits`] with this text.
    pub fn require(&self, there: bool, waits: &str) -> Result<(), Waits> {
        if there {
            Ok(())
        } else {
            Err(Waits(waits.to_owned()))
        }
    }

    /// The rows of a knowledge table by item: column `item` names a code, `item_prefix` all codes
    /// that begin so. Rows for which `value` says nothing are left out.
    ///
    /// # Errors
    /// [`Waits`] when no folder has the table.
    pub fn by_item<T: Clone>(
        &self,
        name: &str,
        value: impl Fn(Row<'_>) -> Option<T>,
    ) -> Result<ByItem<T>, Waits> {
        let indexed = self.knowledge.indexed(name);
        let indexed = indexed.ok_or_else(|| lacking(name))?;
        let mut pairs = Vec::new();
        let rows = indexed.rows_for(&self.data.items);
        for row in rows.into_iter().filter(|row| in_force(*row)) {
            let items = match row.given("item") {
                Some(code) => self.exact(code),
                None => self.items(row.text("item_prefix")),
            };
            let Some(value) = (!items.is_empty()).then(|| value(row)).flatten() else {
                continue;
            };
            let entry = self.entry(name, row, value);
            pairs.extend(items.into_iter().map(|item| (item, entry.clone())));
        }
        Ok(ByItem::new(self.data.items.len(), pairs))
    }

    /// Rows by item from any pairs of item and knowledge row.
    pub fn by_items<T>(&self, pairs: Vec<(u32, Entry<T>)>) -> ByItem<T> {
        ByItem::new(self.data.items.len(), pairs)
    }

    /// A value with the identity and terms of its knowledge row.
    pub fn entry<T>(&self, table: &str, row: Row<'_>, value: T) -> Entry<T> {
        Entry {
            knowledge: self.cite(table, row),
            terms: terms_of(row),
            value,
        }
    }

    /// The number under which findings cite a row of a knowledge table or of a table of the data.
    pub fn cite(&self, name: &str, row: Row<'_>) -> u32 {
        self.used.cite(name, row)
    }

    /// A row that was cited under a number.
    pub fn cited(&self, number: u32) -> Option<Row<'p>> {
        let (name, row) = self.used.place(number)?;
        let table = self
            .knowledge
            .table(&name)
            .or_else(|| self.data.table(&name))?;
        table.row(row)
    }

    /// The item with this code, if the batch has it.
    pub fn exact(&self, code: &str) -> Vec<u32> {
        self.data.items.codes.find(code).into_iter().collect()
    }

    /// The items whose codes begin with one of the prefixes, joined by bars.
    pub fn items(&self, prefixes: &str) -> Vec<u32> {
        let prefixes = prefixes
            .split('|')
            .map(str::trim)
            .filter(|prefix| !prefix.is_empty());
        let found = prefixes.flat_map(|prefix| self.index.starting(&self.data.items, prefix));
        let mut found: Vec<u32> = found.copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The items whose codes begin with a prefix and whose names match a pattern; the last resort
    /// where no code is known, so never the ground for a deduction.
    pub fn named(&self, prefixes: &str, pattern: &str) -> Vec<u32> {
        let pattern = matcher(pattern);
        let mut items = self.items(prefixes);
        items.retain(|&item| pattern.is_match(self.data.items.name(item)));
        items
    }

    /// A parameter as text.
    pub fn text(&self, key: &str) -> &'p str {
        self.params.text(self.rule, key)
    }

    /// A parameter as a whole number.
    ///
    /// # Errors
    /// [`Waits`] when the given text is not a whole number.
    pub fn whole(&self, key: &str) -> Result<i64, Waits> {
        self.decimal(key, 0)
    }

    /// A parameter as a count of 10^-`places`.
    ///
    /// # Errors
    /// [`Waits`] when the given text is not such a number.
    pub fn decimal(&self, key: &str, places: u32) -> Result<i64, Waits> {
        let text = self.text(key);
        decimal(text, places).ok_or_else(|| Waits(format!("参数 {key} 的值“{text}”不是数字")))
    }

    /// A parameter as codes separated by commas.
    pub fn list(&self, key: &str) -> Vec<&'p str> {
        let text = self.text(key).trim_matches(['{', '}', '[', ']']);
        let parts = text.split([',', '|']).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// A parameter as care types; whatever stands between the digits separates them.
    pub fn cares(&self, key: &str) -> Vec<Care> {
        let codes = self.text(key).split(|c: char| !c.is_ascii_digit());
        codes
            .filter(|code| !code.is_empty())
            .map(Care::parse)
            .collect()
    }
}

/// A pattern of a table; one that cannot be read matches its own text only.
pub fn matcher(pattern: &str) -> Regex {
    let literal = || Regex::new(&regex_lite::escape(pattern));
    Regex::new(pattern)
        .or_else(|_| literal())
        .expect("escaped text is a pattern")
}

fn lacking(table: &str) -> Waits {
    Waits(format!("缺少知识表 {table}"))
}

/// Drafts and retired rows say nothing.
pub(crate) fn in_force(row: Row<'_>) -> bool {
    !matches!(row.text("status"), "draft" | "retired")
}

/// The first and the last day on which a row speaks.
pub(crate) fn days_of(row: Row<'_>) -> (Day, Day) {
    let from = row.day("from").unwrap_or(Day(i32::MIN));
    (from, row.day("until").unwrap_or(Day(i32::MAX)))
}

fn terms_of(row: Row<'_>) -> Option<Box<Terms>> {
    let list = |column: &str| row.parts(column).map(str::to_owned).collect::<Vec<_>>();
    let (from, until) = days_of(row);
    let terms = Terms {
        from,
        until,
        cares: row.parts("cares").map(Care::parse).collect(),
        insurances: row
            .parts("insurances")
            .filter_map(|code| code.parse().ok())
            .collect(),
        exempt_diagnoses: list("exempt_diagnoses"),
        exempt_departments: list("exempt_departments"),
        strength: Strength::parse(row.text("severity")),
    };
    (terms != Terms::default()).then(|| Box::new(terms))
}
