//! Catalogue folders: good rows, every kind of bad row, and size.

use std::fmt::Write;
use std::fs;

use lawbook::load_catalogue;
use policy::{Condition, Range, Test, WordSet};
use terms::{Grade, Scheme, Sex, Word};

const HEADER: &str = "code,name,kind,class,prior_percent,ceiling_yuan,from,to,schemes,grades,\
    groups,charge_category,unit,specification,restriction_note,restriction\n";

fn folder_with(items: &str, diagnoses: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("items.csv"), format!("{HEADER}{items}")).unwrap();
    fs::write(
        folder.path().join("diagnoses.csv"),
        format!("code,name\n{diagnoses}"),
    )
    .unwrap();
    folder
}

#[test]
fn rows_of_one_code_make_one_item_with_several_terms() {
    let folder = folder_with(
        "A1,甲药,drug,B,10,,2020-01-01,2023-12-31,employee,,procured;insulin,09,盒,10片,,\n\
         A1,甲药,drug,B,5,12.5,2024-01-01,,,tertiary;secondary,procured;insulin,09,盒,10片,\
         限女性14岁及以下,sex=female&age<=14&diagnosis=C;D0&grade!=village\n",
        "C50,乳腺癌\n",
    );
    let catalogue = load_catalogue(folder.path()).unwrap();
    let item = &catalogue.items[&Word::new("A1")];
    assert_eq!(item.groups, [Word::new("procured"), Word::new("insulin")]);
    assert_eq!(
        (item.charge_category.as_str(), item.unit.as_str()),
        ("09", "盒")
    );
    let now = "2024-06-01".parse().unwrap();
    let terms = item
        .terms_for(Scheme::Resident, Grade::Tertiary, now)
        .unwrap();
    assert_eq!(terms.prior.to_string(), "5%");
    assert_eq!(terms.ceiling.unwrap().to_string(), "12.50");
    assert!(
        item.terms_for(Scheme::Resident, Grade::Village, now)
            .is_none()
    );
    let restriction = Condition {
        when: vec![
            Test::Sex(WordSet::of(&[Sex::Female])),
            Test::Age(Range {
                from: None,
                to: Some(14),
            }),
            Test::Diagnosis(vec![Word::new("C"), Word::new("D0")]),
        ],
        unless: vec![Test::Grade(WordSet::of(&[Grade::Village]))],
    };
    assert_eq!(item.restrictions[0].payable, restriction);
    assert_eq!(catalogue.diagnoses["C50"], "乳腺癌");
}

#[test]
fn every_bad_cell_is_named_with_its_line_and_column() {
    let folder = folder_with(
        ",无码,drug,A,0,,2020-01-01,,,,,09,盒,,,\n\
         B1,乙药,potion,D,101,-1,昨天,,everyone,,,99,盒,,,\n\
         B2,丙药,drug,A,0,1.23456789,2020-01-01,2019-01-01,,palace,,09,盒,,,\n\
         B3,丁药,drug,A,0,,2020-01-01,,,,,09,盒,,限儿童,\n\
         B4,戊药,drug,A,0,,2020-01-01,,,,,09,盒,,限儿童,age<14\n\
         B5,己药,drug,A,0,,2020-01-01,,,,,09,盒,,限晴天,weather=sunny\n\
         B6,庚药,drug,A,0,,2020-01-01,,,,,09,盒,,限女性,sex>=female\n\
         B7,辛药,drug,A,0,,2020-01-01,,,,,09,盒,,,\n\
         B7,壬药,service,A,0,,2020-01-01,,,,,09,盒,,,\n\
         B8,少列\n",
        "C50,乳腺癌\nC50,乳腺恶性肿瘤\n",
    );
    let faults = load_catalogue(folder.path()).unwrap_err();
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let wanted = [
        "diagnoses.csv:3 code [重叠] 诊断编码“C50”写了两次",
        "items.csv:2 code [缺少字段] 不能为空",
        "items.csv:3 ceiling_yuan [超出范围] 限价“-1”不能为负",
        "items.csv:3 charge_category [未知的词] “99”不是01至14的收费项目类别",
        "items.csv:3 class [未知的词] 收费项目等级中没有“D”，可用：A、B、C",
        "items.csv:3 from [类型不对] “昨天”不是日期，应写作 2024-01-01",
        "items.csv:3 kind [未知的词] 目录类别中没有“potion”，可用：drug、service、supply",
        "items.csv:3 prior_percent [超出范围] “101”不在0至100之间",
        "items.csv:3 schemes [未知的词] 险种中没有“everyone”，可用：employee、resident、\
         retired_cadre、maternity、long_term_care",
        "items.csv:4 ceiling_yuan [超出范围] “1.23456789”：小数位数过多",
        "items.csv:4 grades [未知的词] 医疗机构等级中没有“palace”，可用：village、community、\
         primary、secondary、tertiary、ungraded",
        "items.csv:4 to [日期顺序] 止日早于起日",
        "items.csv:5 restriction [缺少字段] 限定支付的说明和条件要一起写",
        "items.csv:6 restriction [语法错误] “age<14”不是条件，应写作 age<=14 或 sex=female",
        "items.csv:7 restriction [未知字段] 没有“weather”这一种条件",
        "items.csv:8 restriction [类型不对] “sex”只能用 = 或 !=",
        "items.csv:10 from [重叠] 编码“B7”自2020-01-01起的支付条件写了两次",
        "items.csv:10 kind [重叠] 与同一编码前面的目录类别“药品”不一致",
        "items.csv:10 name [重叠] 与同一编码前面的名称“辛药”不一致",
        "items.csv:11 [语法错误] 应有16列，现有2列",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn columns_must_be_the_known_ones() {
    let folder = folder_with("", "");
    fs::write(folder.path().join("diagnoses.csv"), "code,title\n").unwrap();
    let faults = load_catalogue(folder.path()).unwrap_err();
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let wanted = [
        "diagnoses.csv:1 name [缺少字段] 缺少这一列",
        "diagnoses.csv:1 title [未知字段] 不认识这一列，可用：code、name",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut rows = String::new();
    for number in 0..100_000 {
        writeln!(
            rows,
            "X{number:06},药品{number},drug,B,10,,2020-01-01,,,,procured,09,盒,10片,,"
        )
        .unwrap();
    }
    let folder = folder_with(&rows, "");
    let catalogue = load_catalogue(folder.path()).unwrap();
    assert_eq!(catalogue.items.len(), 100_000);
}
