use std::collections::BTreeMap;

use lines::Care;
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P023",
    name: "门慢特药品超病种范围",
    english: "Chronic-disease visit drug outside disease list",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_chronic_scope"],
    feeds: &[],
    parameters: &[],
    finds: "门诊慢特病就诊开了不在该病种支付范围内的药品或项目。",
    why: "慢特病待遇只支付病种范围内的药品和项目。",
    clause: "地方门诊慢特病管理办法",
    false_alarms: "病种编码写错；合并症用药按合并病种处理。",
    says: "病种“{0}”的支付范围不含该项",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let table = desk.table("k_chronic_scope")?;
    let mut scopes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in table.rows() {
        let mut items = desk.items(row.text("item_prefix"));
        items.extend(row.parts("item").flat_map(|code| desk.exact(code)));
        if row.given("item").is_some() || row.given("item_prefix").is_some() {
            scopes
                .entry(row.text("disease").to_owned())
                .or_default()
                .extend(items);
        }
    }
    desk.require(
        !scopes.is_empty(),
        "k_chronic_scope 没有写明各病种的项目编码（item、item_prefix）",
    )?;
    Ok(kernels::each_line_of_all(move |spot| {
        let data = spot.data;
        if spot.care() != Care::CHRONIC || spot.in_scope() <= Fen::ZERO {
            return None;
        }
        let disease = data.keys.text(data.visits.disease(spot.visit)?);
        let scope = scopes.get(disease)?;
        let name = "该病种";
        (!scope.contains(&spot.item())).then(|| spot.hit([Fact::Words(name)]))
    }))
}
