use lines::Sex;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C002",
    name: "诊疗项目区分性别",
    english: "Sex-specific service for the other sex",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_item_sex"],
    feeds: &[],
    parameters: &[],
    finds: "限某一性别的诊疗项目用在另一性别的人身上。",
    why: "不可能实施的项目，费用不真实。",
    clause: "国家医保两库第一批；《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "性别登记错误；性别不详的不判断。",
    says: "患者为{0}性，该项目限{1}性",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let sexes = desk.by_item("k_item_sex", |row| match Sex::parse(row.text("sex")) {
        Sex::Unknown => None,
        sex => Some(sex),
    })?;
    Ok(kernels::each_line(sexes, |spot, &allowed| {
        let sex = spot.sex();
        let other = sex != Sex::Unknown && sex != allowed;
        let hit = spot.hit([Fact::Sex(sex), Fact::Sex(allowed)]);
        let paid = !spot.in_scope().is_zero();
        other.then(|| {
            if paid {
                hit
            } else {
                hit.only(Strength::Remind)
            }
        })
    }))
}
