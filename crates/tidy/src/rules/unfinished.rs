//! 不留半成品：没有待办标记、没有空壳，锁文件不点名软件源。
//!
//! Plans belong to issues. The banned words are put together here from halves, so that this file
//! does not break its own rule.

use crate::{File, Offence, Tree};

/// Marks of unfinished work, as halves.
const BANNED: [(&str, &str); 6] = [
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X"),
    ("todo", "!"),
    ("unimpl", "emented!"),
    ("#[ign", "ore"),
];

/// How the source of a package from the default registry ends in a lock file, as halves.
const DEFAULT_SOURCE: (&str, &str) = ("/crates", ".io-index\"");

/// Every banned word, and every package from elsewhere.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for file in &tree.files {
        match file.name() {
            "Cargo.lock" => found.extend(foreign(file, "source = \"", Some(DEFAULT_SOURCE))),
            "package-lock.json" => found.extend(foreign(file, "\"resolved\": \"", None)),
            _ => found.extend(banned(file)),
        }
        if file.name() == ".npmrc" && file.text.contains("registry=") {
            found.push(Offence::new(&file.path, 0, "the tree names no registry"));
        }
    }
    found
}

fn banned(file: &File) -> Vec<Offence> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for (head, tail) in BANNED {
            let word = format!("{head}{tail}");
            if stands_alone(line, &word) {
                let message = format!("`{word}`: finish it, or write an issue");
                found.push(Offence::new(&file.path, index + 1, message));
            }
        }
    }
    found
}

fn stands_alone(line: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let ends_open = word.ends_with(is_word);
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !(before.is_some_and(is_word) || ends_open && after.is_some_and(is_word))
    })
}

/// Packages whose source is named and is not the one allowed.
fn foreign(file: &File, key: &str, allowed: Option<(&str, &str)>) -> Vec<Offence> {
    let allowed = allowed.map(|(head, tail)| format!("{head}{tail}"));
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let Some((_, source)) = line.split_once(key) else {
            continue;
        };
        if !allowed
            .as_ref()
            .is_some_and(|known| source.ends_with(known.as_str()))
        {
            found.push(Offence::new(
                &file.path,
                index + 1,
                "package from a place of its own",
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_unfinished_work_are_found() {
        for (head, tail) in BANNED {
            let text = format!("// {head}{tail} later\n");
            let found = check(&Tree::of(&[("crates/app/src/a.rs", &text)]));
            assert_eq!(found.len(), 1, "{text}");
        }
    }

    #[test]
    fn words_that_merely_contain_them_are_left_alone() {
        let text = format!("let MYTO{}S = 1;", "DO");
        assert!(check(&Tree::of(&[("crates/app/src/a.rs", &text)])).is_empty());
    }

    #[test]
    fn packages_come_from_the_default_registry() {
        let lock = "source = \"registry+https://packages.example/index\"\n";
        assert_eq!(check(&Tree::of(&[("Cargo.lock", lock)])).len(), 1);
        let lock = "\"resolved\": \"https://packages.example/a.tgz\"\n";
        assert_eq!(
            check(&Tree::of(&[("console/package-lock.json", lock)])).len(),
            1
        );
    }
}
