use std::collections::BTreeMap;

use lines::{Moment, Row};

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C014",
    name: "I类切口预防用药超时",
    english: "Clean-surgery prophylaxis too long",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_antibiotic_class"],
    feeds: &["operations"],
    parameters: &[
        Parameter {
            key: "C014.hours",
            default: "24",
            meaning: "术后预防用药的小时数",
        },
        Parameter {
            key: "C014.cardiac_hours",
            default: "48",
            meaning: "心脏手术术后预防用药的小时数",
        },
        Parameter {
            key: "C014.infections",
            default: "A,B,J13,J14,J15,J18,K35,K65,L03,M86,N10,N39.0,T81.4",
            meaning: "视为感染的诊断编码前缀",
        },
    ],
    finds: "I类切口手术没有感染诊断，术后使用抗菌药物超过规定小时。",
    why: "清洁手术预防用药不超过24小时（心脏手术48小时）。",
    clause: "《抗菌药物临床应用指导原则（2015年版）》",
    false_alarms: "有植入物等高危因素延长并有记录。",
    says: "术后第{0}小时仍用抗菌药物，上限{1}小时",
    version: 1,
    build,
};

/// A clean operation: when it ended, and hours of prophylaxis allowed after it.
type Operation = (Moment, i64);

fn build(desk: &Desk<'_>) -> Built {
    let (usual, cardiac) = (desk.whole("C014.hours")?, desk.whole("C014.cardiac_hours")?);
    let infections: Vec<String> = desk
        .list("C014.infections")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut operations: BTreeMap<u32, Operation> = BTreeMap::new();
    for row in desk.feed("operations")?.rows().filter(|row| is_clean(*row)) {
        let visit = desk.data.visits.ids.find(row.text("visit"));
        if let Some((visit, end)) = visit.zip(Moment::parse(row.text("end"))) {
            let hours = if row.text("cardiac") == "1" {
                cardiac
            } else {
                usual
            };
            let latest = operations.entry(visit).or_insert((end, hours));
            *latest = (*latest).max((end, hours));
        }
    }
    let drugs = kernels::by_item_or_name(desk, "k_antibiotic_class", "drug_zh", "X", |_| Some(()))?;
    Ok(kernels::each_line(drugs, move |spot, ()| {
        let (end, hours) = *operations.get(&spot.visit)?;
        let infected = |code: &str| {
            infections
                .iter()
                .any(|prefix| code.starts_with(prefix.as_str()))
        };
        if spot.diagnoses().any(|diagnosis| infected(diagnosis.code)) {
            return None;
        }
        let after = spot.time().since(end) / 3600;
        (after > hours).then(|| spot.hit([Fact::Whole(after), Fact::Whole(hours)]))
    }))
}

/// Whether an incision is of class I, by its class or by the national code of incision and
/// healing (切口愈合等级: 1, 2, 3 and 10 are class I).
fn is_clean(row: Row<'_>) -> bool {
    let class = matches!(row.text("incision_class"), "I" | "Ⅰ" | "1");
    class || matches!(row.text("incision_healing"), "1" | "2" | "3" | "10")
}
