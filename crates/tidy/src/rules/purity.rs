//! 房间纯净：词汇与房间不做输入输出、不看时钟、不起线程、不用异步。
//!
//! Facts and policy are complete before a room is entered, so a room needs nothing from the world.
//! The manifest table keeps the libraries out; this rule keeps the standard library's own doors
//! shut, and with them hash maps, whose order differs from run to run.

use crate::house::Edges;
use crate::rust::{Word, code_of, without_tests, words};
use crate::{File, Offence, Tree};

/// Modules of the standard library that reach the world.
const WORLDLY_STD: [&str; 7] = ["fs", "net", "env", "thread", "process", "io", "os"];

/// Words that betray a clock, a task, shared state, chance or a library of the corridor.
const WORLDLY_WORDS: [&str; 14] = [
    "SystemTime",
    "Instant",
    "async",
    "await",
    "tokio",
    "sqlx",
    "axum",
    "tracing",
    "rand",
    "Mutex",
    "RwLock",
    "HashMap",
    "HashSet",
    "thread_local",
];

/// Macros that write to the terminal.
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Every worldly word in the code of a pure crate, tests left out.
pub fn check(tree: &Tree, edges: &Edges) -> Vec<Offence> {
    let pure = |file: &&File| {
        let row = file.crate_name().and_then(|name| edges.crates.get(name));
        file.is_rust_source() && row.is_some_and(|row| row.floor.is_pure())
    };
    tree.files
        .iter()
        .filter(pure)
        .flat_map(check_file)
        .collect()
}

fn check_file(file: &File) -> Vec<Offence> {
    let code = without_tests(&code_of(&file.text));
    let words = words(&code);
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let reached = match word.text {
            "std" => worldly_std(&code, word),
            "now" => clock(&code, &words, index),
            other if WORLDLY_WORDS.contains(&other) => Some(other.to_owned()),
            other
                if PRINTING.contains(&other) && code[word.at + other.len()..].starts_with('!') =>
            {
                Some(format!("{other}!"))
            }
            _ => None,
        };
        if let Some(reached) = reached {
            let message = format!("`{reached}` in a pure room; pass what you need as an argument");
            found.push(Offence::new(&file.path, word.line, message));
        }
    }
    found
}

/// `std::fs`, and `fs` inside `std::{…, fs}`.
fn worldly_std(code: &str, word: &Word<'_>) -> Option<String> {
    let rest = code[word.at + 3..]
        .trim_start()
        .strip_prefix("::")?
        .trim_start();
    let modules: Vec<&str> = match rest.strip_prefix('{') {
        Some(group) => first_words_of_group(group),
        None => words(rest)
            .first()
            .map(|word| word.text)
            .into_iter()
            .collect(),
    };
    let reached = modules
        .into_iter()
        .find(|module| WORLDLY_STD.contains(module))?;
    Some(format!("std::{reached}"))
}

/// `fmt`, `fs` of `{fmt::{self, Display}, fs}`: the words that begin an item of the group.
fn first_words_of_group(group: &str) -> Vec<&str> {
    let (mut depth, mut begins, mut found) = (1_i32, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => begins = true,
            c if begins && c.is_alphabetic() => {
                found.extend(words(&group[at..]).first().map(|word| word.text));
                begins = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

/// `Zoned::now`, `Timestamp::now`: any type asked for the present moment.
fn clock(code: &str, words: &[Word<'_>], index: usize) -> Option<String> {
    let before = index.checked_sub(1).map(|index| words[index])?;
    let between = code[before.at + before.text.len()..words[index].at].trim();
    let is_type = before.text.starts_with(char::is_uppercase);
    (between == "::" && is_type).then(|| format!("{}::now", before.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house;

    fn offences(text: &str) -> Vec<String> {
        let tree = Tree::of(&[("crates/settlement/src/assess.rs", text)]);
        check(&tree, &house::edges())
            .into_iter()
            .map(|offence| offence.message)
            .collect()
    }

    #[test]
    fn files_clocks_threads_and_tasks_are_found() {
        for text in [
            "use std::fs;",
            "use std::{collections::BTreeMap, fs};",
            "let t = std::time::Instant::now();",
            "let t = jiff::Zoned::now();",
            "async fn a() {}",
            "std::thread::spawn(f);",
            "println!();",
            "use std::collections::HashMap;",
        ] {
            assert!(!offences(text).is_empty(), "{text} was let through");
        }
    }

    #[test]
    fn pure_code_comments_and_tests_are_left_alone() {
        let text = "//! Reads no clock: never `Zoned::now`.\n\
            use std::{collections::{BTreeMap, BTreeSet}, fmt};\n\
            fn print(now: Date) -> &'static str { \"std::fs\" }\n\
            #[cfg(test)] mod tests { use std::fs; }";
        assert_eq!(offences(text), Vec::<String>::new());
    }

    #[test]
    fn the_corridor_may_do_all_of_it() {
        let tree = Tree::of(&[("crates/app/src/lib.rs", "use std::fs; async fn a() {}")]);
        assert!(check(&tree, &house::edges()).is_empty());
    }
}
