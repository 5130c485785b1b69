use std::collections::BTreeMap;

use lines::Day;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P013",
    name: "诊疗项目超支付疗程",
    english: "Service beyond payable course days",
    category: Category::Policy,
    grain: Grain::PersonPeriod,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &["k_item_course"],
    feeds: &[],
    parameters: &[Parameter {
        key: "P013.episode_gap",
        default: "30",
        meaning: "相邻两次费用相隔超过多少天算新的病程，暂定（assumed）：取一个月",
    }],
    finds: "限疗程支付的项目，同一病程内超过可支付的天数仍在收费。",
    why: "医疗康复等项目限定了一个病程内的支付天数。",
    clause: "《关于新增部分医疗康复项目纳入基本医疗保障支付范围的通知》（人社部发〔2016〕23号）；国家医保两库第八批",
    false_alarms: "病程中断的判断以相邻两次费用间隔计；换了主要诊断按新病程。",
    says: "本病程自{0}起第{1}天，限付{2}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let apart = desk.whole("P013.episode_gap")?;
    let courses = desk.by_item("k_item_course", |row| row.whole("max_pay_days"))?;
    let items = courses.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        // Item and first three characters of the main diagnosis → first and latest day.
        let mut episodes: BTreeMap<(u32, &str), (Day, Day)> = BTreeMap::new();
        for (row, count) in kernels::net(person.data, rows) {
            let spot = Spot::of(person.data, row);
            let main = person.data.visits.main_diagnosis(spot.visit);
            let illness = main.and_then(|main| main.code.get(..3)).unwrap_or_default();
            let day = spot.day();
            let span = episodes.entry((spot.item(), illness)).or_insert((day, day));
            if i64::from(day.0 - span.1.0) > apart {
                span.0 = day;
            }
            span.1 = day;
            for entry in courses.at(&spot) {
                let place = i64::from(day.0 - span.0.0) + 1;
                if place > entry.value {
                    let facts = [
                        Fact::Day(span.0),
                        Fact::Whole(place),
                        Fact::Whole(entry.value),
                    ];
                    sheet.line(row, Hit::new(spot.share(count), facts).by(entry.knowledge));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
