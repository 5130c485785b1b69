//! Cases about audit rules: a few rows of the tables, and what a rule finds among them.
//!
//! A file names its rule once. Tables have the columns of the house; what a case does not write is
//! filled in with one ordinary person, provider and visit, so that a case shows only what matters.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use audit::{Finding, Knowledge, Params, Plan, find_rule, scan};
use lines::{Intake, Quality, Table};

use crate::fault::{Fault, Faults};
use crate::node::{Data, Node, parse};
use crate::reader::Desk;

/// What came of the cases of a folder (审核案例的结果).
#[derive(Debug, Default)]
pub struct AuditReport {
    /// Cases played, by rule: found something, left everything alone.
    pub played: BTreeMap<String, (usize, usize)>,
    /// What differs, one line each, with file and name.
    pub differences: Vec<String>,
    /// What is wrong with the files.
    pub faults: Vec<Fault>,
}

/// Runs every audit case of a folder (运行审核案例).
pub fn run_audit(folder: &Path) -> AuditReport {
    let mut report = AuditReport::default();
    let faults = each_file(folder, &mut |desk, root| run_file(desk, root, &mut report));
    report.faults = faults;
    report
}

/// A finding of a case whose knowledge was changed (改动知识后的疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFinding {
    /// The rule.
    pub rule: String,
    /// The case.
    pub case: String,
    /// The knowledge row it rests on, or empty.
    pub knowledge: String,
    /// How strong it is.
    pub strength: audit::Strength,
}

/// Plays every audit case with cells put into all its knowledge rows, and gives what is found then
/// (改动知识再运行): for what must hold of every rule, whatever its case says.
pub fn findings_with(folder: &Path, changed: &[(&str, &str)]) -> Vec<ChangedFinding> {
    let mut found = Vec::new();
    let mut play = |rule: &str, case: &Written<'_>, stage: Stage| {
        let of = |one: &Finding| ChangedFinding {
            rule: rule.to_owned(),
            case: case.name.to_owned(),
            knowledge: stage.plan.cited(one),
            strength: one.strength,
        };
        found.extend(scan(&stage.plan, &stage.data).iter().map(of));
    };
    each_file(folder, &mut |desk, root| {
        each_case(desk, root, |rule, case| {
            let stage = Stage::set(desk, (case.given, case.params), rule, changed);
            play(rule, &case, stage);
        });
    });
    found
}

/// Reads the files of a folder by name; answers what is wrong with them.
pub(crate) fn each_file(folder: &Path, read: &mut dyn FnMut(&Desk<'_>, &Node)) -> Vec<Fault> {
    let mut wrong = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    files.sort();
    for path in files {
        let file = path.display().to_string();
        let faults = Faults::default();
        let desk = Desk {
            file: &file,
            faults: &faults,
        };
        match fs::read_to_string(&path).map(|text| parse(&file, &text)) {
            Ok(Ok(root)) => read(&desk, &root),
            Ok(Err(fault)) => faults.add(fault),
            Err(error) => faults.add(Fault {
                file: file.clone(),
                line: 0,
                key: String::new(),
                message: error.to_string(),
            }),
        }
        wrong.extend(faults.into_sorted());
    }
    wrong
}

/// What a case says.
struct Written<'n> {
    name: &'n str,
    given: &'n Node,
    params: Option<&'n Node>,
    expect: &'n Node,
}

/// Hands every case of a file on, with the rule of the file.
fn each_case(desk: &Desk<'_>, root: &Node, mut run: impl FnMut(&str, Written<'_>)) {
    let fields = desk.fields(Some(root));
    let rule = fields.need("rule");
    fields.maybe("note");
    let cases = fields.need("cases").map(|node| desk.list(node));
    fields.finish();
    let Some(rule) = rule.and_then(|node| desk.text(node)) else {
        return;
    };
    if find_rule(rule).is_none() {
        return desk.fault(root, format!("没有规则“{rule}”"));
    }
    for case in cases.unwrap_or_default() {
        if let Some(written) = written(desk, case) {
            run(rule, written);
        }
    }
}

fn written<'n>(desk: &'n Desk<'_>, case: &'n Node) -> Option<Written<'n>> {
    let fields = desk.fields(Some(case));
    let name = fields
        .need("name")
        .and_then(|node| desk.text(node))
        .unwrap_or_default();
    fields.maybe("why");
    let given = fields.need("given");
    let params = fields.maybe("params");
    let expect = fields.need("expect");
    fields.finish();
    Some(Written {
        name,
        given: given?,
        params,
        expect: expect?,
    })
}

fn run_file(desk: &Desk<'_>, root: &Node, report: &mut AuditReport) {
    each_case(desk, root, |id, case| {
        let stage = Stage::set(desk, (case.given, case.params), id, &[]);
        let findings = scan(&stage.plan, &stage.data);
        let played = report.played.entry(id.to_owned()).or_default();
        if findings.is_empty() {
            played.1 += 1
        } else {
            played.0 += 1
        }
        for difference in stage.compare(desk, case.expect, &findings) {
            let (file, name) = (&desk.file, case.name);
            report
                .differences
                .push(format!("{file} {name}：{difference}"));
        }
    });
}

/// One case made ready.
struct Stage {
    data: lines::Data,
    plan: Plan,
}

impl Stage {
    fn set(
        desk: &Desk<'_>,
        (given, params): (&Node, Option<&Node>),
        id: &str,
        changed: &[(&str, &str)],
    ) -> Self {
        let tables = tables_of(desk, given);
        let (mut knowledge, mut quality) = (Knowledge::default(), Quality::default());
        let mut intake = Intake::default();
        for (name, table) in &tables {
            if name.starts_with("k_") {
                knowledge.add(name, &with_cells(table, changed), &mut quality);
            } else {
                intake.take(name, table);
            }
        }
        let data = intake.assemble();
        let written = params.map(|node| cells(desk, node)).unwrap_or_default();
        let params = Params::new(written.into_iter().collect());
        let rule = find_rule(id).expect("looked up before");
        let plan = Plan::compile(&[rule], &data, &knowledge, &params, &mut quality);
        Self { data, plan }
    }

    /// What the case expects and did not get, and the other way round.
    fn compare(&self, desk: &Desk<'_>, expect: &Node, findings: &[Finding]) -> Vec<String> {
        let waits = self
            .plan
            .states()
            .find_map(|(_, waits)| waits.map(|one| one.0.clone()));
        if let Data::Text(word) = &expect.data {
            let fine = word == "waits" && waits.is_some();
            return if fine {
                Vec::new()
            } else {
                vec![format!("期望 {word}，规则可以运行")]
            };
        }
        if let Some(waits) = waits {
            return vec![format!("规则等待数据：{waits}")];
        }
        let mut left: Vec<&Finding> = findings.iter().collect();
        let mut differences = Vec::new();
        for wanted in desk.list(expect) {
            let wanted = cells(desk, wanted);
            let place = left
                .iter()
                .position(|finding| self.same_target(finding, &wanted));
            let Some(place) = place else {
                differences.push(format!("没有发现 {wanted:?}"));
                continue;
            };
            differences.extend(self.differs(left.remove(place), &wanted));
        }
        let surplus = left.iter().map(|finding| {
            let (kind, id) = self.plan.target(&self.data, &finding.target);
            format!(
                "多发现 {kind} {id}：{}",
                self.plan.evidence(&self.data, finding)
            )
        });
        differences.extend(surplus);
        differences
    }

    fn same_target(&self, finding: &Finding, wanted: &[(String, String)]) -> bool {
        let (kind, id) = self.plan.target(&self.data, &finding.target);
        wanted
            .iter()
            .any(|(name, value)| name == kind && *value == id)
    }

    fn differs(&self, finding: &Finding, wanted: &[(String, String)]) -> Vec<String> {
        let (kind, id) = self.plan.target(&self.data, &finding.target);
        let evidence = self.plan.evidence(&self.data, finding);
        let mut differences = Vec::new();
        for (name, value) in wanted {
            let got = match name.as_str() {
                "amount" => finding.amount.to_string(),
                "strength" => finding.strength.word().to_owned(),
                "knowledge" => self.plan.cited(finding),
                "says" if evidence.contains(value.as_str()) => continue,
                "says" => evidence.clone(),
                _ if name == kind => continue,
                _ => "（不认识的字段）".to_owned(),
            };
            if got != *value {
                differences.push(format!("{kind} {id} 的 {name} 期望 {value} 实得 {got}"));
            }
        }
        differences
    }
}

pub(crate) type Cells = Vec<(String, String)>;

/// The tables of a case, with what is ordinary where it says nothing.
pub(crate) fn tables_of(desk: &Desk<'_>, given: &Node) -> BTreeMap<String, Table> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (name, node) in desk.entries(given) {
        tables.insert(name.clone(), table(desk, name, desk.list(node)));
    }
    for name in ["people", "providers", "visits"] {
        let ordinary = || filled(name, 0, Vec::new());
        tables
            .entry(name.to_owned())
            .or_insert_with(|| table_of(vec![ordinary()]));
    }
    tables
}

fn table(desk: &Desk<'_>, name: &str, rows: &[Node]) -> Table {
    let filled_row = |(place, row)| filled(name, place, cells(desk, row));
    table_of(rows.iter().enumerate().map(filled_row).collect())
}

fn table_of(rows: Vec<Cells>) -> Table {
    let mut columns: Vec<String> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    let mut table = Table::new(&columns);
    for row in rows {
        let row: BTreeMap<String, String> = row.into_iter().collect();
        table.push(
            columns
                .iter()
                .map(|name| row.get(name).map_or("", String::as_str)),
        );
    }
    table
}

/// The same rows with these cells in the place of theirs.
fn with_cells(table: &Table, changed: &[(&str, &str)]) -> Table {
    let new = |name: &str| changed.iter().find(|(column, _)| *column == name);
    let row = |row: lines::Row<'_>| -> Cells {
        let kept = row.cells().filter(|(name, _)| new(name).is_none());
        let kept = kept.chain(changed.iter().copied());
        kept.map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    table_of(table.rows().map(row).collect())
}

/// A row with what is ordinary wherever the case is silent.
fn filled(name: &str, place: usize, mut row: Cells) -> Cells {
    let number = (place + 1).to_string();
    let get = |row: &Cells, wanted: &str| {
        row.iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.clone())
    };
    let amount = get(&row, "amount").unwrap_or_else(|| "100.00".to_owned());
    let stay = get(&row, "care").is_some_and(|care| care.starts_with('2') || care == "52");
    let ordinary: Vec<(&str, String)> = match name {
        "people" => vec![
            ("person", format!("P{number}")),
            ("sex", "male".to_owned()),
            ("birth", "1980-01-01".to_owned()),
        ],
        "providers" => vec![
            ("provider", format!("H{number}")),
            ("kind", "1".to_owned()),
            ("level", "3".to_owned()),
        ],
        "visits" => vec![
            ("visit", format!("V{number}")),
            ("person", "P1".to_owned()),
            ("provider", "H1".to_owned()),
            ("care", "11".to_owned()),
            ("begin", "2025-03-03 08:00:00".to_owned()),
            (
                "end",
                if stay {
                    "2025-03-13 10:00:00"
                } else {
                    "2025-03-03 18:00:00"
                }
                .to_owned(),
            ),
            ("diagnoses", "J18.9".to_owned()),
            ("diagnosis_names", "肺炎".to_owned()),
        ],
        "lines" => vec![
            ("line", number),
            ("visit", "V1".to_owned()),
            ("time", "2025-03-03 09:00:00".to_owned()),
            ("item", "X1".to_owned()),
            ("count", "1".to_owned()),
            ("price", amount.clone()),
            ("in_scope", amount.clone()),
            ("amount", amount),
        ],
        _ => Vec::new(),
    };
    for (column, value) in ordinary {
        if get(&row, column).is_none() {
            row.push((column.to_owned(), value));
        }
    }
    row
}

/// Cells of a row; lists are joined by bars.
pub(crate) fn cells(desk: &Desk<'_>, row: &Node) -> Cells {
    let text = |node: &Node| match &node.data {
        Data::Whole(number) => Some(number.to_string()),
        Data::Null => Some(String::new()),
        _ => desk.text(node).map(str::to_owned),
    };
    let cell = |(name, node): &(String, Node)| {
        let written = match &node.data {
            Data::List(items) => items.iter().filter_map(text).collect::<Vec<_>>().join("|"),
            _ => text(node)?,
        };
        Some((name.clone(), written))
    };
    desk.entries(row).iter().filter_map(cell).collect()
}
