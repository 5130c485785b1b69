use lines::{Care, Day, Visits};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F010",
    name: "就诊频次异常",
    english: "Abnormal visit frequency",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_freq_exempt"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F010",
            default: "20",
            meaning: "一月门诊次数界限",
        },
        Parameter {
            key: "F010.day",
            default: "4",
            meaning: "一天门诊次数界限",
        },
        Parameter {
            key: "F010.year",
            default: "100",
            meaning: "一年门诊次数界限",
        },
        Parameter {
            key: "F010.exempt",
            default: "Z49,Z50,Z51,N18,Z48,Z20.3,Z23,Z24,Z25,Z26,Z27,F11",
            meaning: "不计的诊断前缀：透析、康复、放化疗、慢性肾病、术后换药、接种、美沙酮维持",
        },
        Parameter {
            key: "F010.exempt_items",
            default: "0031100000,003402,00120400001,00120400002",
            meaning: "收了这些编码开头的项目的就诊不计：血液净化、康复、肌肉和静脉注射",
        },
    ],
    finds: "一人一天、一月或一年的门诊次数异常多（透析、放化疗、康复、注射系列、换药、接种除外）。",
    why: "异常频次提示冒用、虚假就医或倒药。",
    clause: "《医疗保障基金使用监督管理条例》第十七条；审核规则清单",
    false_alarms: "透析、放疗、康复、注射、疫苗接种系列（按诊断和项目前缀排除）。",
    says: "{0}{1}次，界限{2}次",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (month, day, year) = (
        desk.whole("F010")?,
        desk.whole("F010.day")?,
        desk.whole("F010.year")?,
    );
    let exempt: Vec<String> = desk
        .list("F010.exempt")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let exempt = [exempt, listed(desk, "icd_prefix")].concat();
    let courses = listed(desk, "item_prefix").join("|");
    let courses = desk.items(&[desk.list("F010.exempt_items").join("|"), courses].join("|"));
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let fewest = usize::try_from(month.min(day).min(year)).unwrap_or(0);
        if person.visits.len() < fewest {
            return;
        }
        let (data, visits) = (person.data, &person.data.visits);
        let planned = |visit: u32| {
            let diagnosed = visits.diagnoses_of(visit).any(|one| {
                exempt
                    .iter()
                    .any(|prefix| one.code.starts_with(prefix.as_str()))
            });
            let item = |row: u32| data.lines.item[row as usize];
            diagnosed
                || data
                    .lines_of(visit)
                    .any(|row| courses.binary_search(&item(row)).is_ok())
        };
        let counted = |&visit: &u32| {
            let care = visits.care[visit as usize];
            care.is_ambulatory()
                && care != Care::PHARMACY
                && !visits.has(visit, Visits::REVERSED)
                && !planned(visit)
        };
        let trips: Vec<u32> = person.visits.iter().copied().filter(counted).collect();
        let on = |visit: u32| visits.begin[visit as usize].day();
        let mut count = |key: fn(Day) -> i32,
                         most: i64,
                         words: &'static str,
                         target: fn(u32, Day) -> Target| {
            for same in trips.chunk_by(|&a, &b| key(on(a)) == key(on(b))) {
                let count = i64::try_from(same.len()).unwrap_or(0);
                if count >= most {
                    let amount = same
                        .iter()
                        .map(|&visit| kernels::in_scope_of(data, visit))
                        .sum();
                    let facts = [Fact::Words(words), Fact::Whole(count), Fact::Whole(most)];
                    sheet.add(target(person.person, on(same[0])), Hit::new(amount, facts));
                }
            }
        };
        count(|day| day.0, day, "一天", Target::PersonDay);
        count(Day::month, month, "一月", Target::PersonMonth);
        count(Day::year, year, "一年", Target::PersonYear);
    })))
}

/// What rows of the table of exemptions name; rows that give a reason only in words say nothing
/// here, the parameters know those.
fn listed(desk: &Desk<'_>, column: &str) -> Vec<String> {
    let Ok(table) = desk.table("k_freq_exempt") else {
        return Vec::new();
    };
    let ours = table
        .rows()
        .filter(|row| matches!(row.text("rule_id"), "" | "F010"));
    ours.flat_map(|row| row.parts(column))
        .map(str::to_owned)
        .collect()
}
