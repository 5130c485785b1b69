use lines::Sex;

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C001",
    name: "药品区分性别使用",
    english: "Sex-specific drug for the other sex",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_drug_sex"],
    feeds: &[],
    parameters: &[],
    finds: "限某一性别使用的药品用在了另一性别的人身上。",
    why: "与生理不符，属于串换、冒名或录入错误。",
    clause: "国家医保两库第一批",
    false_alarms: "性别登记错误；性别未说明的不判断。",
    says: "参保人性别为{0}，该药限另一性别使用",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = desk.by_item("k_drug_sex", |row| Some(Sex::parse(row.text("sex"))))?;
    Ok(kernels::each_line(limits, |spot, &allowed| {
        let sex = spot.sex();
        let wrong = sex != Sex::Unknown && allowed != Sex::Unknown && sex != allowed;
        let hit = || spot.hit([Fact::Sex(sex)]);
        let paid = |hit: Hit| {
            if spot.in_scope().is_zero() {
                hit.only(Strength::Remind)
            } else {
                hit
            }
        };
        wrong.then(hit).map(paid)
    }))
}
