use lines::{Register, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P027",
    name: "外伤/第三方/工伤费用疑似",
    english: "Possible third-party or work injury",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_injury_icd"],
    feeds: &[],
    parameters: &[],
    finds: "主要诊断是损伤、中毒，却没有无第三方责任的调查结论，或同期有工伤申报。",
    why: "应由第三人、工伤保险负担的费用不纳入基本医疗保险。",
    clause: "《社会保险法》第三十条",
    false_alarms: "未上传外伤调查结果；陈旧性损伤取内固定。",
    says: "主要诊断{0}，{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let visits = &desk.data.visits;
    let marks = visits
        .flags
        .iter()
        .fold(visits.kept, |all, mark| all | mark);
    let inquired = marks & Visits::NO_THIRD_PARTY != 0;
    let claims = desk.data.register(Register::WorkInjury).is_some();
    desk.require(
        inquired || claims,
        "缺少外伤调查结果（就诊的 no_third_party）",
    )?;
    let injuries = injuries(desk);
    Ok(kernels::each_visit(move |data, visit| {
        let main = data.visits.main_diagnosis(visit)?;
        let claimed = data.register(Register::WorkInjury).is_some_and(|claims| {
            let from = data.visits.begin[visit as usize].day();
            let until = data.visits.end[visit as usize].day();
            let mut rows = claims.of(data.visits.person[visit as usize]).iter();
            rows.any(|row| row.from <= until && from <= row.until)
        });
        let injured = injuries.iter().any(|prefix| main.code.starts_with(prefix));
        let asked = !inquired || data.visits.has(visit, Visits::NO_THIRD_PARTY);
        let words = match (claimed, injured && !asked) {
            (true, _) => "同期有工伤申报",
            (false, true) => "没有“无第三方责任”的调查结论",
            _ => return None,
        };
        let number = *data.visits.diagnosis_numbers(visit).first()?;
        let facts = [Fact::Diagnosis(number), Fact::Words(words)];
        Some(Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}

/// Beginnings of the codes of injuries: of the table where a folder has it, else the chapters of
/// injury, poisoning and external causes (S00–T98, V01–Y98).
fn injuries(desk: &Desk<'_>) -> Vec<String> {
    let known = desk.table("k_injury_icd").ok();
    let rows = known.into_iter().flat_map(lines::Table::rows);
    let prefixes: Vec<String> = rows
        .flat_map(|row| row.parts("icd_prefix").map(str::to_owned))
        .collect();
    if prefixes.is_empty() {
        return ["S", "T", "V", "W", "X", "Y"].map(str::to_owned).to_vec();
    }
    prefixes
}
