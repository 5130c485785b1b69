use lines::{Register, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "F025",
    name: "服刑/出境人员结算",
    english: "Claims while in custody or abroad",
    category: Category::Fraud,
    grain: Grain::Visit,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "服刑、羁押或出境期间发生本人到场的就诊结算。",
    why: "本人不可能到场，凭证被冒用。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "狱外就医批准；互联网诊疗。",
    says: "{0}在{1}期间",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let known = [Register::Custody, Register::Abroad]
        .iter()
        .any(|&register| desk.data.register(register).is_some());
    desk.require(known, "缺少服刑、出境登记（custody、abroad）")?;
    Ok(kernels::each_visit(|data, visit| {
        if data.visits.has(visit, Visits::INTERNET) {
            return None;
        }
        let day = data.visits.begin[visit as usize].day();
        let person = data.visits.person[visit as usize];
        let within = |register| {
            data.register(register)
                .is_some_and(|rows| rows.covers(person, day))
        };
        let words = match (within(Register::Custody), within(Register::Abroad)) {
            (true, _) => "服刑羁押",
            (false, true) => "出境",
            _ => return None,
        };
        let facts = [Fact::Day(day), Fact::Words(words)];
        Some(Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
