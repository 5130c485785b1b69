//! The official workbook: six sheets, rules in their own language (官方工作簿).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use grouping::Severity;
use grouping::tables::{
    AdrgRow, Ambiguity, ComplicationRow, DrgRow, DrgTables, ExclusionRow, ListRow, MdcRow,
    RowResult,
};

use super::folder::Folder;
use super::grid::{Grid, Row};
use crate::fault::{Fault, FaultKind, Faults};

const CODE: &str = "code|编码|代码";
const NAME: &str = "name|名称";
const RULE: &str = "rule|规则|分组规则";
const ORDER: &str = "sort|排序|序号";
const MDC: &str = "mdc|MDC编码|MDC代码";
const ADRG: &str = "adrg|ADRG编码|ADRG代码";
const SET: &str = "set|set id|set_id|集合|集合编码|集合ID";
const EXCLUSION: &str = "exclusion|exclusion id|exclusion_id|排除表|排除表ID|排除ID";
const TYPE: &str = "type|类型";
const PRINCIPAL: &str =
    "principal|principal code|principal_dx|principal_code|主要诊断|主要诊断编码";

/// Reads the workbook form of a scheme.
pub(super) fn read(folder: &Folder, faults: &Faults) -> DrgTables {
    let mut tables = DrgTables::default();
    let Some((file, bytes)) = folder.workbook(faults) else {
        return tables;
    };
    let book: Result<Xlsx<_>, _> = open_workbook_from_rs(Cursor::new(bytes));
    let mut book = match book {
        Ok(book) => book,
        Err(error) => {
            let message = format!("不是可读的工作簿（{error}）");
            faults.add_file(&file, FaultKind::Unreadable, message);
            return tables;
        }
    };
    let mut sheet = |name: &str| grid(&mut book, &file, name, faults);
    tables.mdcs = sheet("MDC")
        .rows(&[CODE, NAME, RULE, ORDER])
        .filter_map(mdc)
        .collect();
    let adrgs = sheet("ADRG");
    let mut seen = BTreeMap::new();
    let adrg = |row: Row<'_>| adrg(row, &mut seen);
    tables.adrgs = adrgs
        .rows(&[CODE, NAME, RULE, MDC, ORDER])
        .filter_map(adrg)
        .collect();
    let drgs = sheet("DRG");
    tables.drgs = drgs
        .rows(&[CODE, NAME, RULE, ADRG, ORDER])
        .filter_map(drg)
        .collect();
    tables.lists = sets(&sheet("集合"));
    let complications = sheet("CC");
    let columns = [CODE, EXCLUSION, TYPE];
    tables.complications = complications
        .rows(&columns)
        .filter_map(complication)
        .collect();
    let exclusions = sheet("排除表");
    tables.exclusions = exclusions
        .rows(&[EXCLUSION, PRINCIPAL])
        .filter_map(exclusion)
        .collect();
    tables
}

/// A sheet as text. A code that was typed as a number has lost its zeros and is refused.
fn grid<'f>(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    file: &str,
    sheet: &str,
    faults: &'f Faults,
) -> Grid<'f> {
    let name = format!("{file}[{sheet}]");
    let range = match book.worksheet_range(sheet) {
        Ok(range) => range,
        Err(error) => {
            let message = format!("没有工作表“{sheet}”（{error}）");
            faults.add_file(file, FaultKind::Unreadable, message);
            return Grid::missing(&name, faults);
        }
    };
    let first = range.start().map_or(0, |(row, _)| row as usize);
    let text = |cell: &Data| cell.to_string().trim().to_owned();
    let mut rows = range.rows();
    let header: Vec<String> = rows.next().unwrap_or_default().iter().map(text).collect();
    let is_code = |at: usize| {
        let title = header.get(at).map_or("", String::as_str);
        !ORDER
            .split('|')
            .any(|order| order.eq_ignore_ascii_case(title))
    };
    let mut found = Vec::new();
    for (index, cells) in rows.enumerate() {
        let line = first + index + 2;
        if cells.iter().all(|cell| text(cell).is_empty()) {
            continue;
        }
        for (at, cell) in cells.iter().enumerate() {
            if matches!(cell, Data::Float(_)) && is_code(at) && text(cell).contains('.') {
                faults.add(Fault {
                    file: name.clone(),
                    line,
                    key: header.get(at).cloned().unwrap_or_default(),
                    kind: FaultKind::WrongType,
                    message: "编码写成了数字，末尾的零会丢失，请设为文本".to_owned(),
                });
            }
        }
        found.push((line, cells.iter().map(text).collect()));
    }
    Grid::new(&name, header, found, faults)
}

fn mdc(row: Row<'_>) -> Option<MdcRow> {
    let (code, order) = (row.need(CODE), row.whole(ORDER));
    Some(MdcRow {
        place: row.place(),
        code: code?,
        order: order?,
        name: row.own(NAME),
        rule: rule(row),
        // The workbook writes its ambiguous groups as rows of their own.
        ambiguity: Ambiguity::None,
    })
}

fn adrg(row: Row<'_>, seen: &mut BTreeMap<String, usize>) -> Option<AdrgRow> {
    let (code, mdc) = (row.need(CODE), row.need(MDC));
    let order = row.whole(ORDER);
    let code = code?;
    let result = match code.as_str() {
        code if code.ends_with("QY") => RowResult::Ambiguous,
        code if code.ends_with("00") => RowResult::Ungrouped,
        _ => RowResult::Group,
    };
    if rule(row).is_empty() && result != RowResult::Ungrouped {
        let message = format!("核心病组“{code}”没有规则");
        row.fault(RULE, FaultKind::MissingField, message);
    }
    let alternative = seen.entry(code.clone()).or_insert(0);
    *alternative += 1;
    Some(AdrgRow {
        place: row.place(),
        alternative: alternative.to_string(),
        code,
        mdc: mdc?,
        order: order?,
        name: row.own(NAME),
        rule: rule(row),
        before_ambiguous: true,
        result,
    })
}

fn drg(row: Row<'_>) -> Option<DrgRow> {
    let (code, adrg) = (row.need(CODE), row.need(ADRG));
    let order = row.whole(ORDER);
    Some(DrgRow {
        place: row.place(),
        code: code?,
        adrg: adrg?,
        order: order?,
        condition: rule(row),
        name: row.own(NAME),
        weight: None,
    })
}

/// Rules are wrapped over lines in their cells.
fn rule(row: Row<'_>) -> String {
    let words: Vec<&str> = row.text(RULE).split_whitespace().collect();
    words.join(" ")
}

/// Codes of sets; a code that is itself the name of a set stands for all of that set.
fn sets(grid: &Grid<'_>) -> Vec<ListRow> {
    let rows: Vec<Row<'_>> = grid.rows(&[SET, CODE]).collect();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.text(SET)).collect();
    let list = |row: &Row<'_>| {
        let code = row.text(CODE);
        let included = names.contains(code);
        Some(ListRow {
            place: row.place(),
            scope: String::new(),
            list: row.need(SET)?,
            code: if included {
                format!("@{code}")
            } else {
                code.to_owned()
            },
        })
    };
    rows.iter().filter_map(list).collect()
}

fn complication(row: Row<'_>) -> Option<ComplicationRow> {
    let levels = [("MCC", Severity::Mcc), ("CC", Severity::Cc)];
    let (diagnosis, severity) = (row.need(CODE), row.choice(TYPE, &levels));
    Some(ComplicationRow {
        place: row.place(),
        diagnosis: diagnosis?,
        severity: severity?,
        exclusion: row.own(EXCLUSION),
    })
}

fn exclusion(row: Row<'_>) -> Option<ExclusionRow> {
    let (group, principal) = (row.need(EXCLUSION), row.need(PRINCIPAL));
    Some(ExclusionRow {
        place: row.place(),
        principal: principal?,
        group: group?,
    })
}
