//! Everything the repository ships loads, and every value says where it comes from.

use lawbook::{load_catalogue, load_policy, tree};
use policy::PolicyBook;
use terms::Date;

use crate::common;

fn shipped() -> PolicyBook {
    load_policy(&common::root().join("policy")).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{} 处问题：\n{}", lines.len(), lines.join("\n"));
    })
}

#[test]
fn every_shipped_area_loads() {
    let book = shipped();
    assert!(
        book.areas.keys().any(|code| code.get() == 990_100),
        "the fictional area is there"
    );
}

#[test]
fn every_value_has_a_source_and_a_day_of_checking() {
    let book = shipped();
    let mut values = 0;
    for (code, area) in &book.areas {
        for scheme in area.schemes.keys() {
            for topic in tree(&book, *code, *scheme, Date::MAX) {
                for version in &topic.history {
                    let place = &version.place;
                    assert!(!version.source.document.is_empty(), "{place}");
                    assert!(version.checked > "2020-01-01".parse().unwrap(), "{place}");
                    values += 1;
                }
            }
        }
    }
    assert!(values > 100, "{values} values were looked at");
}

#[test]
fn the_example_catalogue_loads() {
    let catalogue = load_catalogue(&common::root().join("catalogues/example")).unwrap();
    assert!(catalogue.items.len() > 1000);
    assert!(!catalogue.diagnoses.is_empty());
}
