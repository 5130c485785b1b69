//! Cases about grouping: discharges and the group each belongs to, under a scheme of the tree.
//!
//! A file names its scheme once and lists discharges; nothing of the policy folder is needed, so
//! these cases have a runner of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use grouping::dip::{assign, explain as explain_dip};
use grouping::{DipScheme, Discharge, DrgScheme, explain, group};

use crate::fault::{Fault, Faults};
use crate::node::{Data, Node, parse};
use crate::reader::Desk;

/// What came of the cases of a folder (分组案例的结果).
#[derive(Debug, Default)]
pub struct GroupingReport {
    /// How many discharges were grouped.
    pub played: usize,
    /// What differs, one line each, with file and name.
    pub differences: Vec<String>,
    /// What is wrong with the files.
    pub faults: Vec<Fault>,
}

/// A scheme of either kind.
enum Scheme {
    Drg(Box<DrgScheme>),
    Dip(Box<DipScheme>),
}

/// Fields of a result by name, and its explanation.
struct Found {
    fields: BTreeMap<&'static str, String>,
    said: Vec<String>,
}

/// Groups every discharge of the case files in a folder (运行分组案例).
pub fn run_grouping(folder: &Path) -> GroupingReport {
    let mut report = GroupingReport::default();
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
        match fs::read_to_string(&path).map(|text| parse(&file, &text)) {
            Ok(Ok(root)) => {
                let desk = Desk {
                    file: &file,
                    faults: &faults,
                };
                run_file(&desk, &root, folder, &mut report);
            }
            Ok(Err(fault)) => faults.add(fault),
            Err(error) => faults.add(Fault {
                file: file.clone(),
                line: 0,
                key: String::new(),
                message: error.to_string(),
            }),
        }
        report.faults.extend(faults.into_sorted());
    }
    report
}

fn run_file(desk: &Desk<'_>, root: &Node, folder: &Path, report: &mut GroupingReport) {
    let fields = desk.fields(Some(root));
    let drg = fields.maybe("drg").and_then(|node| desk.text(node));
    let dip = fields.maybe("dip").and_then(|node| desk.text(node));
    fields.maybe("note");
    let cases = fields.need("cases").map(|node| desk.list(node));
    fields.finish();
    let loaded = match (drg, dip) {
        (Some(path), None) => lawbook::load_drg(&folder.join(path), None)
            .map(|loaded| Scheme::Drg(Box::new(loaded.scheme))),
        (None, Some(path)) => {
            lawbook::load_dip(&folder.join(path)).map(|loaded| Scheme::Dip(Box::new(loaded.scheme)))
        }
        _ => return desk.fault(root, "应写 drg、dip 之一，指明方案"),
    };
    let scheme = match loaded {
        Ok(scheme) => scheme,
        Err(faults) => {
            let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return desk.fault(root, format!("方案不能使用：{}", said.join("；")));
        }
    };
    for case in cases.unwrap_or_default() {
        run_case(desk, case, &scheme, report);
    }
}

fn run_case(desk: &Desk<'_>, case: &Node, scheme: &Scheme, report: &mut GroupingReport) {
    let fields = desk.fields(Some(case));
    let name = fields
        .need("name")
        .and_then(|node| desk.text(node))
        .unwrap_or_default();
    fields.maybe("why");
    let (given, expect) = (fields.need("given"), fields.need("expect"));
    fields.finish();
    let (Some(given), Some(expect)) = (given, expect) else {
        return;
    };
    let cells = cells(desk, given);
    let cell = |wanted: &str| {
        let found = cells.iter().find(|(name, _)| name == wanted);
        found.map(|(_, text)| text.as_str())
    };
    let found = match Discharge::from_cells(cell) {
        Ok(discharge) => match scheme {
            Scheme::Drg(scheme) => of_drg(scheme, &discharge),
            Scheme::Dip(scheme) => of_dip(scheme, &discharge),
        },
        Err(refusal) => Found {
            fields: BTreeMap::from([("refusal", refusal.code().to_owned())]),
            said: vec![refusal.to_string()],
        },
    };
    report.played += 1;
    for difference in compare(desk, expect, &found) {
        report
            .differences
            .push(format!("{} {name}：{difference}", desk.file));
    }
}

/// Facts by the column names of case files; a list becomes a cell of such a file.
fn cells(desk: &Desk<'_>, given: &Node) -> Vec<(String, String)> {
    let text = |node: &Node| match &node.data {
        Data::Whole(number) => Some(number.to_string()),
        _ => desk.text(node).map(str::to_owned),
    };
    let cell = |(name, node): &(String, Node)| {
        let written = match &node.data {
            Data::List(items) => {
                let items: Vec<String> = items.iter().filter_map(text).collect();
                items.join("|")
            }
            _ => text(node)?,
        };
        Some((name.clone(), written))
    };
    desk.entries(given).iter().filter_map(cell).collect()
}

fn of_drg(scheme: &DrgScheme, discharge: &Discharge<'_>) -> Found {
    let grouped = group(scheme, discharge);
    let mut fields = BTreeMap::from([
        ("mdc", grouped.mdc.to_owned()),
        ("adrg", grouped.adrg.to_owned()),
        ("drg", grouped.drg.to_owned()),
        ("severity", grouped.severity.to_string()),
    ]);
    if let Some(refusal) = &grouped.refusal {
        fields.insert("refusal", refusal.code().to_owned());
    }
    Found {
        fields,
        said: explain(&grouped),
    }
}

fn of_dip(scheme: &DipScheme, discharge: &Discharge<'_>) -> Found {
    let grouped = assign(scheme, discharge);
    let auxiliary: Vec<&str> = grouped.auxiliary.iter().map(|one| one.code).collect();
    let mut fields = BTreeMap::from([
        ("dip", grouped.dip.to_owned()),
        ("stage", grouped.stage.to_owned()),
        ("class", grouped.class.to_owned()),
        ("factor", grouped.factor.to_string()),
        ("auxiliary", auxiliary.join("|")),
        ("primary_care", u8::from(grouped.primary_care).to_string()),
    ]);
    if let Some(refusal) = &grouped.refusal {
        fields.insert("refusal", refusal.code().to_owned());
    }
    Found {
        fields,
        said: explain_dip(&grouped),
    }
}

/// What the case expects and did not get; a refusal that nobody expects is a difference too.
fn compare(desk: &Desk<'_>, expect: &Node, found: &Found) -> Vec<String> {
    let mut differences = Vec::new();
    let mut refusal_expected = false;
    for (name, node) in desk.entries(expect) {
        if name == "says" {
            let wanted = desk.list(node).iter().filter_map(|one| desk.text(one));
            let missing = wanted.filter(|text| !found.said.iter().any(|said| said.contains(text)));
            let said = found.said.join(" | ");
            differences.extend(missing.map(|text| format!("应说“{text}”，实说 {said}")));
            continue;
        }
        refusal_expected |= name == "refusal";
        let Some(wanted) = desk.text(node) else {
            continue;
        };
        let got = found
            .fields
            .get(name.as_str())
            .map_or("（无）", String::as_str);
        if got != wanted {
            differences.push(format!("{name} 期望 {wanted} 实得 {got}"));
        }
    }
    let refusal = found.fields.get("refusal");
    if let Some(refusal) = refusal.filter(|_| !refusal_expected) {
        differences.push(format!(
            "refusal 期望 （无） 实得 {refusal}：{}",
            found.said.join(" | ")
        ));
    }
    differences
}
