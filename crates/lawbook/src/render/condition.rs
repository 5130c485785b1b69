use std::fmt::Display;

use policy::{Condition, Range, Test, WordSet};
use terms::Vocabulary;

use super::{Legend, list};

/// The 中文 name of the dimension that a test asks about.
pub(crate) const fn test_title(test: &Test) -> &'static str {
    match test {
        Test::Category(_) => "人员类别",
        Test::Identity(_) => "救助身份",
        Test::Age(_) => "年龄",
        Test::AgeDays(_) => "出生天数",
        Test::Sex(_) => "性别",
        Test::EnrolledYears(_) => "连续参保年数",
        Test::County(_) => "参保县（市、区）",
        Test::Cover(_) => "待遇状态",
        Test::Mark(_) => "标记",
        Test::Grade(_) => "机构等级",
        Test::InstitutionKind(_) => "机构类别",
        Test::Institution(_) => "医药机构",
        Test::Locality(_) => "就医地",
        Test::Registration(_) => "异地备案",
        Test::Referral(_) => "转诊情形",
        Test::Care(_) => "医疗类别",
        Test::Cause(_) => "致病原因",
        Test::Disease(_) => "病种",
        Test::Diagnosis(_) => "诊断编码开头",
        Test::Admission(_) => "年度内住院次序",
        Test::StayDays(_) => "住院天数",
        Test::Admitted(_) => "入院日期",
        Test::Discharged(_) => "出院日期",
        Test::Settled(_) => "结算日期",
        Test::Total(_) => "医疗费总额",
        Test::ItemClass(_) => "项目等级",
        Test::ItemKind(_) => "目录类别",
        Test::ItemGroup(_) => "项目分组",
        Test::Item(_) => "项目编码",
        Test::Served(_) => "费用发生日期",
    }
}

/// A condition as text; empty when it always holds.
pub(crate) fn condition_text(legend: &Legend<'_>, condition: &Condition) -> String {
    let mut parts: Vec<String> = condition
        .when
        .iter()
        .map(|test| test_text(legend, test))
        .collect();
    for test in &condition.unless {
        parts.push(format!("{}除外", test_text(legend, test)));
    }
    parts.join("，")
}

fn test_text(legend: &Legend<'_>, test: &Test) -> String {
    match test {
        Test::Category(set) => words(*set),
        Test::Sex(set) => words(*set),
        Test::Cover(set) => words(*set),
        Test::Grade(set) => words(*set),
        Test::InstitutionKind(set) => words(*set),
        Test::Locality(set) => words(*set),
        Test::Registration(set) => words(*set),
        Test::Referral(set) => words(*set),
        Test::Care(set) => words(*set),
        Test::Cause(set) => words(*set),
        Test::ItemClass(set) => words(*set),
        Test::ItemKind(set) => words(*set),
        Test::Identity(any) | Test::Mark(any) | Test::Disease(any) | Test::ItemGroup(any) => {
            legend.words(any)
        }
        Test::Institution(any) => format!("机构{}", list(any.iter().map(ToString::to_string))),
        Test::Item(any) => format!("项目{}", list(any.iter().map(ToString::to_string))),
        Test::Diagnosis(any) => {
            format!(
                "诊断编码以{}开头",
                list(any.iter().map(ToString::to_string))
            )
        }
        Test::County(any) => list(any.iter().map(|code| legend.county(*code))),
        Test::Age(range) => span("", range, "岁", PLAIN),
        Test::AgeDays(range) => span("出生", range, "天", PLAIN),
        Test::EnrolledYears(range) => span("连续参保", range, "年", PLAIN),
        Test::Admission(range) => span("年度内第", range, "次住院", LATER),
        Test::StayDays(range) => span("住院", range, "天", PLAIN),
        Test::Total(range) => span("医疗费总额", range, "元", PLAIN),
        Test::Admitted(range) => span("入院日期", range, "", LATER),
        Test::Discharged(range) => span("出院日期", range, "", LATER),
        Test::Settled(range) => span("结算日期", range, "", LATER),
        Test::Served(range) => span("费用发生日期", range, "", LATER),
    }
}

fn words<V: Vocabulary>(set: WordSet<V>) -> String {
    list(set.values().map(|value| value.zh().to_owned()))
}

/// How an open end reads: for numbers, and for dates and ordinals.
const PLAIN: (&str, &str) = ("及以上", "及以下");
const LATER: (&str, &str) = ("及以后", "及以前");

fn span<N: Copy + PartialEq + Display>(
    before: &str,
    range: &Range<N>,
    unit: &str,
    (above, below): (&str, &str),
) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => format!("{before}{from}{unit}"),
        (Some(from), Some(to)) => format!("{before}{from}至{to}{unit}"),
        (Some(from), None) => format!("{before}{from}{unit}{above}"),
        (None, Some(to)) => format!("{before}{to}{unit}{below}"),
        (None, None) => before.to_owned(),
    }
}
