//! 接口缩写只在 `wire`：国家接口的字段缩写不得出现在其他地方。
//!
//! Inside the house an idea has one English name, chosen in GLOSSARY.md. The interface's own
//! spelling stays in `wire`, where it can be searched in the standard; tests and documents may
//! quote it. Every word of every file is looked at, comments and strings too.

use crate::house::Abbreviations;
use crate::rust::{code_of, without_tests, words};
use crate::{File, Offence, Tree};
use std::collections::BTreeSet;

/// Kinds of file in which people write names.
const WRITTEN: [&str; 11] = [
    "rs", "toml", "yaml", "yml", "sql", "ts", "tsx", "mjs", "js", "css", "csv",
];

/// Every abbreviation outside its home.
pub fn check(tree: &Tree, house: &Abbreviations) -> Vec<Offence> {
    let parts: BTreeSet<&str> = house.parts.split_whitespace().collect();
    let names: BTreeSet<&str> = house.names.split_whitespace().collect();
    let mut found = unused_places(tree, house);
    for file in tree.files.iter().filter(|file| is_scanned(file, house)) {
        let text = visible(file);
        for word in words(&text) {
            let snake = snake_case(word.text);
            let bad = names.contains(snake.as_str()) || snake.split('_').any(|p| parts.contains(p));
            if bad {
                let message = format!("`{}` belongs in `wire`; see GLOSSARY.md", word.text);
                found.push(Offence::new(&file.path, word.line, message));
            }
        }
    }
    found
}

fn is_scanned(file: &File, house: &Abbreviations) -> bool {
    let home = file.path.starts_with("crates/wire/") || file.path.starts_with("crates/tidy/");
    let allowed = house
        .allowed
        .iter()
        .any(|place| file.path.starts_with(&place.path));
    WRITTEN.contains(&file.extension()) && !home && !allowed && !file.is_test()
}

/// An allowance for a file that is gone would silently cover its successor.
fn unused_places(tree: &Tree, house: &Abbreviations) -> Vec<Offence> {
    let gone = house.allowed.iter().filter(|place| !tree.has(&place.path));
    gone.map(|place| {
        let message = format!("`{}` is allowed but does not exist", place.path);
        Offence::new("crates/tidy/house/abbreviations.toml", 0, message)
    })
    .collect()
}

/// The text with unit tests cut out, line for line; everything else stays, comments included.
fn visible(file: &File) -> String {
    if file.extension() != "rs" {
        return file.text.clone();
    }
    let kept = without_tests(&code_of(&file.text));
    let first_cut = without_tests_begin(&file.text, &kept);
    file.text
        .lines()
        .take(first_cut)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// Number of lines before the first line that is only there for tests.
fn without_tests_begin(text: &str, kept: &str) -> usize {
    let code = code_of(text);
    let differing = code
        .lines()
        .zip(kept.lines())
        .position(|(all, kept)| all != kept);
    differing.unwrap_or_else(|| text.lines().count())
}

/// `medfeeSumamt` and `MedfeeSumamt` are `medfee_sumamt`.
fn snake_case(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    let mut after_lower = false;
    for c in word.chars() {
        if c.is_uppercase() && after_lower {
            out.push('_');
        }
        after_lower = c.is_lowercase() || c.is_numeric();
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house;

    fn offences(path: &str, text: &str) -> usize {
        let mut house = house::abbreviations();
        house.allowed.clear();
        check(&Tree::of(&[(path, text)]), &house).len()
    }

    #[test]
    fn every_spelling_is_found() {
        for text in [
            "psn_no",
            "PsnNo",
            "fixmedinsCode",
            "acct_pay",
            "// hifp_pay",
            "\"setl_id\"",
        ] {
            assert_eq!(offences("crates/app/src/settle.rs", text), 1, "{text}");
        }
        assert_eq!(
            offences("crates/store/migrations/sqlite/1.sql", "mdtrt_id TEXT"),
            1
        );
        assert_eq!(offences("console/src/api.ts", "row.medfeeSumamt"), 1);
    }

    #[test]
    fn the_houses_own_words_are_left_alone() {
        let text = "settlement_id person_id CareType pooled_fund account_pays fund settle insured";
        assert_eq!(offences("crates/app/src/settle.rs", text), 0);
    }

    #[test]
    fn wire_tests_and_documents_may_speak_it() {
        assert_eq!(offences("crates/wire/src/t2201_register.rs", "psn_no"), 0);
        assert_eq!(offences("crates/server/tests/gateway.rs", "psn_no"), 0);
        assert_eq!(offences("README.md", "psn_no"), 0);
        let text = "fn a() {}\n#[cfg(test)]\nmod tests { const A: &str = \"psn_no\"; }";
        assert_eq!(offences("crates/server/src/a.rs", text), 0);
    }

    #[test]
    fn an_allowance_for_nothing_is_an_offence() {
        let mut house = house::abbreviations();
        house.allowed = vec![house::Place {
            path: "crates/gone/".into(),
            reason: "was needed".into(),
        }];
        assert_eq!(check(&Tree::of(&[]), &house).len(), 1);
    }
}
