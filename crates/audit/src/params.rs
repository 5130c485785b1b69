use std::collections::BTreeMap;

use lines::Quality;
use money::parse_decimal;

use crate::Rule;

/// Parameters by key over the defaults that rules declare (规则参数).
///
/// Keys of nested objects are joined by points (`F005.los`); values are texts.
#[derive(Debug, Clone, Default)]
pub struct Params {
    given: BTreeMap<String, String>,
}

impl Params {
    /// Values given by a file.
    pub fn new(given: BTreeMap<String, String>) -> Self {
        Self { given }
    }

    /// The text of a parameter of a rule.
    ///
    /// # Panics
    /// When the rule does not declare it: a mistake of the rule's author.
    pub fn text<'p>(&'p self, rule: &Rule, key: &str) -> &'p str {
        let declared = rule.parameters.iter().find(|one| one.key == key);
        let declared = declared.unwrap_or_else(|| panic!("{} declares no {key}", rule.id));
        self.given.get(key).map_or(declared.default, String::as_str)
    }

    /// Names keys that no rule declares.
    pub fn check(&self, rules: &[&Rule], quality: &mut Quality) {
        let known = |key: &str| {
            let mut declared = rules.iter().flat_map(|rule| rule.parameters);
            declared.any(|one| one.key == key)
        };
        for key in self.given.keys().filter(|key| !known(key)) {
            quality.note("参数不认识", key.clone());
        }
    }
}

/// Reads a decimal parameter as a count of 10^-`places`.
pub(crate) fn decimal(text: &str, places: u32) -> Option<i64> {
    parse_decimal(text.trim(), places).ok()
}
