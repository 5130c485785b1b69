use lines::{NONE, Register};
use regex_lite::Regex;

use crate::desk::matcher;
use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M022",
    name: "执业科目不符",
    english: "Department outside licence",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_item_subject", "k_item_dept"],
    feeds: &["provider_licence"],
    parameters: &[],
    finds: "机构执业许可没有收费项目所需的诊疗科目。",
    why: "超出登记的诊疗科目开展诊疗活动。",
    clause: "《医疗机构管理条例》第二十六条",
    false_alarms: "许可变更未及时登记；医联体代检。",
    says: "{0}没有登记“{1}”",
    version: 2,
    build,
};

/// The subject that an item needs: by its name, or by a pattern of the departments that do it.
#[derive(Clone)]
enum Wanted {
    Subject(String),
    Department(Regex),
}

impl Wanted {
    fn is(&self, subject: &str) -> bool {
        match self {
            Self::Subject(name) => name == subject,
            Self::Department(pattern) => pattern.is_match(subject),
        }
    }

    /// Where the knowledge row says it.
    fn column(&self) -> &'static str {
        match self {
            Self::Subject(_) => "subject",
            Self::Department(_) => "department_names",
        }
    }
}

fn build(desk: &Desk<'_>) -> Built {
    let subjects = desk.by_item("k_item_subject", |row| {
        let subject = row.given("subject")?;
        Some(Wanted::Subject(subject.to_owned()))
    });
    let wanted = subjects.or_else(|waits| {
        let departments = desk.by_item("k_item_dept", |row| {
            let pattern = row.given("department_names")?;
            Some(Wanted::Department(matcher(pattern)))
        });
        departments.map_err(|_| waits)
    })?;
    Ok(kernels::each_line(wanted, |spot, wanted| {
        let licence = spot.data.register(Register::LicensedSubject)?;
        let provider = spot.provider();
        let held = licence.on(provider, spot.day());
        let mut subjects = held.filter(|row| row.key != NONE);
        let licensed = subjects.any(|row| wanted.is(spot.data.keys.text(row.key)));
        let facts = [Fact::Provider(provider), Fact::Cell(wanted.column())];
        (!licence.of(provider).is_empty() && !licensed).then(|| spot.hit(facts))
    }))
}
