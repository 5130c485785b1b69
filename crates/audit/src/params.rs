use std::collections::BTreeMap;

use lines::Quality;
use money::parse_decimal;

use crate::{Rule, all_rules, find_rule};

/// Names that the catalogue of rules (reference/audit/rules.csv, column parameters) gives to
/// parameters which are declared under another key: rule, its name there, declared key.
const CATALOGUE_NAMES: [(&str, &str, &str); 17] = [
    ("C008", "early_days", "C008_early"),
    ("F001", "gap", "split_gap_days"),
    ("F002", "tol", "F002.hours"),
    ("F006", "d", "F006.days"),
    ("F007", "v_max", "F007_kmh"),
    ("F008", "w", "F008.minutes"),
    ("M018", "max_days", "M018_days"),
    ("M018", "max_kinds", "M018_kinds"),
    ("M017", "pre_days", "M017.before_days"),
    ("M017", "post_hours", "M017.after_hours"),
    ("M018", "chronic", "M018_chronic_days"),
    ("M025", "k", "M025.days"),
    ("M026", "days", "M026"),
    ("F010", "month", "F010"),
    ("T003", "from", "trace_enforced_from"),
    ("T011", "tol", "T011.days"),
    ("S001", "abs_tol", "S001.abs"),
];

/// Parameters by key over the defaults that rules declare (规则参数).
///
/// Keys of nested objects are joined by points (`F005.los`); values are texts. A key may also be
/// written `P006_lookback`, by the name of the catalogue of rules, as the rule alone when it has
/// one parameter (`"M026": 180`), or without its rule where no other rule has such a name.
#[derive(Debug, Clone, Default)]
pub struct Params {
    given: BTreeMap<String, String>,
}

impl Params {
    /// Values given by a file.
    ///
    /// # Example
    /// ```
    /// # use std::collections::BTreeMap;
    /// let text = |words: &str| words.to_owned();
    /// let params = audit::Params::new(BTreeMap::from([(text("early_days"), text("10"))]));
    /// let rule = audit::find_rule("C008").expect("C008 is a rule");
    /// assert_eq!(params.text(rule, "C008_early"), "10");
    /// ```
    pub fn new(given: BTreeMap<String, String>) -> Self {
        let mut known = BTreeMap::new();
        let (exact, other): (Vec<_>, Vec<_>) =
            given.into_iter().partition(|(key, _)| is_declared(key));
        for (key, value) in other {
            known.insert(declared_key(&key).map_or(key, str::to_owned), value);
        }
        known.extend(exact);
        Self { given: known }
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

fn is_declared(key: &str) -> bool {
    let mut declared = all_rules().into_iter().flat_map(|rule| rule.parameters);
    declared.any(|one| one.key == key)
}

/// The key that a rule declares for another spelling; `None` when no rule or several may be meant.
fn declared_key(given: &str) -> Option<&'static str> {
    let (head, rest) = match given.split_once(['.', '_']) {
        Some((head, rest)) => (head, Some(rest)),
        None => (given, None),
    };
    match (find_rule(head), rest) {
        (Some(rule), Some(rest)) => named(rule, rest),
        (Some(rule), None) => match rule.parameters {
            [one] => Some(one.key),
            _ => None,
        },
        (None, _) => {
            let mut keys: Vec<&str> = all_rules()
                .into_iter()
                .filter_map(|rule| named(rule, given))
                .collect();
            keys.sort_unstable();
            keys.dedup();
            <[&str; 1]>::try_from(keys).ok().map(|[key]| key)
        }
    }
}

/// The key of a rule's parameter by its name without the rule.
fn named(rule: &Rule, name: &str) -> Option<&'static str> {
    let of_catalogue = CATALOGUE_NAMES.iter();
    let mut of_catalogue = of_catalogue.filter(|row| (row.0, row.1) == (rule.id, name));
    let bare = |key: &'static str| key.strip_prefix(rule.id).map_or(key, |rest| &rest[1..]);
    let mut keys = rule.parameters.iter().map(|one| one.key);
    of_catalogue
        .next()
        .map(|row| row.2)
        .or_else(|| keys.find(|key| *key != rule.id && bare(key) == name))
}

/// Reads a decimal parameter as a count of 10^-`places`; `25%` is 0.25, a unit behind the number
/// (`180 d`) says nothing more.
pub(crate) fn decimal(text: &str, places: u32) -> Option<i64> {
    let number = text.trim().trim_end_matches(char::is_alphabetic).trim_end();
    match number.strip_suffix('%') {
        Some(percent) => {
            let hundredfold = parse_decimal(percent.trim(), places + 2).ok()?;
            (hundredfold % 10_000 == 0).then_some(hundredfold / 10_000)
        }
        None => parse_decimal(number, places).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(key: &str, rule: &str, declared: &str) -> String {
        let given = BTreeMap::from([(key.to_owned(), "42".to_owned())]);
        let rule = find_rule(rule).expect("the test names a rule");
        Params::new(given).text(rule, declared).to_owned()
    }

    #[test]
    fn a_key_may_be_spelled_in_several_ways() {
        for key in ["P006.lookback", "P006_lookback", "lookback"] {
            assert_eq!(said(key, "P006", "P006.lookback"), "42", "{key}");
        }
        for key in ["C008_early", "C008.early", "early_days", "C008"] {
            assert_eq!(said(key, "C008", "C008_early"), "42", "{key}");
        }
        assert_eq!(said("P007.child_lt", "P007", "child_lt"), "42");
        assert_eq!(said("M026", "M026", "M026"), "42");
    }

    #[test]
    fn a_name_of_several_rules_is_nobodys() {
        assert_eq!(said("tol", "S001", "S001.tol"), "0.02");
        let mut quality = Quality::default();
        let given = BTreeMap::from([("tol".to_owned(), "9".to_owned())]);
        Params::new(given).check(&all_rules(), &mut quality);
        assert!(!quality.is_clean());
    }

    #[test]
    fn numbers_may_carry_a_unit() {
        assert_eq!(decimal("25%", 3), Some(250));
        assert_eq!(decimal("2.5%", 3), Some(25));
        assert_eq!(decimal("180 d", 0), Some(180));
        assert_eq!(decimal("0.005 yuan", 4), Some(50));
        assert_eq!(decimal("many", 0), None);
    }
}
