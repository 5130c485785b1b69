use std::collections::BTreeMap;

use lines::{Care, Data, Day, ItemKind, Row, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Entry, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength,
    Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F011",
    name: "费用冲顶",
    english: "Spending right up to the ceiling",
    category: Category::Fraud,
    grain: Grain::PersonPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_benefit_cap"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F011.near",
            default: "0.98",
            meaning: "达到封顶线的比例",
        },
        Parameter {
            key: "F011.late",
            default: "0.5",
            meaning: "最后六十天占全年的比例",
        },
    ],
    finds: "一人一年某类待遇恰好用到封顶线附近，且多半集中在最后两个月、只买药。",
    why: "年底突击冲顶，提示囤药、倒药。",
    clause: "欺诈线索指标；零售药店自查清单",
    false_alarms: "年底确诊的慢性病。",
    says: "全年{0}，封顶{1}，最后两月占{2}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (near, late) = (desk.decimal("F011.near", 3)?, desk.decimal("F011.late", 3)?);
    let name = "k_benefit_cap";
    let cap = |row: Row<'_>| {
        let fen = row.decimal("cap", 2).or_else(|| row.decimal("limit", 2))?;
        let cap = Ceiling {
            care: Care::parse(row.text("care")),
            disease: row.given("disease").map(str::to_owned),
            fen: Fen::new(fen),
        };
        Some(desk.entry(name, row, cap))
    };
    let caps: Vec<Entry<Ceiling>> = desk.table(name)?.rows().filter_map(cap).collect();
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let data = person.data;
        for entry in &caps {
            let cap = entry.value.fen;
            let mut years: BTreeMap<i32, (Fen, Fen, Day, bool)> = BTreeMap::new();
            let counted = |visit: u32| {
                let paid = !data.visits.has(visit, Visits::REVERSED);
                paid && entry.value.holds(data, visit) && entry.applies_to_visit(data, visit)
            };
            for visit in person.visits.iter().copied().filter(|&one| counted(one)) {
                for row in data.lines_of(visit) {
                    let day = data.lines.time[row as usize].day();
                    let year = years
                        .entry(day.year())
                        .or_insert((Fen::ZERO, Fen::ZERO, day, true));
                    let amount = data.lines.in_scope(row);
                    year.0 += amount;
                    // The last sixty days of a year begin on 2 November.
                    let date = day.date();
                    year.1 += if (date.month(), date.day()) >= (11, 2) {
                        amount
                    } else {
                        Fen::ZERO
                    };
                    year.3 &= data.items.kind(data.lines.item[row as usize]) == ItemKind::Drug;
                }
            }
            for (sum, end, day, drugs) in years.into_values() {
                let close = sum <= cap && sum.get() * 1000 >= cap.get() * near;
                if drugs && close && end.get() * 1000 > sum.get() * late {
                    let facts = [
                        Fact::Yuan(sum),
                        Fact::Yuan(cap),
                        Fact::PerMille(end.get() * 1000 / sum.get().max(1)),
                    ];
                    let target = Target::PersonYear(person.person, day);
                    sheet.add(target, entry.cited(Hit::new(end, facts)));
                }
            }
        }
    })))
}

/// What a year's benefits of one kind come to at most.
#[derive(Clone)]
struct Ceiling {
    care: Care,
    /// Only visits for this disease.
    disease: Option<String>,
    fen: Fen,
}

impl Ceiling {
    fn holds(&self, data: &Data, visit: u32) -> bool {
        let disease = data.visits.disease(visit);
        let said = disease.map_or("", |number| data.keys.text(number));
        let of_it = self.disease.as_deref().is_none_or(|one| one == said);
        data.visits.care[visit as usize] == self.care && of_it
    }
}
