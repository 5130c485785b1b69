use lines::{Care, Register};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P024",
    name: "门慢特资格无效",
    english: "Chronic-disease benefit without valid registration",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &["chronic_registration"],
    parameters: &[Parameter {
        key: "P024.grace",
        default: "0",
        meaning: "到期后宽限的天数",
    }],
    finds: "门诊慢特病就诊时，本人没有该病种的有效认定。",
    why: "慢特病待遇须先认定，认定过期须复审。",
    clause: "地方门诊慢特病管理办法",
    false_alarms: "认定续期未及时上传。",
    says: "{0}没有该病种的有效认定",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let grace = i32::try_from(desk.whole("P024.grace")?).unwrap_or(0);
    Ok(kernels::each_visit(move |data, visit| {
        if data.visits.care[visit as usize] != Care::CHRONIC {
            return None;
        }
        let disease = data.visits.disease(visit)?;
        let day = data.visits.begin[visit as usize].day();
        let known = data.register(Register::ChronicDisease)?;
        let valid = known
            .of(data.visits.person[visit as usize])
            .iter()
            .any(|row| {
                row.key == disease && row.from <= day && day.0 <= row.until.0.saturating_add(grace)
            });
        (!valid).then(|| Hit::new(kernels::in_scope_of(data, visit), [Fact::Day(day)]))
    }))
}
