use lines::{Care, Data, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Provider, Rule, Strength,
    Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F009",
    name: "结伴就医",
    english: "Group outpatient pattern",
    category: Category::Fraud,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F009.persons",
            default: "3",
            meaning: "至少几人",
        },
        Parameter {
            key: "F009.minutes",
            default: "30",
            meaning: "前后多少分钟之内",
        },
        Parameter {
            key: "F009.dates",
            default: "3",
            meaning: "至少几个日期",
        },
        Parameter {
            key: "F009.days",
            default: "90",
            meaning: "多少天之内",
        },
        Parameter {
            key: "F009.exempt",
            default: "Z49,Z50,Z51,N18",
            meaning: "按日程来的病种（ICD前缀）：透析、康复、放化疗，不算结伴",
        },
    ],
    finds: "同一组人在三个月内多次同日、几乎同时在同一机构就诊。",
    why: "有组织的虚假就医、倒卖药品。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "养老机构集体就诊。门诊慢特病就诊日不算。",
    says: "{0}人在{1}个日期同时就诊（机构{2}）",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (persons, dates) = (desk.whole("F009.persons")?, desk.whole("F009.dates")?);
    let (minutes, days) = (desk.whole("F009.minutes")?, desk.whole("F009.days")?);
    let exempt: Vec<String> = desk
        .list("F009.exempt")
        .into_iter()
        .map(str::to_owned)
        .collect();
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let taken_back = |visit: u32| data.visits.has(visit, Visits::REVERSED);
        let free = |visit: &u32| !taken_back(*visit) && !scheduled(data, *visit, &exempt);
        let visits: Vec<u32> = provider.visits.iter().copied().filter(free).collect();
        let outings = Provider {
            visits: &visits,
            ..*provider
        };
        let meetings = kernels::meetings(&outings, minutes * 60, days, dates);
        for (group, shared) in kernels::groups(&meetings, persons, dates) {
            let count = i64::try_from(group.len()).unwrap_or(0);
            let facts = [
                Fact::Whole(count),
                Fact::Whole(shared),
                Fact::Provider(provider.provider),
            ];
            sheet.add(Target::People(group.into()), Hit::new(Fen::ZERO, facts));
        }
    })))
}

/// Whether a visit keeps a timetable that many share: the day of a chronic clinic, dialysis.
fn scheduled(data: &Data, visit: u32, exempt: &[String]) -> bool {
    let mut diagnoses = data.visits.diagnoses_of(visit);
    data.visits.care[visit as usize] == Care::CHRONIC
        || diagnoses.any(|one| {
            exempt
                .iter()
                .any(|code| one.code.starts_with(code.as_str()))
        })
}
