use lines::Register;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M022",
    name: "执业科目不符",
    english: "Department outside licence",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_item_subject"],
    feeds: &["provider_licence"],
    parameters: &[],
    finds: "机构执业许可没有收费项目所需的诊疗科目。",
    why: "超出登记的诊疗科目开展诊疗活动。",
    clause: "《医疗机构管理条例》第二十六条",
    false_alarms: "许可变更未及时登记；医联体代检。",
    says: "{0}没有登记“{1}”",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let subjects = desk.by_item("k_item_subject", |row| {
        row.given("subject").map(str::to_owned)
    })?;
    Ok(kernels::each_line(subjects, |spot, subject| {
        let licence = spot.data.register(Register::LicensedSubject)?;
        let rows = licence.of(spot.provider());
        let held = spot.data.keys.find(subject);
        let licensed = held.is_some_and(|key| licence.covers_key(spot.provider(), key, spot.day()));
        let facts = [Fact::Provider(spot.provider()), Fact::Cell("subject")];
        (!rows.is_empty() && !licensed).then(|| spot.hit(facts))
    }))
}
