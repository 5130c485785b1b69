use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C012",
    name: "中药饮片超量",
    english: "Herb dose above maximum",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_herb_dose"],
    feeds: &[],
    parameters: &[Parameter {
        key: "C012.tol",
        default: "1.5",
        meaning: "超过最大用量多少倍起算",
    }],
    finds: "饮片每剂用量超过药典最大用量的规定倍数。",
    why: "超量用药有安全风险（尤其有毒饮片）。",
    clause: "《中华人民共和国药典》2020年版一部；《处方管理办法》第二十八条",
    false_alarms: "医师双签名的超量；先煎久煎的附子等。",
    says: "每剂{0}克，最大{1}克",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.decimal("C012.tol", 3)?;
    let limits = kernels::by_item_or_name(desk, "k_herb_dose", "herb", "T", |row| {
        row.decimal("max_g", 3)
    })?;
    Ok(kernels::each_line(limits, move |spot, &most| {
        let dose = spot.data.lines.dose(spot.row)?;
        (dose * 1000 > most * tolerance).then(|| spot.hit([Fact::Count(dose), Fact::Count(most)]))
    }))
}
