use lines::{Row, Sex};

use crate::{Built, Category, Desk, Entry, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M029",
    name: "主诊断与性别/年龄不符",
    english: "Diagnosis conflicts with sex or age",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_diag_sex_age"],
    feeds: &[],
    parameters: &[],
    finds: "主要诊断只见于另一性别，或只见于另一年龄段。",
    why: "诊断、身份至少有一样是错的。",
    clause: "国家医保疾病诊断编码；病案首页质控规则",
    false_alarms: "先天性、变性手术等极少数情形。",
    says: "主要诊断{0}与{1}、{2}岁不符",
    version: 1,
    build,
};

/// What a range of diagnoses allows.
struct Range {
    from: String,
    to: String,
    sex: Sex,
    ages: (Option<i64>, Option<i64>),
}

impl Range {
    /// Ends are compared as far as they are written: C63 includes C63.9.
    fn holds(&self, code: &str) -> bool {
        let head = |end: &str| code.get(..end.len()).unwrap_or(code).to_owned();
        head(&self.from) >= self.from && head(&self.to) <= self.to
    }

    fn conflicts(&self, sex: Sex, age: Option<i32>) -> bool {
        let other = self.sex != Sex::Unknown && sex != Sex::Unknown && sex != self.sex;
        let age = age.map(i64::from);
        let young = age.zip(self.ages.0).is_some_and(|(age, least)| age < least);
        let old = age.zip(self.ages.1).is_some_and(|(age, most)| age > most);
        other || young || old
    }
}

fn build(desk: &Desk<'_>) -> Built {
    let read = |row: Row<'_>| {
        let range = Range {
            from: row.text("icd_from").to_owned(),
            to: row
                .given("icd_to")
                .unwrap_or(row.text("icd_from"))
                .to_owned(),
            sex: Sex::parse(row.text("sex")),
            ages: (row.whole("min_age_y"), row.whole("max_age_y")),
        };
        desk.entry("k_diag_sex_age", row, range)
    };
    let ranges: Vec<Entry<Range>> = desk.table("k_diag_sex_age")?.rows().map(read).collect();
    let visits = &desk.data.visits;
    let holding = |text: &str| {
        let code = text.split('\t').next().unwrap_or(text);
        let holds = |at: &usize| ranges[*at].value.holds(code);
        (0..ranges.len()).filter(holds).collect()
    };
    // The ranges that hold each diagnosis: visits are many, diagnoses few.
    let holding: Vec<Vec<usize>> = visits.diagnoses.texts().map(holding).collect();
    Ok(kernels::each_visit(move |data, visit| {
        let number = *data.visits.diagnosis_numbers(visit).first()?;
        let held = &holding[number as usize];
        if held.is_empty() {
            return None;
        }
        let person = data.visits.person[visit as usize];
        let (sex, day) = (
            data.people.sex[person as usize],
            data.visits.begin[visit as usize].day(),
        );
        let age = data.age_on(person, day);
        let conflicting = |entry: &&Entry<Range>| {
            entry.applies_to_visit(data, visit) && entry.value.conflicts(sex, age)
        };
        let entry = held.iter().map(|&at| &ranges[at]).find(conflicting)?;
        let facts = [
            Fact::Diagnosis(number),
            Fact::Sex(sex),
            Fact::Whole(age.map_or(0, i64::from)),
        ];
        Some(entry.cited(Hit::new(kernels::in_scope_of(data, visit), facts)))
    }))
}
