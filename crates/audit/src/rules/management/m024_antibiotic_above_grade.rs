use std::collections::BTreeMap;

use lines::Visits;

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M024",
    name: "抗菌药物越级使用",
    english: "Antibiotic above prescriber grade",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_antibiotic_class"],
    feeds: &["staff"],
    parameters: &[Parameter {
        key: "M024.emergency_hours",
        default: "24",
        meaning: "急诊、危重就诊开始后多少小时之内可以越级使用",
    }],
    finds: "限制使用级、特殊使用级抗菌药物由职称不够的医师开具。",
    why: "抗菌药物分级管理规定了处方权限。",
    clause: "《抗菌药物临床应用管理办法》第二十四条",
    false_alarms: "紧急情况可越级使用一天（急诊、危重就诊的头一天放行）；会诊后代开。",
    says: "医师{0}职称“{1}”不足，该药需{2}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let table = desk.feed("staff")?;
    desk.require(table.has("title"), "医师名册没有职称（staff.title）")?;
    let hours = desk.whole("M024.emergency_hours")?;
    let titles: BTreeMap<u32, i64> = table
        .rows()
        .filter_map(|row| {
            let doctor = desk.data.doctors.find(row.text("doctor"))?;
            Some((doctor, rank(row.text("title"))?))
        })
        .collect();
    let drugs = kernels::by_item_or_name(desk, "k_antibiotic_class", "drug_zh", "X", |row| {
        rank(row.text("min_title")).filter(|&needed| needed > 1)
    })?;
    Ok(kernels::each_line(drugs, move |spot, &needed| {
        let held = *titles.get(&spot.doctor())?;
        let visits = &spot.data.visits;
        let urgent = spot.care().is_emergency() || visits.has(spot.visit, Visits::CRITICAL);
        let begin = visits.begin[spot.visit as usize];
        let excused = urgent && spot.time().since_as_written(begin) <= hours * 3_600;
        let below = held < needed && !excused && !spot.in_scope().is_zero();
        let facts = [
            Fact::Doctor(spot.doctor()),
            Fact::Words(title(held)),
            Fact::Words(title(needed)),
        ];
        below.then(|| spot.hit(facts))
    }))
}

/// Titles from resident to chief, as tables spell them.
fn rank(word: &str) -> Option<i64> {
    match word {
        "resident" | "住院医师" | "医师" | "医士" | "234" | "235" => Some(1),
        "attending" | "intermediate" | "主治医师" | "主诊医师" | "233" => Some(2),
        "associate_chief" | "associate chief" | "senior" | "副主任医师" | "232" => Some(3),
        "chief" | "主任医师" | "231" => Some(4),
        _ => None,
    }
}

const fn title(rank: i64) -> &'static str {
    match rank {
        1 => "住院医师",
        2 => "主治医师",
        3 => "副主任医师",
        _ => "主任医师",
    }
}
