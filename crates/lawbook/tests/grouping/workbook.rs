//! The official workbook's layout, with a made-up scheme.

use std::path::Path;

use grouping::{Discharge, DrgScheme, group};
use lawbook::load_drg;
use rust_xlsxwriter::Workbook;

/// Principal diagnosis, other diagnoses, procedures; category, adjacent DRG, DRG.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    [&'static str; 3],
);
type Sheets = Vec<(&'static str, Vec<Vec<&'static str>>)>;

/// Two ordinary categories and the pre-group; rules as the workbook writes them.
fn sheets() -> Sheets {
    vec![
        (
            "MDC",
            vec![
                vec!["code", "name", "rule", "sort"],
                vec!["MDCA", "先期分组", "", "1"],
                vec!["MDCB", "甲类疾病", "ZYZD in DI_B", "2"],
                vec!["MDCN", "女性疾病", "ZYZD in DI_N and XB = 2", "3"],
            ],
        ),
        (
            "ADRG",
            vec![
                vec!["code", "name", "rule", "mdc", "sort"],
                vec!["AA1", "移植", "{ZYSS, QTSS} in OP_A", "MDCA", "1"],
                vec![
                    "BB1",
                    "联合手术",
                    "(ZYSS in OP1_B\nand {ZYSS, QTSS} in OP2_B)\n\
                     OR (ZYSS in OP2_B and {ZYSS, QTSS} in OP1_B)",
                    "MDCB",
                    "1",
                ],
                vec![
                    "BB2",
                    "多处手术",
                    "length(OP1_B ∩ {ZYSS, QTSS}) >= 2",
                    "MDCB",
                    "2",
                ],
                vec!["BQY", "歧义组", "ZYSS in OP_ALL", "MDCB", "3"],
                vec![
                    "BR1",
                    "内科",
                    "ZYZD in {DI_B1, DI_B2} and NL >= 18",
                    "MDCB",
                    "4",
                ],
                vec!["B00", "未入组", "", "MDCB", "5"],
                vec!["NR1", "内科", "ZYZD not in DI_B", "MDCN", "1"],
            ],
        ),
        (
            "DRG",
            vec![
                vec!["code", "name", "rule", "adrg", "mdc", "sort"],
                vec!["AA19", "移植", "", "AA1", "MDCA", "1"],
                vec!["BB19", "联合手术", "", "BB1", "MDCB", "1"],
                vec!["BB29", "多处手术", "", "BB2", "MDCB", "1"],
                vec!["BQY", "歧义组", "", "BQY", "MDCB", "1"],
                vec![
                    "BR11",
                    "内科，伴严重合并症",
                    "QTZD in MCC",
                    "BR1",
                    "MDCB",
                    "1",
                ],
                vec!["BR13", "内科，伴合并症", "QTZD in CC", "BR1", "MDCB", "2"],
                vec!["BR15", "内科", "", "BR1", "MDCB", "3"],
                vec!["B00", "未入组", "", "B00", "MDCB", "1"],
                vec!["NR19", "内科", "", "NR1", "MDCN", "1"],
            ],
        ),
        (
            "集合",
            vec![
                vec!["集合", "编码"],
                vec!["DI_B", "DI_B1"],
                vec!["DI_B", "DI_B2"],
                vec!["DI_B", "B30.000"],
                vec!["DI_B1", "B10.000"],
                vec!["DI_B2", "B20.000+G01*"],
                vec!["DI_N", "N10.000"],
                vec!["OP_A", "01.0000"],
                vec!["OP1_B", "02.1000"],
                vec!["OP1_B", "02.1000x001"],
                vec!["OP2_B", "02.2000"],
                vec!["OP_ALL", "OP1_B"],
                vec!["OP_ALL", "OP2_B"],
                vec!["OP_ALL", "03.3000"],
            ],
        ),
        (
            "CC",
            vec![
                vec!["code", "name", "exclusion id", "type"],
                vec!["C10.000", "甲", "E1", "MCC"],
                vec!["C20.000", "乙", "E2", "CC"],
            ],
        ),
        (
            "排除表",
            vec![
                vec!["exclusion id", "principal code"],
                vec!["E1", "B10.000"],
                vec!["E2", "B30.000"],
            ],
        ),
    ]
}

fn write(path: &Path, sheets: &Sheets) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

fn scheme(sheets: &Sheets) -> Result<DrgScheme, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("scheme.xlsx"), sheets);
    let loaded = load_drg(folder.path(), None);
    loaded
        .map(|loaded| loaded.scheme)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn discharge<'a>(principal: &'a str, others: &[&'a str], procedures: &[&'a str]) -> Discharge<'a> {
    Discharge {
        sex: Some(terms::Sex::Female),
        age_years: Some(40),
        principal: Some(principal),
        others: others.to_vec(),
        procedures: procedures.to_vec(),
        ..Discharge::default()
    }
}

#[test]
fn rules_of_the_workbook_group_as_they_say() {
    let scheme = scheme(&sheets()).unwrap();
    assert_eq!(scheme.sizes(), (3, 7, 9));
    let cases: [Case; 11] = [
        (
            "X99.000",
            &[],
            &["09.0000", "01.0000"],
            ["MDCA", "AA1", "AA19"],
        ),
        (
            "B10.000",
            &[],
            &["02.2000", "02.1000"],
            ["MDCB", "BB1", "BB19"],
        ),
        (
            "B10.000",
            &[],
            &["09.0000", "02.2000", "02.1000"],
            ["MDCB", "BR1", "BR15"],
        ),
        (
            "B10.000",
            &[],
            &["02.1000", "02.1000x001"],
            ["MDCB", "BB2", "BB29"],
        ),
        (
            "B10.000",
            &[],
            &["02.1000", "02.1000"],
            ["MDCB", "BQY", "BQY"],
        ),
        ("B10.000", &[], &["03.3000"], ["MDCB", "BQY", "BQY"]),
        ("B20.000+G01*", &["C10.000"], &[], ["MDCB", "BR1", "BR11"]),
        ("B10.000", &["C10.000"], &[], ["MDCB", "BR1", "BR15"]),
        ("B10.000", &["C20.000"], &[], ["MDCB", "BR1", "BR13"]),
        ("B30.000", &[], &[], ["MDCB", "B00", "B00"]),
        ("N10.000", &[], &[], ["MDCN", "NR1", "NR19"]),
    ];
    for (principal, others, procedures, wanted) in cases {
        let grouped = group(&scheme, &discharge(principal, others, procedures));
        let found = [grouped.mdc, grouped.adrg, grouped.drg];
        assert_eq!(found, wanted, "{principal} {others:?} {procedures:?}");
    }
}

#[test]
fn a_code_typed_as_a_number_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scheme.xlsx");
    let mut book = Workbook::new();
    for (name, rows) in sheets() {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    "03.3000" => sheet.write_number(row, column, 3.3).unwrap(),
                    text => sheet.write_string(row, column, text).unwrap(),
                };
            }
        }
    }
    book.save(&path).unwrap();
    let faults = load_drg(&path, None).unwrap_err();
    assert_eq!(
        faults[0].to_string(),
        "scheme.xlsx[集合]:14 编码 [类型不对] 编码写成了数字，末尾的零会丢失，请设为文本"
    );
}

#[test]
fn sets_that_lead_back_to_themselves_and_missing_sheets_are_named() {
    let mut circular = sheets();
    circular[3].1.push(vec!["OP1_B", "OP_ALL"]);
    let faults = scheme(&circular).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.contains("[循环引用] 列表“OP_ALL”经引用又回到自己")),
        "{faults:?}"
    );
    let mut short = sheets();
    short.remove(4);
    let faults = scheme(&short).unwrap_err();
    assert!(faults[0].contains("没有工作表“CC”"), "{faults:?}");
}
