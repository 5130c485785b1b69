use std::collections::BTreeSet;

use lines::Day;

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M030",
    name: "检查项目无报告/无执行记录",
    english: "Billed test without report",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_item_report"],
    feeds: &["report_register"],
    parameters: &[Parameter {
        key: "M030.days",
        default: "3",
        meaning: "报告与收费相隔的最多天数",
    }],
    finds: "收了检查、检验费，前后规定天数内没有该人该类报告。",
    why: "没有报告的检查可能没有做（虚记）。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "外送报告未回传。",
    says: "前后{0}天没有该类报告",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let days = i32::try_from(desk.whole("M030.days")?).unwrap_or(3);
    let mut reports: BTreeSet<(u32, String, Day)> = BTreeSet::new();
    for row in desk.feed("report_register")?.rows() {
        let person = desk.data.people.ids.find(row.text("person"));
        let day = row.text("time").get(..10).and_then(Day::parse);
        reports.extend(
            person
                .zip(day)
                .map(|(person, day)| (person, row.text("class").to_owned(), day)),
        );
    }
    let classes = desk.by_item("k_item_report", |row| row.given("class").map(str::to_owned))?;
    Ok(kernels::each_line(classes, move |spot, class| {
        let day = spot.day().0;
        let (from, until) = (Day(day - days), Day(day + days));
        let around = (spot.person, class.clone(), from)..=(spot.person, class.clone(), until);
        let missing = reports.range(around).next().is_none();
        missing.then(|| spot.hit([Fact::Whole(i64::from(days))]))
    }))
}
