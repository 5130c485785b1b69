//! 词汇表完整：`terms` 的每个公开类型与每个拒绝理由在 GLOSSARY.md 有一行。
//!
//! A name is chosen once, in the glossary, and then obeyed. This rule finds names that were chosen
//! elsewhere.

use crate::rust::{body_after, code_of, without_tests, words};
use crate::{File, Offence, Tree};
use std::collections::BTreeSet;

/// Every public type of `terms` and every refusal that has no row.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let known = tree
        .file("GLOSSARY.md")
        .map(|file| codes(&file.text))
        .unwrap_or_default();
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| file.is_rust_source()) {
        let code = without_tests(&code_of(&file.text));
        if file.path.starts_with("crates/terms/") {
            found.extend(missing(file, public_types(&code), &known, "public type"));
        }
        found.extend(missing(file, refusals(&code), &known, "refusal"));
    }
    found
}

fn missing(
    file: &File,
    names: Vec<(String, usize)>,
    known: &BTreeSet<String>,
    what: &str,
) -> Vec<Offence> {
    let unknown = names.into_iter().filter(|(name, _)| !known.contains(name));
    unknown
        .map(|(name, line)| {
            Offence::new(
                &file.path,
                line,
                format!("{what} `{name}` has no row in GLOSSARY.md"),
            )
        })
        .collect()
}

/// What stands between backticks in the third column (zh | en | code | wire | meaning).
fn codes(glossary: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in glossary.lines().filter(|line| line.starts_with('|')) {
        let Some(cell) = line.split('|').nth(3) else {
            continue;
        };
        for name in cell.split('`').skip(1).step_by(2) {
            found.insert(name.rsplit("::").next().unwrap_or(name).to_owned());
        }
    }
    found
}

/// Types, traits and vocabularies that other crates can name.
fn public_types(code: &str) -> Vec<(String, usize)> {
    let words = words(code);
    let mut found = Vec::new();
    for triple in words.windows(3) {
        let kind = ["struct", "enum", "type", "trait"].contains(&triple[1].text);
        let macro_argument = code[..triple[2].at].ends_with('$');
        if triple[0].text == "pub" && kind && !macro_argument {
            found.push((triple[2].text.to_owned(), triple[2].line));
        }
    }
    for word in words
        .iter()
        .filter(|word| is_vocabulary(code, word.at, word.text))
    {
        let declared = variants(body_after(code, word.at)).into_iter().next();
        found.extend(declared.map(|name| (name, word.line)));
    }
    found
}

/// `vocabulary! {` declares the type named first between its braces.
fn is_vocabulary(code: &str, at: usize, word: &str) -> bool {
    let rest = code[at + word.len()..].strip_prefix('!');
    word == "vocabulary" && rest.is_some_and(|rest| rest.trim_start().starts_with('{'))
}

/// Variants of every enum whose name ends in `Refusal`.
fn refusals(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for pair in words(code).windows(2) {
        if pair[0].text == "enum" && pair[1].text.ends_with("Refusal") {
            let line = pair[1].line;
            found.extend(
                variants(body_after(code, pair[1].at))
                    .into_iter()
                    .map(|v| (v, line)),
            );
        }
    }
    found
}

/// The words that begin an item at the outermost level of an enum's body, attributes skipped.
fn variants(body: &str) -> Vec<String> {
    let (mut depth, mut begins, mut found) = (0_i32, true, Vec::new());
    for (at, c) in body.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && depth == 0 && c.is_alphabetic() => {
                found.extend(words(&body[at..]).first().map(|word| word.text.to_owned()));
                begins = false;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOSSARY: &str = "| zh | en | code | wire | meaning |\n|---|---|---|---|---|\n\
        | 险种 | scheme | `Scheme` | `insutype` | which |\n\
        | 未参保 | not enrolled | `settlement::Refusal::NotEnrolled` | | no |\n";

    fn messages(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[("GLOSSARY.md", GLOSSARY), (path, text)]);
        check(&tree)
            .into_iter()
            .map(|offence| offence.message)
            .collect()
    }

    #[test]
    fn public_types_of_terms_need_a_row() {
        let text = "pub enum Scheme {}\npub struct Grade;\nstruct Inner;\npub(crate) struct Own;";
        assert_eq!(
            messages("crates/terms/src/lib.rs", text),
            ["public type `Grade` has no row in GLOSSARY.md"]
        );
        assert!(messages("crates/app/src/lib.rs", text).is_empty());
    }

    #[test]
    fn vocabularies_are_types_too() {
        let text = "macro_rules! vocabulary { () => { pub enum $name {} } }\n\
            vocabulary! {\n    /// 险种\n    Scheme \"险种\" { A = \"a\" \"甲\", }\n}\n\
            vocabulary! {\n    #[derive(Default)]\n    Grade \"等级\" { B = \"b\" \"乙\", }\n}";
        assert_eq!(
            messages("crates/terms/src/a.rs", text),
            ["public type `Grade` has no row in GLOSSARY.md"]
        );
    }

    #[test]
    fn every_refusal_needs_a_row() {
        let text = "pub enum Refusal {\n#[serde(rename = \"a\")]\nNotEnrolled { on: Date },\n\
            Suspended(Date, Reason),\n    /// 未知\n    Unknown,\n}";
        let found = messages("crates/settlement/src/refusal.rs", text);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
