use std::collections::{BTreeMap, BTreeSet};

use lines::NONE;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "C017",
    name: "套餐式检验",
    english: "Fixed lab package for all patients",
    category: Category::Medical,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C017.tests",
            default: "8",
            meaning: "一组检验至少多少项",
        },
        Parameter {
            key: "C017.share",
            default: "0.6",
            meaning: "占科室住院人次的比例",
        },
        Parameter {
            key: "C017.diagnoses",
            default: "3",
            meaning: "涉及的不同主要诊断（三位编码）数",
        },
        Parameter {
            key: "C017.stays",
            default: "10",
            meaning: "科室至少多少住院人次才判断，暂定（assumed）：太少没有意义",
        },
        Parameter {
            key: "test_prefix",
            default: "0025",
            meaning: "检验项目的编码前缀",
        },
    ],
    finds: "一个科室的大多数住院患者不分诊断做完全相同的一组检验。",
    why: "套餐式检查是过度检查。",
    clause: "国家医疗保障局飞行检查公告（2024）；《医疗保障基金使用监督管理条例》第三十八条第（二）项",
    false_alarms: "术前常规（同一外科诊断）；体检科。",
    says: "{0}的{1}做同一组{2}项检验",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (least, stays) = (desk.whole("C017.tests")?, desk.whole("C017.stays")?);
    let (share, illnesses) = (
        desk.decimal("C017.share", 3)?,
        desk.whole("C017.diagnoses")?,
    );
    let mut tests = vec![false; desk.data.items.len()];
    for item in desk.items(desk.text("test_prefix")) {
        tests[item as usize] = true;
    }
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let begins = provider.visits.iter();
        let begins = begins.map(|&visit| data.visits.begin[visit as usize].day());
        let Some(last) = begins.max() else {
            return;
        };
        let mut departments: BTreeMap<u32, Vec<(Vec<u32>, String)>> = BTreeMap::new();
        for &visit in provider
            .visits
            .iter()
            .filter(|&&visit| data.visits.is_stay(visit))
        {
            let rows = data
                .lines_of(visit)
                .map(|row| data.lines.item[row as usize]);
            let mut set: Vec<u32> = rows.filter(|&item| tests[item as usize]).collect();
            set.sort_unstable();
            set.dedup();
            let main = data
                .visits
                .main_diagnosis(visit)
                .and_then(|main| main.code.get(..3).map(str::to_owned));
            let department = data.visits.department[visit as usize];
            departments
                .entry(department)
                .or_default()
                .push((set, main.unwrap_or_default()));
        }
        for (department, mut sets) in departments
            .into_iter()
            .filter(|(number, _)| *number != NONE)
        {
            let all = i64::try_from(sets.len()).unwrap_or(0);
            sets.sort_unstable();
            for same in sets.chunk_by(|a, b| a.0 == b.0) {
                let [count, size] =
                    [same.len(), same[0].0.len()].map(|count| i64::try_from(count).unwrap_or(0));
                let kinds: BTreeSet<&String> = same.iter().map(|one| &one.1).collect();
                let kinds = i64::try_from(kinds.len()).unwrap_or(0);
                if all >= stays && size >= least && count * 1000 > all * share && kinds >= illnesses
                {
                    let facts = [
                        Fact::Department(department),
                        Fact::PerMille(count * 1000 / all),
                        Fact::Whole(size),
                    ];
                    sheet.add(
                        Target::ProviderMonth(provider.provider, last),
                        Hit::new(Fen::ZERO, facts),
                    );
                }
            }
        }
    })))
}
