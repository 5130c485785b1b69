//! What is wrong with a scheme, beyond what stops its rules from being read.

use std::collections::{BTreeMap, BTreeSet};

use super::scheme::{Drg, Mdc};
use crate::formula::{Part, Severity, Side};
use crate::lists::{BookDraft, ListId, ListSource};
use crate::place::{FindingKind, Findings, Place, some_of};
use crate::rule::{Test, VALID};
use crate::tables::{CodeTables, DrgTables, MappingRow, RowResult};

/// Codes written twice, rows that belong nowhere, tables that contradict one another.
pub(super) fn rows(tables: &DrgTables, findings: &mut Findings) {
    let mdcs = tables.mdcs.iter().map(|row| (row.code.clone(), &row.place));
    once(mdcs, "主要诊断大类", true, findings);
    let adrgs = tables.adrgs.iter();
    let rules = adrgs.map(|row| {
        (
            format!("{}（规则{}）", row.code, row.alternative),
            &row.place,
        )
    });
    once(rules, "核心病组", true, findings);
    let drgs = tables.drgs.iter().map(|row| (row.code.clone(), &row.place));
    once(drgs, "细分组", true, findings);
    orders(tables, findings);
    if tables.mdcs.is_empty() {
        let place = Place {
            file: "mdc".into(),
            row: 0,
        };
        findings.fatal(&place, FindingKind::Empty, "方案没有主要诊断大类");
    }
    let known: BTreeSet<&str> = tables.mdcs.iter().map(|row| row.code.as_str()).collect();
    for row in tables
        .adrgs
        .iter()
        .filter(|row| !known.contains(row.mdc.as_str()))
    {
        let message = format!("核心病组“{}”所属的“{}”不存在", row.code, row.mdc);
        findings.fatal(&row.place, FindingKind::Dangling, message);
    }
    let known: BTreeSet<&str> = tables.adrgs.iter().map(|row| row.code.as_str()).collect();
    for row in tables
        .drgs
        .iter()
        .filter(|row| !known.contains(row.adrg.as_str()))
    {
        let message = format!("细分组“{}”所属的“{}”不存在", row.code, row.adrg);
        findings.fatal(&row.place, FindingKind::Dangling, message);
    }
    complications(tables, findings);
    mapping(&tables.diagnoses, Side::Diagnosis, findings);
    mapping(&tables.procedures, Side::Procedure, findings);
}

fn once<'t>(
    rows: impl Iterator<Item = (String, &'t Place)>,
    what: &str,
    fatal: bool,
    findings: &mut Findings,
) {
    let mut seen = BTreeMap::new();
    for (key, place) in rows {
        if let Some(first) = seen.insert(key.clone(), place) {
            let message = format!("{what}“{key}”重复，已见于{first}");
            if fatal {
                findings.fatal(place, FindingKind::Duplicate, message);
            } else {
                findings.warn(place, FindingKind::Duplicate, message);
            }
        }
    }
}

/// Two rows with the same number are tried in the order they stand, which may not be meant.
fn orders(tables: &DrgTables, findings: &mut Findings) {
    let mdcs = tables
        .mdcs
        .iter()
        .map(|row| (row.order.to_string(), &row.place));
    once(mdcs, "大类判断次序", false, findings);
    let adrgs = tables.adrgs.iter();
    let adrgs = adrgs.map(|row| (format!("{}第{}", row.mdc, row.order), &row.place));
    once(adrgs, "核心病组判断次序", false, findings);
    let drgs = tables.drgs.iter();
    let drgs = drgs.map(|row| (format!("{}第{}", row.adrg, row.order), &row.place));
    once(drgs, "细分组判断次序", false, findings);
}

fn complications(tables: &DrgTables, findings: &mut Findings) {
    let groups: BTreeSet<&str> = tables
        .exclusions
        .iter()
        .map(|row| row.group.as_str())
        .collect();
    let mut levels: BTreeMap<&str, Severity> = BTreeMap::new();
    let mut missing: BTreeMap<&str, (&Place, usize)> = BTreeMap::new();
    for row in &tables.complications {
        let before = levels.insert(&row.diagnosis, row.severity);
        if before.is_some_and(|before| before != row.severity) {
            let message = format!("“{}”同时列为MCC和CC", row.diagnosis);
            findings.warn(&row.place, FindingKind::Duplicate, message);
        }
        if !row.exclusion.is_empty() && !groups.contains(row.exclusion.as_str()) {
            missing.entry(&row.exclusion).or_insert((&row.place, 0)).1 += 1;
        }
    }
    for (group, (place, count)) in missing {
        let message = format!("排除组“{group}”没有主要诊断，{count}个合并症不会被它排除");
        findings.warn(place, FindingKind::Dangling, message);
    }
    let named: BTreeSet<&str> = tables
        .complications
        .iter()
        .map(|row| row.exclusion.as_str())
        .collect();
    let mut told = BTreeSet::new();
    for row in &tables.exclusions {
        if !named.contains(row.group.as_str()) && told.insert(row.group.as_str()) {
            let message = format!("排除组“{}”没有被任何合并症用到", row.group);
            findings.warn(&row.place, FindingKind::Unused, message);
        }
    }
}

/// Mappings to two codes or to none that is known, and codes that mean one thing in the one edition
/// and another in the other: these are read as the edition that is mapped from.
fn mapping(tables: &CodeTables, side: Side, findings: &mut Findings) {
    let known: BTreeSet<&str> = tables.codes.iter().map(|row| row.code.as_str()).collect();
    let mut means: BTreeMap<&str, &str> = BTreeMap::new();
    let mut in_both: Vec<&MappingRow> = Vec::new();
    for row in &tables.mapping {
        let before = means.insert(&row.written, &row.means);
        if before.is_some_and(|before| before != row.means) {
            let message = format!("{}编码“{}”对照到两个编码", side.zh(), row.written);
            findings.fatal(&row.place, FindingKind::Duplicate, message);
        }
        if !known.is_empty() && !known.contains(row.means.as_str()) {
            let message = format!("对照的{}编码“{}”不在编码表中", side.zh(), row.means);
            findings.warn(&row.place, FindingKind::UnknownCode, message);
        }
        if row.written != row.means && known.contains(row.written.as_str()) {
            in_both.push(row);
        }
    }
    if let Some(first) = in_both.first() {
        let codes = some_of(in_both.iter().map(|row| row.written.as_str()));
        let message = format!(
            "{}编码{codes}在两个版本里都有而含义不同，按对照表解释",
            side.zh()
        );
        findings.warn(&first.place, FindingKind::Duplicate, message);
    }
}

/// Lists that no rule names.
pub(super) fn unused(lists: &ListSource, used: &BTreeSet<String>, findings: &mut Findings) {
    for (name, place) in lists.names() {
        if let Some(place) = place.filter(|_| !used.contains(name) && name != VALID) {
            let message = format!("列表“{name}”没有被任何规则用到");
            findings.warn(place, FindingKind::Unused, message);
        }
    }
}

/// Rows behind one that always holds, or whose codes earlier rows have all taken.
pub(super) fn unreachable(
    mdcs: &[Mdc],
    subgroups: &[Vec<Drg>],
    books: (&BookDraft, &BookDraft),
    findings: &mut Findings,
) {
    for mdc in mdcs {
        rows_of(mdc, books, findings);
    }
    for group in subgroups {
        let mut earlier: Vec<&Drg> = Vec::new();
        for drg in group {
            let covers = |before: &&&Drg| {
                before.rule.test == Test::Always
                    || before.rule.test == drg.rule.test
                    || alternatives(&before.rule.test).contains(&&drg.rule.test)
            };
            if let Some(before) = earlier.iter().find(covers) {
                let message = format!("细分组“{}”排在“{}”之后，永远轮不到", drg.code, before.code);
                findings.warn(&drg.rule.place, FindingKind::Unreachable, message);
            }
            earlier.push(drg);
        }
    }
}

fn alternatives(test: &Test) -> Vec<&Test> {
    match test {
        Test::Any(parts) => parts.iter().collect(),
        _ => Vec::new(),
    }
}

fn rows_of(mdc: &Mdc, books: (&BookDraft, &BookDraft), findings: &mut Findings) {
    let entry = principal_list(&mdc.rule.test).map(|list| codes(books, Part::Principal, list));
    let mut taken: BTreeMap<Part, BTreeSet<&str>> = BTreeMap::new();
    let mut closed: Option<&str> = None;
    for row in &mdc.adrgs {
        let place = &row.rule.place;
        if let Some(by) = closed {
            let message = format!("核心病组“{}”排在总是成立的“{by}”之后，永远轮不到", row.code);
            findings.warn(place, FindingKind::Unreachable, message);
        }
        match &row.rule.test {
            Test::Always => closed = closed.or(Some(&row.code)),
            Test::Has(part @ (Part::Principal | Part::Main), list) => {
                let own = codes(books, *part, *list);
                let inside = entry.as_ref().filter(|_| *part == Part::Principal);
                let taken = taken.entry(*part).or_default();
                let reached = |code: &&&str| {
                    !taken.contains(**code) && inside.is_none_or(|entry| entry.contains(**code))
                };
                if row.result == RowResult::Group && !own.iter().any(|code| reached(&code)) {
                    let message = format!(
                        "核心病组“{}”的编码都不在{}之内，或已被前面的病组占用，永远轮不到",
                        row.code, mdc.code
                    );
                    findings.warn(place, FindingKind::Unreachable, message);
                }
                taken.extend(own);
            }
            _ => {}
        }
    }
}

/// The list of principal diagnoses that a category cannot be entered without.
fn principal_list(test: &Test) -> Option<ListId> {
    match test {
        Test::Has(Part::Principal, list) => Some(*list),
        Test::All(parts) => parts.iter().find_map(principal_list),
        _ => None,
    }
}

fn codes<'b>(books: (&'b BookDraft, &'b BookDraft), part: Part, list: ListId) -> BTreeSet<&'b str> {
    let book = match part.side() {
        Side::Diagnosis => books.0,
        Side::Procedure => books.1,
    };
    book.codes(list).iter().map(String::as_str).collect()
}

/// Codes of rules that are not in the code tables, or not in the list of valid procedures.
pub(super) fn strange_codes(
    tables: &DrgTables,
    books: (&BookDraft, &BookDraft),
    findings: &mut Findings,
) {
    let valid = tables
        .lists
        .iter()
        .filter(|row| row.scope.is_empty() && row.list == VALID);
    let valid: BTreeSet<&str> = valid.map(|row| row.code.as_str()).collect();
    let sides = [(&tables.diagnoses, books.0), (&tables.procedures, books.1)];
    for (codes, book) in sides {
        let known: BTreeSet<&str> = codes.codes.iter().map(|row| row.code.as_str()).collect();
        if let Some(first) = codes.codes.first() {
            let strange = book.every_code().filter(|code| !known.contains(code));
            let place = Place {
                file: first.place.file.clone(),
                row: 0,
            };
            report(&place, strange, "规则用到的编码不在编码表中", findings);
        }
    }
    let first = tables.lists.iter().find(|row| row.list == VALID);
    if let Some(first) = first {
        let strange = books.1.every_code().filter(|code| !valid.contains(code));
        let place = Place {
            file: first.place.file.clone(),
            row: 0,
        };
        report(
            &place,
            strange,
            "规则用到的手术操作不在有效手术操作表中",
            findings,
        );
    }
}

fn report<'c>(
    place: &Place,
    strange: impl Iterator<Item = &'c str>,
    what: &str,
    findings: &mut Findings,
) {
    let strange: BTreeSet<&str> = strange.collect();
    if !strange.is_empty() {
        let message = format!("{what}：{}", some_of(strange));
        findings.warn(place, FindingKind::UnknownCode, message);
    }
}
