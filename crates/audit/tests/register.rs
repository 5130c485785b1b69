//! Every rule of the national catalogue is registered once, in order, and says what it must say.

use audit::{Rule, all_rules};

fn catalogue() -> Vec<String> {
    let families = [
        ('P', 30),
        ('M', 36),
        ('C', 30),
        ('F', 30),
        ('T', 12),
        ('S', 11),
    ];
    let ids = |(letter, count)| (1..=count).map(move |number| format!("{letter}{number:03}"));
    families.into_iter().flat_map(ids).collect()
}

#[test]
fn all_149_rules_are_registered_in_order() {
    let registered: Vec<&str> = all_rules().iter().map(|rule| rule.id).collect();
    assert_eq!(registered, catalogue());
}

#[test]
fn every_rule_says_what_it_finds_and_why() {
    let silent = |rule: &&Rule| {
        let texts = [
            rule.name,
            rule.english,
            rule.finds,
            rule.why,
            rule.clause,
            rule.says,
        ];
        texts.iter().any(|text| text.is_empty()) || rule.false_alarms.is_empty()
    };
    let silent: Vec<&str> = all_rules()
        .into_iter()
        .filter(silent)
        .map(|rule| rule.id)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn parameters_of_one_key_have_one_default() {
    let mut known = std::collections::BTreeMap::new();
    for rule in all_rules() {
        for one in rule.parameters {
            let before = known.insert(one.key, one.default).unwrap_or(one.default);
            assert_eq!(before, one.default, "{} of {}", one.key, rule.id);
        }
    }
}
