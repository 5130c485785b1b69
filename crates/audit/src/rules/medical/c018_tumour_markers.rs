use std::collections::BTreeSet;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C018",
    name: "无指征肿瘤标志物",
    english: "Tumour markers without indication",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C018.k",
            default: "3",
            meaning: "几项起算",
        },
        Parameter {
            key: "C018.items",
            default: "00250404",
            meaning: "肿瘤标志物项目的编码前缀（250404 肿瘤相关抗原测定）",
        },
        Parameter {
            key: "C018.icd",
            default: "C,D0,D1,D2,D3,D4,Z80,Z85,R",
            meaning: "视为有指征的诊断编码前缀",
        },
    ],
    finds: "一次就诊做三项以上肿瘤标志物，没有肿瘤、肿瘤史或待查诊断。",
    why: "没有指征的筛查不属于诊疗必需。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（二）项；机构自查问题清单",
    false_alarms: "体检转诊；诊断未写待查。",
    says: "做了{0}项肿瘤标志物，主要诊断{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let least = desk.whole("C018.k")?;
    let allowed: Vec<String> = desk
        .list("C018.icd")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let markers = desk.items(desk.text("C018.items"));
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let left = kernels::net(data, rows);
        for &visit in person.visits {
            let mine = left
                .iter()
                .filter(|(row, _)| data.lines.visit[*row as usize] == visit);
            let mine: Vec<Spot<'_>> = mine.map(|&(row, _)| Spot::of(data, row)).collect();
            let items: BTreeSet<u32> = mine.iter().map(Spot::item).collect();
            let count = i64::try_from(items.len()).unwrap_or(0);
            let fits = |code: &str| {
                allowed
                    .iter()
                    .any(|prefix| code.starts_with(prefix.as_str()))
            };
            let mut diagnoses = data.visits.diagnoses_of(visit);
            let Some(&main) = data.visits.diagnosis_numbers(visit).first() else {
                continue;
            };
            if count >= least && !diagnoses.any(|diagnosis| fits(diagnosis.code)) {
                let amount = mine.iter().map(Spot::in_scope).sum();
                sheet.visit(
                    visit,
                    Hit::new(amount, [Fact::Whole(count), Fact::Diagnosis(main)]),
                );
            }
        }
    };
    Ok(Kernel::Items(markers, Box::new(look)))
}
