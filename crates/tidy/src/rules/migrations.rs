//! 迁移成对：每个迁移在 SQLite 与 PostgreSQL 下各有一份，名称相同。
//!
//! Both engines are carried from the start so that neither shapes the other; a migration that
//! exists for one only would let them drift apart.

use crate::{Offence, Tree};
use std::collections::BTreeSet;

const HOME: &str = "crates/store/migrations/";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Every migration that one engine lacks, and every SQL file that belongs to neither.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    let of_engine = ENGINES.map(|engine| names(tree, engine));
    for (at, engine) in ENGINES.iter().enumerate() {
        for name in of_engine[1 - at].difference(&of_engine[at]) {
            let message = format!("missing: {} has it", ENGINES[1 - at]);
            found.push(Offence::new(&format!("{HOME}{engine}/{name}"), 0, message));
        }
    }
    for file in tree.below(HOME).filter(|file| file.extension() == "sql") {
        let rest = &file.path[HOME.len()..];
        let placed = rest
            .split_once('/')
            .is_some_and(|(engine, _)| ENGINES.contains(&engine));
        if !placed {
            found.push(Offence::new(
                &file.path,
                0,
                "stands outside sqlite/ and postgres/",
            ));
        }
    }
    found
}

fn names(tree: &Tree, engine: &str) -> BTreeSet<String> {
    let prefix = format!("{HOME}{engine}/");
    let files = tree.below(&prefix).filter(|file| file.extension() == "sql");
    files
        .map(|file| file.path[prefix.len()..].to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_has_every_migration() {
        let paired = Tree::of(&[
            ("crates/store/migrations/sqlite/0001_people.sql", ""),
            ("crates/store/migrations/postgres/0001_people.sql", ""),
        ]);
        assert!(check(&paired).is_empty());
        let lone = Tree::of(&[
            ("crates/store/migrations/sqlite/0001_people.sql", ""),
            ("crates/store/migrations/0002_bills.sql", ""),
        ]);
        assert_eq!(check(&lone).len(), 2);
    }
}
