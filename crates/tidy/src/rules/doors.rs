//! 门面：每个 crate 的门口有中文说明，`lib.rs` 是门不是房间，没有走不到的文件。
//!
//! A reader opens `README.md` or the crate documentation first and must learn there, in Chinese,
//! what the room is for. `lib.rs` stays short, and a source file that no `mod` line
//! reaches is dead.

use crate::{File, Offence, Tree};

const LIB: usize = 120;
const TERMS: usize = 2000;

/// Every crate whose door is missing, mute or too wide, and every file behind a wall.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for name in tree.crate_names() {
        found.extend(door(tree, name));
    }
    for file in tree.files.iter().filter(|file| file.is_rust_source()) {
        if file.name() == "lib.rs" && file.text.lines().count() > LIB {
            found.push(Offence::new(
                &file.path,
                0,
                format!("more than {LIB} lines"),
            ));
        }
        found.extend(unreached(tree, file));
    }
    found.extend(attic(tree));
    found
}

/// The crate's README, or the documentation at the top of its root file, begins in Chinese.
fn door(tree: &Tree, name: &str) -> Option<Offence> {
    let readme = tree.file(&format!("crates/{name}/README.md"));
    let roots = ["lib.rs", "main.rs"].map(|root| format!("crates/{name}/src/{root}"));
    let root = roots.iter().find_map(|path| tree.file(path));
    let opening = match (readme, root) {
        (Some(readme), _) => readme.text.lines().next(),
        (None, Some(root)) => root
            .text
            .lines()
            .next()
            .filter(|line| line.starts_with("//!")),
        (None, None) => None,
    };
    let message = "README.md or crate documentation must begin with a Chinese line";
    let mute = !opening.unwrap_or_default().chars().any(is_chinese);
    mute.then(|| Offence::new(&format!("crates/{name}"), 0, message))
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// A module file must be named by a `mod` line of its parent.
fn unreached(tree: &Tree, file: &File) -> Option<Offence> {
    let (_, inside) = file.path.split_once("/src/")?;
    let (folder, name) = file.path.rsplit_once('/')?;
    if inside.starts_with("bin/") || ["lib.rs", "main.rs"].contains(&inside) {
        return None;
    }
    let (module, parents) = if name == "mod.rs" {
        let (outer, module) = folder.rsplit_once('/')?;
        (module, parents_of(outer))
    } else {
        (name.strip_suffix(".rs")?, parents_of(folder))
    };
    let declared = format!("mod {module}");
    let mut texts = parents.iter().filter_map(|path| tree.file(path));
    let reached = texts.any(|parent| parent.text.lines().any(|line| declares(line, &declared)));
    (!reached).then(|| Offence::new(&file.path, 0, "no `mod` line reaches this file"))
}

fn declares(line: &str, declared: &str) -> bool {
    let rest = line.split(declared).nth(1);
    rest.is_some_and(|rest| rest.trim_start().starts_with([';', '{']))
}

/// Files that may hold the `mod` lines for a folder.
fn parents_of(folder: &str) -> [String; 4] {
    ["/lib.rs", "/main.rs", "/mod.rs", ".rs"].map(|end| format!("{folder}{end}"))
}

/// `terms` past its ceiling means that a room is missing.
fn attic(tree: &Tree) -> Option<Offence> {
    let sources = tree.below("crates/terms/src/");
    let lines: usize = sources.map(|file| file.text.lines().count()).sum();
    let message = format!("{lines} lines, ceiling {TERMS}: a room is missing");
    (lines > TERMS).then(|| Offence::new("crates/terms", 0, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files))
            .into_iter()
            .map(|offence| offence.to_string())
            .collect()
    }

    #[test]
    fn a_crate_opens_in_chinese() {
        let crates = |root| [("crates/a/Cargo.toml", ""), ("crates/a/src/lib.rs", root)];
        assert!(messages(&crates("//! 账本：只追加。\n")).is_empty());
        assert!(messages(&crates("//! # 账本\n")).is_empty());
        assert_eq!(messages(&crates("//! A ledger.\n")).len(), 1);
        assert_eq!(messages(&crates("mod a;\n")).len(), 1);
    }

    #[test]
    fn a_readme_takes_the_place_of_the_crate_documentation() {
        let files = [
            ("crates/a/Cargo.toml", ""),
            ("crates/a/README.md", "# Ledger\n"),
        ];
        assert_eq!(messages(&files).len(), 1);
    }

    #[test]
    fn files_without_a_mod_line_are_dead() {
        let root = "//! 甲\nmod b;\npub mod c { }\nmod dd;\n";
        let found = messages(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/a/src/lib.rs", root),
            ("crates/a/src/b.rs", "mod inner;"),
            ("crates/a/src/b/inner.rs", ""),
            ("crates/a/src/c/mod.rs", ""),
            ("crates/a/src/d.rs", ""),
            ("crates/a/src/bin/tool.rs", ""),
        ]);
        assert_eq!(
            found,
            ["crates/a/src/d.rs: no `mod` line reaches this file"]
        );
    }

    #[test]
    fn wide_doors_and_full_attics_are_found() {
        let long = format!("//! 词\n{}", "//! a\n".repeat(2000));
        let files = [
            ("crates/terms/Cargo.toml", ""),
            ("crates/terms/src/lib.rs", long.as_str()),
        ];
        assert_eq!(messages(&files).len(), 2);
    }
}
