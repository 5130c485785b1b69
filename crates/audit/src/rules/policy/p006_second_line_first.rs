use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "P006",
    name: "二线用药未先用一线",
    english: "Second-line drug without prior first-line",
    category: Category::Policy,
    grain: Grain::PersonPeriod,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &["k_drug_second_line"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "P006.lookback",
            default: "180",
            meaning: "往前查一线用药的天数；可在知识行 lookback_days 另定",
        },
        Parameter {
            key: "P006.antibiotic_lookback",
            default: "14",
            meaning: "抗菌药物往前查的天数",
        },
        Parameter {
            key: "P006.antibiotics",
            default: "XJ01",
            meaning: "抗菌药物的编码前缀（ATC J01）",
        },
    ],
    finds: "限二线使用的药品，此前规定期限内没有用过任何一线药品。",
    why: "目录备注要求一线治疗无效或不耐受后才可支付。",
    clause: "国家药品目录备注",
    false_alarms: "外地或自费用过一线药；一线药过敏、禁忌。",
    says: "此前{0}天内没有该组一线用药",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let usual = desk.whole("P006.lookback")?;
    let short = desk.whole("P006.antibiotic_lookback")?;
    let antibiotics = desk.items(desk.text("P006.antibiotics"));
    let table = desk.table("k_drug_second_line")?;
    desk.require(
        table.has("first_line_group"),
        "k_drug_second_line 没有一线药品组（first_line_group）",
    )?;
    let second = desk.by_item("k_drug_second_line", |row| {
        let first = desk.items(row.given("first_line_group")?);
        Some((first, row.whole("lookback_days")))
    })?;
    let mut items = second.items();
    for item in second.items() {
        items.extend(
            second
                .of(item)
                .iter()
                .flat_map(|entry| entry.value.0.clone()),
        );
    }
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = kernels::net(person.data, rows);
        for (at, &(row, _)) in left.iter().enumerate() {
            let spot = Spot::of(person.data, row);
            for entry in second.at(&spot) {
                let (first, days) = &entry.value;
                let antibiotic = antibiotics.binary_search(&spot.item()).is_ok();
                let days = &days.unwrap_or(if antibiotic { short } else { usual });
                let tried = left[..at].iter().any(|&(earlier, _)| {
                    let earlier = Spot::of(person.data, earlier);
                    let near = i64::from(spot.day().0 - earlier.day().0) <= *days;
                    near && first.contains(&earlier.item())
                });
                if !tried && !spot.in_scope().is_zero() {
                    sheet.line(row, spot.hit([Fact::Whole(*days)]).by(entry.knowledge));
                    break;
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
