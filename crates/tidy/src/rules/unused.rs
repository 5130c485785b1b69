//! 依赖有用：清单里写的库，代码里要用到。
//!
//! A dependency that nobody uses is still compiled by everybody. A library counts as used when
//! its name stands in the code of the crate; for test dependencies tests, benchmarks and examples
//! count.

use super::edges::dependencies;
use crate::rust::{code_of, words};
use crate::{Offence, Tree};
use std::collections::BTreeSet;
use toml::Table;

/// Every dependency whose name no code of its crate contains.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for name in tree.crate_names() {
        let path = format!("crates/{name}/Cargo.toml");
        let manifest = tree
            .file(&path)
            .and_then(|file| file.text.parse::<Table>().ok());
        let Some(manifest) = manifest else { continue };
        let product = names_in(tree, &format!("crates/{name}/src/"));
        let all = names_in(tree, &format!("crates/{name}/"));
        for dependency in dependencies(&manifest) {
            let code = if dependency.for_tests { &all } else { &product };
            if !code.contains(dependency.name.as_str()) {
                let message = format!("`{}` is used nowhere; remove it", dependency.package);
                found.push(Offence::new(&path, 0, message));
            }
        }
    }
    found
}

fn names_in(tree: &Tree, folder: &str) -> BTreeSet<String> {
    let sources = tree.below(folder).filter(|file| file.extension() == "rs");
    let mut names = BTreeSet::new();
    for source in sources {
        names.extend(
            words(&code_of(&source.text))
                .iter()
                .map(|word| word.text.to_owned()),
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offences(manifest: &str) -> usize {
        let tree = Tree::of(&[
            ("crates/a/Cargo.toml", manifest),
            ("crates/a/src/lib.rs", "use tower_http::limit; // serde"),
            ("crates/a/tests/a.rs", "proptest::proptest! {}"),
        ]);
        check(&tree).len()
    }

    #[test]
    fn names_in_code_count_and_names_in_comments_do_not() {
        assert_eq!(offences("[dependencies]\ntower-http = \"1\"\n"), 0);
        assert_eq!(offences("[dependencies]\nserde = \"1\"\n"), 1);
    }

    #[test]
    fn what_only_tests_use_is_a_test_dependency() {
        assert_eq!(offences("[dependencies]\nproptest = \"1\"\n"), 1);
        assert_eq!(offences("[dev-dependencies]\nproptest = \"1\"\n"), 0);
    }
}
