use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C009",
    name: "同类药重复使用",
    english: "Therapeutic duplication",
    category: Category::Medical,
    grain: Grain::PersonDay,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_atc_dup"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C009.overlap",
            default: "2",
            meaning: "重叠多少天起算",
        },
        Parameter {
            key: "C009.names",
            default: "aspirin=阿司匹林,clopidogrel=氯吡格雷,ticagrelor=替格瑞洛",
            meaning: "知识表许可联用里英文药名对应的中文名",
        },
    ],
    finds: "同一解剖治疗类别的两种药品同时在用，且不是许可的联合用药。",
    why: "重复给药没有增加疗效，增加不良反应。",
    clause: "《医院处方点评管理规范（试行）》第十八条",
    false_alarms: "换药的过渡；不同给药途径。",
    says: "与{0}同属{1}，重叠{2}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let overlap = desk.whole("C009.overlap")?;
    let names: Vec<(String, String)> = desk
        .list("C009.names")
        .into_iter()
        .filter_map(|pair| {
            let (english, chinese) = pair.split_once('=')?;
            Some((english.to_owned(), chinese.to_owned()))
        })
        .collect();
    let mut pairs = Vec::new();
    for row in desk.table("k_atc_dup")?.rows() {
        let allowed: Vec<(String, String)> = row
            .parts("allowed_pairs")
            .filter_map(|pair| {
                let (a, b) = pair.split_once('+')?;
                Some((chinese(&names, a), chinese(&names, b)))
            })
            .collect();
        for item in desk.items(&format!("X{}", row.text("atc4"))) {
            pairs.push((item, desk.entry("k_atc_dup", row, allowed.clone())));
        }
    }
    let classes = desk.by_items(pairs);
    let items = classes.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let data = person.data;
        let left: Vec<Spot<'_>> = kernels::net(data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(data, row))
            .collect();
        for (at, spot) in left.iter().enumerate() {
            for entry in classes.at(spot) {
                let other = left[..at].iter().find_map(|other| {
                    let days = shared_days(other, spot)?;
                    let twice = same_class(other, spot) && !excused(other, spot, &entry.value);
                    (twice && days >= overlap).then_some((other.row, days))
                });
                if let Some((other, days)) = other {
                    let facts = [Fact::Line(other), Fact::Cell("class_zh"), Fact::Whole(days)];
                    sheet.line(spot.row, spot.hit(facts).by(entry.knowledge));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}

/// Days on which both supplies last; `None` when one has no days of supply.
fn shared_days(earlier: &Spot<'_>, later: &Spot<'_>) -> Option<i64> {
    let until = |spot: &Spot<'_>| Some(spot.day().0 + spot.data.lines.supply_days(spot.row)?);
    let end = until(earlier)?.min(until(later)?);
    Some(i64::from(end - later.day().0))
}

/// Equal class (characters 2 to 6 of the code), another substance (the first ten characters), both
/// injected or neither (character 11 is the form, B 注射剂): other routes cannot be told from codes.
fn same_class(a: &Spot<'_>, b: &Spot<'_>) -> bool {
    let code = |spot: &Spot<'_>, end: usize| {
        spot.data
            .items
            .code(spot.item())
            .get(..end)
            .map(str::to_owned)
    };
    let injected = |spot: &Spot<'_>| code(spot, 11).is_some_and(|head| head.ends_with('B'));
    code(a, 6).is_some()
        && code(a, 6) == code(b, 6)
        && code(a, 10) != code(b, 10)
        && injected(a) == injected(b)
}

fn excused(a: &Spot<'_>, b: &Spot<'_>, allowed: &[(String, String)]) -> bool {
    let name = |spot: &Spot<'_>| spot.data.items.name(spot.item()).to_owned();
    let (a, b) = (name(a), name(b));
    let pair = |one: &str, two: &str| a.contains(one) && b.contains(two);
    allowed
        .iter()
        .any(|(one, two)| pair(one, two) || pair(two, one))
}

fn chinese(names: &[(String, String)], english: &str) -> String {
    let known = names.iter().find(|(name, _)| name == english);
    known.map_or(english, |(_, chinese)| chinese).to_owned()
}
