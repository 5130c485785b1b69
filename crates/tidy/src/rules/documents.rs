//! 文档属实：文档里写到的路径、测试和命令在仓库中存在。
//!
//! A document that names a file which was renamed is worse than silence. Every path between
//! backticks, every relative link and every `crate::path::test` named as a guard is looked up.

use crate::rust::{code_of, functions};
use crate::{File, Offence, Tree};

/// Folders and files at the top by which a path between backticks is recognised.
const TOPS: [&str; 8] = [
    "crates/",
    "policy/",
    "catalogues/",
    "cases/",
    "demo/",
    "console/",
    "docs/",
    ".ci/",
];

/// Every document at the top, under `docs/` and at a crate's door that names something missing.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let documents = tree.files.iter().filter(|file| file.extension() == "md");
    documents.flat_map(|file| check_file(tree, file)).collect()
}

fn check_file(tree: &Tree, file: &File) -> Vec<Offence> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let named = paths(line).into_iter().chain(links(file, line));
        for path in named.filter(|path| !tree.has(path)) {
            let message = format!("names `{path}`, which does not exist");
            found.push(Offence::new(&file.path, index + 1, message));
        }
        for test in guards(line)
            .into_iter()
            .filter(|test| !has_function(tree, test))
        {
            let message = format!("names the guard `{test}`, which does not exist");
            found.push(Offence::new(&file.path, index + 1, message));
        }
    }
    found
}

/// Paths between backticks, placeholders and patterns left out.
fn paths(line: &str) -> Vec<String> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| TOPS.iter().any(|top| text.starts_with(top)))
        .filter(|text| !text.contains(['<', '*', '{', '…', ' ', 'N']))
        .filter(|text| !text.ends_with("/dist")) // built, not written
        .map(|text| text.trim_end_matches('/').to_owned())
        .collect()
}

/// Relative links of Markdown, resolved against the folder of the document.
fn links(file: &File, line: &str) -> Vec<String> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let targets = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let relative = targets.filter(|to| !to.contains(':') && !to.starts_with('#'));
    relative
        .map(|to| resolve(folder, to.split('#').next().unwrap_or(to)))
        .collect()
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// `crate::some_test` on a line that begins with `Guard` or in a table's guard cell.
fn guards(line: &str) -> Vec<&str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| line.contains("Guard") && text.contains("::"))
        .filter(|text| {
            text.chars()
                .all(|c| c.is_ascii_alphanumeric() || "_:-".contains(c))
        })
        .collect()
}

/// Whether the crate named first holds a function named last.
fn has_function(tree: &Tree, guard: &str) -> bool {
    let (Some(first), Some(last)) = (guard.split("::").next(), guard.rsplit("::").next()) else {
        return false;
    };
    let prefix = format!("crates/{first}/");
    let mut sources = tree.below(&prefix).filter(|file| file.extension() == "rs");
    sources.any(|file| {
        file.text.contains(last)
            && functions(&code_of(&file.text))
                .iter()
                .any(|f| f.name == last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/decisions/0001-pure-rooms.md", text),
            ("docs/guides/operator.md", ""),
            ("crates/money/src/fen.rs", "fn sums_to_the_pool() {}"),
        ]);
        check(&tree)
            .into_iter()
            .map(|offence| offence.message)
            .collect()
    }

    #[test]
    fn missing_paths_links_and_guards_are_found() {
        assert_eq!(messages("see `crates/money/src/yuan.rs`").len(), 1);
        assert_eq!(messages("see [guide](../guides/clerk.md)").len(), 1);
        assert_eq!(messages("Guard: `money::sums_to_the_fen`").len(), 1);
    }

    #[test]
    fn what_exists_and_what_is_only_a_pattern_passes() {
        assert!(messages("`crates/money/` and [guide](../guides/operator.md#backup)").is_empty());
        assert!(messages("Guard: `money::sums_to_the_pool`").is_empty());
        assert!(
            messages("`crates/<room>/src/steps/<step>.rs`, `docs/decisions/NNNN-title.md`")
                .is_empty()
        );
        assert!(messages("```\ncat `crates/nothing`\n```").is_empty());
    }
}
