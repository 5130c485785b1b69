//! Drop-down lists that are read off the law, and catalogue entries.

use std::collections::BTreeSet;

use policy::{AreaPolicy, CatalogueItem, Condition, SchemePolicy, Test};
use terms::{Category, Date, Scheme};

use super::super::catalogue::{Item, Word};

/// The scheme that people of a category are usually in.
pub fn scheme_of(category: Category) -> Option<&'static str> {
    let scheme = match category {
        Category::Active | Category::Retired | Category::Flexible | Category::Unemployed => {
            Scheme::Employee
        }
        Category::Adult
        | Category::Elderly
        | Category::Student
        | Category::Child
        | Category::Newborn => Scheme::Resident,
        Category::Cadre => Scheme::RetiredCadre,
        Category::Veteran => return None,
    };
    Some(scheme.word())
}

/// The identities that any rule of the area asks about on a day.
pub fn identities(area: &AreaPolicy, on: Date) -> Vec<terms::Word> {
    let mut found = BTreeSet::new();
    for scheme in area.schemes.values() {
        for condition in conditions(scheme, on) {
            for test in condition.when.iter().chain(&condition.unless) {
                if let Test::Identity(words) = test {
                    found.extend(words.iter().cloned());
                }
            }
        }
    }
    found.into_iter().collect()
}

/// The conditions of amounts, ratios, layers and gates.
fn conditions(scheme: &SchemePolicy, on: Date) -> Vec<&Condition> {
    let amounts = scheme.amounts.iter().filter_map(|topic| topic.on(on));
    let amounts = amounts
        .flat_map(|(table, _)| table.rows())
        .map(|row| &row.condition);
    let ratios = scheme.ratios.iter().filter_map(|topic| topic.on(on));
    let ratios = ratios
        .flat_map(|(rule, _)| rule.table.rows())
        .map(|row| &row.condition);
    let layers = scheme.layers.iter().filter_map(|topic| topic.on(on));
    let layers = layers.map(|(layer, _)| &layer.condition);
    let gates = scheme.gates.iter().filter_map(|topic| topic.on(on));
    let gates = gates
        .flat_map(|(gates, _)| gates)
        .map(|gate| &gate.condition);
    amounts.chain(ratios).chain(layers).chain(gates).collect()
}

/// The recognised diseases of every scheme, each once.
pub fn diseases(area: &AreaPolicy, on: Date) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let lists = area.schemes.values().flat_map(|scheme| &scheme.diseases);
    for (rules, _) in lists.filter_map(|topic| topic.on(on)) {
        for (code, disease) in &rules.diseases {
            if !found.iter().any(|known| code == known.code.as_str()) {
                found.push(Word {
                    code: code.to_string(),
                    name: disease.name.clone(),
                    parent: None,
                });
            }
        }
    }
    found
}

/// A catalogue entry on its terms of a day; `None` where it has none then.
pub fn item(item: &CatalogueItem, on: Date) -> Option<Item> {
    let holds = |terms: &&policy::ItemTerms| terms.from <= on && terms.to.is_none_or(|to| on <= to);
    let terms = item.terms.iter().find(holds)?;
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Some(Item {
        code: item.code.to_string(),
        name: item.name.clone(),
        class: terms.class.word().to_owned(),
        class_name: terms.class.zh().to_owned(),
        price: terms.ceiling.map(|price| price.to_string()),
        unit: text(&item.unit),
        specification: text(&item.specification),
    })
}
