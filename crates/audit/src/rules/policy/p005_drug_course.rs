use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P005",
    name: "药品超限定支付疗程",
    english: "Drug beyond payable course days",
    category: Category::Policy,
    grain: Grain::PersonPeriod,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_drug_course"],
    feeds: &[],
    parameters: &[Parameter {
        key: "P005.merge_gap",
        default: "7",
        meaning: "按病程限付的药品（知识行 scope 为 illness），住院相隔不超过多少天算同一病程",
    }],
    finds: "限疗程支付的药品，一次住院（按病程限付的为相邻几次住院）内用药天数超过可支付天数。",
    why: "药品目录备注限定了最长支付天数，超过部分不予支付。",
    clause: "国家医保两库第六批",
    false_alarms: "同名不同规格合并计算；按费用日期计天，补记账会挤在一天。",
    says: "本疗程第{0}个用药日，限付{1}天（自{2}起）",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let gap = i32::try_from(desk.whole("P005.merge_gap")?).unwrap_or(7);
    let groups = std::cell::RefCell::new(lines::Dictionary::default());
    let courses = desk.by_item("k_drug_course", |row| {
        let name = row.given("item_name").unwrap_or(row.text("item"));
        let group = groups.borrow_mut().number(name);
        Some(kernels::Course {
            days: row.whole("max_pay_days")?,
            group,
            merge_gap: (row.text("scope") == "illness").then_some(gap),
        })
    })?;
    Ok(kernels::course_of_stay(courses, |spot| {
        spot.care().is_stay()
    }))
}
