use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
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
    ],
    finds: "同一组人在三个月内多次同日、几乎同时在同一机构就诊。",
    why: "有组织的虚假就医、倒卖药品。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "慢病专科门诊日；养老机构集体就诊。",
    says: "{0}人在{1}个日期同时就诊（机构{2}）",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (persons, dates) = (desk.whole("F009.persons")?, desk.whole("F009.dates")?);
    let (minutes, days) = (desk.whole("F009.minutes")?, desk.whole("F009.days")?);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let meetings = kernels::meetings(provider, minutes * 60, days, dates);
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
