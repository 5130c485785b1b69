use std::collections::BTreeMap;

use lines::Day;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M036",
    name: "低价项目串换高价项目",
    english: "Up-charged substitute item",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_swap"],
    feeds: &["report_register"],
    parameters: &[],
    finds: "收费项目是串换表里的高价项目，报告写的却是低价项目。",
    why: "做低价项目收高价项目是串换。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（四）项",
    false_alarms: "报告模板用词不规范。",
    says: "报告写的是“{0}”",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut reports: BTreeMap<u32, Vec<(Day, String)>> = BTreeMap::new();
    let register = desk.feed("report_register")?;
    desk.require(
        register.has("text"),
        "报告登记没有报告文字（report_register.text）",
    )?;
    for row in register.rows() {
        let person = desk.data.people.ids.find(row.text("person"));
        let day = row.text("time").get(..10).and_then(Day::parse);
        if let Some((person, day)) = person.zip(day) {
            reports
                .entry(person)
                .or_default()
                .push((day, row.text("text").to_owned()));
        }
    }
    let mut pairs = Vec::new();
    for row in desk.table("k_item_swap")?.rows() {
        let (claimed, actual) = (row.text("claimed_name"), row.text("likely_actual_name"));
        for item in kernels::items_or_named(desk, row.text("claimed_prefix"), claimed) {
            let value = (claimed.to_owned(), actual.to_owned());
            pairs.push((item, desk.entry("k_item_swap", row, value)));
        }
    }
    Ok(kernels::each_line(
        desk.by_items(pairs),
        move |spot, (claimed, actual)| {
            let near = reports
                .get(&spot.person)?
                .iter()
                .filter(|(day, _)| (day.0 - spot.day().0).abs() <= 3);
            let mut texts = near.map(|(_, text)| text);
            let swapped = texts
                .any(|text| text.contains(actual.as_str()) && !text.contains(claimed.as_str()));
            swapped.then(|| spot.hit([Fact::Cell("likely_actual_name")]))
        },
    ))
}
