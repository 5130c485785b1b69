//! All audit rules over one set of files: the first case of each rule that finds something, put
//! beside each other.
//!
//! Every case names its people, visits and items alike (`P1`, `V1`, `X1`); here each gets names of
//! its own, so that cases share files and knowledge but no facts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::{fs, io};

use lines::Table;

use crate::audit::{cells, each_file, tables_of};
use crate::fault::Fault;
use crate::node::{Data, Node};
use crate::reader::Desk;

/// Columns that name somebody or something of a case.
const NAMES: [&str; 12] = [
    "person",
    "visit",
    "provider",
    "doctor",
    "settlement",
    "prescription",
    "terminal",
    "invoice",
    "phone",
    "household",
    "supplier",
    "device",
];

/// Tables that name items beside those of lines.
const STOCKED: [&str; 4] = ["lines", "stock_ledger", "stock_purchase", "trace_events"];

/// Lines of one case at most: their numbers stay numbers.
const LINES: usize = 1_000;

/// Files that hold a case of every rule (全部规则的案例数据).
#[derive(Debug, Default)]
pub struct AuditFolder {
    /// Tables by name; knowledge begins with `k_`.
    pub tables: BTreeMap<String, Table>,
    /// Parameters that the cases set.
    pub params: BTreeMap<String, String>,
    /// What each rule's own case is called in the files, by rule.
    pub marks: BTreeMap<String, CaseMark>,
    /// What is wrong with the cases.
    pub faults: Vec<Fault>,
}

/// How the facts of one case are told apart from those of the others (案例标记).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMark {
    /// What its names end with.
    pub ending: String,
    /// The first number of its lines; the last is less than [`CaseMark::LINES`] above.
    pub first_line: usize,
}

impl CaseMark {
    /// Numbers of lines that a case has for itself.
    pub const LINES: usize = LINES;
}

/// Puts the first case of each rule that finds something into one set of tables (案例合成数据目录).
pub fn audit_folder(cases: &Path) -> AuditFolder {
    let mut folder = AuditFolder::default();
    let mut rows: BTreeMap<String, Rows> = BTreeMap::new();
    let faults = each_file(cases, &mut |desk, root| folder.file(desk, root, &mut rows));
    folder.faults = faults;
    let tables = rows.into_iter().map(|(name, rows)| (name, rows.table()));
    folder.tables = tables.collect();
    folder
}

/// Rows of one table with whatever columns cases gave them.
#[derive(Default)]
struct Rows {
    columns: BTreeSet<String>,
    rows: Vec<BTreeMap<String, String>>,
}

impl Rows {
    fn table(self) -> Table {
        let mut table = Table::new(&self.columns);
        for row in self.rows {
            let cell = |name: &String| row.get(name).map_or("", String::as_str).to_owned();
            table.push(self.columns.iter().map(cell));
        }
        table
    }
}

impl AuditFolder {
    fn file(&mut self, desk: &Desk<'_>, root: &Node, rows: &mut BTreeMap<String, Rows>) {
        let fields = desk.fields(Some(root));
        let rule = fields.need("rule").and_then(|node| desk.text(node));
        let cases = fields.need("cases").map(|node| desk.list(node));
        let cases = cases.unwrap_or_default().iter();
        let found = |case: &&Node| {
            let expect = desk.fields(Some(case)).need("expect");
            expect.is_some_and(|node| matches!(&node.data, Data::List(all) if !all.is_empty()))
        };
        let Some((rule, case)) = rule.zip(cases.clone().find(found)) else {
            return;
        };
        let fields = desk.fields(Some(case));
        let Some(given) = fields.need("given") else {
            return;
        };
        if let Some(params) = fields.maybe("params") {
            self.params.extend(cells(desk, params));
        }
        let mark = CaseMark {
            ending: format!("-{rule}"),
            first_line: (self.marks.len() + 1) * LINES,
        };
        let tables = tables_of(desk, given);
        let names = Names::of(&tables, &mark);
        for (name, table) in &tables {
            let all = rows.entry(name.clone()).or_default();
            all.columns.extend(table.columns().map(str::to_owned));
            all.rows.extend(names.renamed(table));
        }
        self.marks.insert(rule.to_owned(), mark);
    }

    /// Writes the tables as CSV and the parameters as `params.json`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, table) in &self.tables {
            let mut file =
                io::BufWriter::new(fs::File::create(folder.join(format!("{name}.csv")))?);
            let columns: Vec<&str> = table.columns().collect();
            writeln!(file, "{}", line(columns.iter().copied()))?;
            for row in table.rows() {
                writeln!(
                    file,
                    "{}",
                    line(columns.iter().map(|column| row.text(column)))
                )?;
            }
            file.flush()?;
        }
        let params = serde_json::to_string_pretty(&self.params)?;
        fs::write(folder.join("params.json"), params)
    }
}

/// A line of CSV.
fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

/// The names of a case and what they become.
struct Names<'m> {
    mark: &'m CaseMark,
    items: BTreeSet<String>,
    others: BTreeSet<String>,
}

impl<'m> Names<'m> {
    fn of(tables: &BTreeMap<String, Table>, mark: &'m CaseMark) -> Self {
        let mut names = Self {
            mark,
            items: BTreeSet::new(),
            others: BTreeSet::new(),
        };
        for (name, table) in tables {
            for row in table.rows() {
                for column in NAMES {
                    names.others.extend(row.given(column).map(str::to_owned));
                }
                let item = row
                    .given("item")
                    .filter(|_| STOCKED.contains(&name.as_str()));
                names.items.extend(item.map(str::to_owned));
                // A code of twenty digits says which drug it is and cannot be changed.
                let code = row.given("trace_code").filter(|code| code.len() < 20);
                names.others.extend(code.map(str::to_owned));
            }
        }
        names
    }

    fn renamed(&self, table: &Table) -> Vec<BTreeMap<String, String>> {
        let row = |row: lines::Row<'_>| {
            let cell = |column: &str| (column.to_owned(), self.cell(column, row.text(column)));
            table.columns().map(cell).collect()
        };
        table.rows().map(row).collect()
    }

    fn cell(&self, column: &str, text: &str) -> String {
        if column == "line" {
            let number = text.parse::<usize>().unwrap_or(0);
            return (self.mark.first_line + number).to_string();
        }
        let named = NAMES.contains(&column) || column == "trace_code";
        let known = |part: &str| match named {
            true => self.others.contains(part),
            false => self.items.contains(part),
        };
        let part = |part: &str| match known(part) {
            true => format!("{part}{}", self.mark.ending),
            false => part.to_owned(),
        };
        text.split('|').map(part).collect::<Vec<_>>().join("|")
    }
}
