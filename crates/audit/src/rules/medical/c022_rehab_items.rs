use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C022",
    name: "康复项目日超项",
    english: "Too many rehab items per day",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_minutes"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C022.m",
            default: "240",
            meaning: "一天最多的治疗分钟数；标准工时取知识表 k_item_minutes，没有就只看种类",
        },
        Parameter {
            key: "C022.n",
            default: "5",
            meaning: "一天最多的种类",
        },
        Parameter {
            key: "C022.items",
            default: "003402",
            meaning: "康复项目的编码前缀（3402）",
        },
    ],
    finds: "一天收取的康复项目种类或标准工时合计超过上限。",
    why: "患者一天能承受的康复治疗有限。",
    clause: "《关于新增部分医疗康复项目纳入基本医疗保障支付范围的通知》（人社部发〔2016〕23号）；康复专项检查问题清单",
    false_alarms: "多部位合并一种；日间康复病房。",
    says: "当日{0}{2}，上限{1}{2}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, longest) = (desk.whole("C022.n")?, desk.whole("C022.m")?);
    let items = desk.items(desk.text("C022.items"));
    let minutes = desk.by_item("k_item_minutes", |row| row.whole("minutes"));
    let minutes = minutes.unwrap_or_default();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        kernels::too_many(person, rows, most, &|_| true, sheet);
        let left = kernels::net(person.data, rows);
        let day = |row: u32| Spot::of(person.data, row).day();
        for same in left.chunk_by(|a, b| day(a.0) == day(b.0)) {
            let (mut worked, mut beyond) = (0, Fen::ZERO);
            for &(row, count) in same {
                let spot = Spot::of(person.data, row);
                let each = minutes.at(&spot).next().map_or(0, |entry| entry.value);
                worked += each * count;
                if worked > longest * 1000 {
                    beyond += spot.share(count);
                }
            }
            if worked > longest * 1000 {
                let facts = [
                    Fact::Count(worked),
                    Fact::Whole(longest),
                    Fact::Words("分钟"),
                ];
                let target = Target::PersonDay(person.person, day(same[0].0));
                sheet.add(target, Hit::new(beyond, facts));
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
