use std::collections::BTreeMap;

use lines::Care;
use money::Fen;

use crate::{Built, Category, Desk, Entry, Fact, Grain, Phase, Rule, Strength, kernels};

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
    says: "{0}的支付范围不含该项",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let table = desk.table("k_chronic_scope")?;
    let mut scopes: BTreeMap<String, Vec<Entry<Scope>>> = BTreeMap::new();
    for row in table.rows() {
        let coded = row.given("item").is_some() || row.given("item_prefix").is_some();
        let mut items = desk.items(row.text("item_prefix"));
        items.extend(row.parts("item").flat_map(|code| desk.exact(code)));
        let classes = row.text("example").split('/').map(str::trim);
        let classes = classes.filter(|class| !coded && is_class(class));
        let classes: Vec<String> = classes.map(|class| format!("X{class}")).collect();
        items.extend(desk.items(&classes.join("|")));
        if coded || !classes.is_empty() {
            let by_class = !coded;
            let scope = Scope { items, by_class };
            let of_disease = scopes.entry(row.text("disease").to_owned()).or_default();
            of_disease.push(desk.entry("k_chronic_scope", row, scope));
        }
    }
    desk.require(
        !scopes.is_empty(),
        "k_chronic_scope 没有写明各病种的项目编码（item、item_prefix）或药品类别（example）",
    )?;
    Ok(kernels::each_standing_line(move |spot| {
        let data = spot.data;
        if spot.care() != Care::CHRONIC || spot.in_scope() <= Fen::ZERO {
            return None;
        }
        let disease = data.keys.text(data.visits.disease(spot.visit)?);
        let mut here = scopes
            .get(disease)?
            .iter()
            .filter(|entry| entry.applies(spot));
        let first = here.next()?;
        let (mut within, mut by_class) = (false, true);
        for entry in std::iter::once(first).chain(here) {
            within |= entry.value.items.contains(&spot.item());
            by_class &= entry.value.by_class;
        }
        let judged = !by_class || data.items.code(spot.item()).starts_with('X');
        let outside = !within && judged;
        outside.then(|| first.cited(spot.hit([Fact::Words("该病种")])))
    }))
}

/// What a row says is payable for its disease.
struct Scope {
    items: Vec<u32>,
    /// The row names classes of drugs only: patent medicines and services are not judged.
    by_class: bool,
}

/// Whether a word is the beginning of an anatomical class: a letter and digits, `C02`, `B03XA`.
fn is_class(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.len() <= 5
}
