use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C020",
    name: "血透频次超限",
    english: "Dialysis above weekly maximum",
    category: Category::Medical,
    grain: Grain::PersonPeriod,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C020_week",
            default: "3",
            meaning: "一周最多次数；备案的改为4",
        },
        Parameter {
            key: "C020.month",
            default: "14",
            meaning: "一月最多次数",
        },
        Parameter {
            key: "C020.items",
            default: "0031100000600",
            meaning: "血液透析项目的编码前缀（311000006）",
        },
    ],
    finds: "一周（周一起）或一月的血液透析次数超过上限（跨机构）。",
    why: "规律透析每周三次，超出的可能虚记。",
    clause: "血液透析专项检查问题清单",
    false_alarms: "高钾、心衰等加透有记录；一周四次的备案患者。",
    says: "{0}内{1}次，上限{2}次",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (week, month) = (desk.whole("C020_week")?, desk.whole("C020.month")?);
    let sessions = desk.items(desk.text("C020.items"));
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left: Vec<Spot<'_>> = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row))
            .collect();
        let mut count = |key: fn(Day) -> i32,
                         most: i64,
                         words: &'static str,
                         target: fn(u32, Day) -> Target| {
            for same in left.chunk_by(|a, b| key(a.day()) == key(b.day())) {
                let sum: i64 = same.iter().map(Spot::count).sum();
                if sum > most * 1000 {
                    let beyond = same.iter().skip(usize::try_from(most).unwrap_or(0));
                    let facts = [Fact::Words(words), Fact::Count(sum), Fact::Whole(most)];
                    let amount = beyond.map(Spot::in_scope).sum();
                    sheet.add(
                        target(person.person, same[0].day()),
                        Hit::new(amount, facts),
                    );
                }
            }
        };
        count(Day::week, week, "一周", Target::PersonWeek);
        count(Day::month, month, "一月", Target::PersonMonth);
    };
    Ok(Kernel::Items(sessions, Box::new(look)))
}
