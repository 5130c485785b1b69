//! 依赖方向：crate 之间只能按 `house/edges.toml` 所列的方向引用。
//!
//! Manifests are the walls of the house. This rule reads every `crates/*/Cargo.toml` and compares
//! it with the table; an edge that is not in the table is a decision that nobody has taken.

use crate::house::{Edges, Row};
use crate::{File, Offence, Tree};
use toml::{Table, Value};

/// Every edge that the table does not allow, every crate without a row, every row without a crate.
pub fn check(tree: &Tree, edges: &Edges) -> Vec<Offence> {
    let mut found = missing_rows_and_crates(tree, edges);
    for (name, row) in &edges.crates {
        let Some(manifest) = tree.file(&format!("crates/{name}/Cargo.toml")) else {
            continue;
        };
        match manifest.text.parse::<Table>() {
            Ok(table) => found.extend(check_manifest(manifest, &table, name, row, edges)),
            Err(error) => found.push(Offence::new(&manifest.path, 0, error.to_string())),
        }
    }
    found
}

fn missing_rows_and_crates(tree: &Tree, edges: &Edges) -> Vec<Offence> {
    let names = tree.crate_names();
    let rowless = names
        .iter()
        .filter(|name| !edges.crates.contains_key(**name))
        .map(|name| {
            Offence::new(
                &format!("crates/{name}"),
                0,
                "has no row in crates/tidy/house/edges.toml",
            )
        });
    let crateless = edges
        .crates
        .keys()
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| {
            Offence::new(
                "crates/tidy/house/edges.toml",
                0,
                format!("`{name}` is no crate any more"),
            )
        });
    rowless.chain(crateless).collect()
}

fn check_manifest(
    manifest: &File,
    table: &Table,
    name: &str,
    row: &Row,
    edges: &Edges,
) -> Vec<Offence> {
    let mut found = Vec::new();
    for dependency in dependencies(table) {
        let package = dependency.package.as_str();
        let allowed = if edges.crates.contains_key(package) {
            let in_tests = dependency.for_tests && row.tests_use.iter().any(|c| c == package);
            in_tests || row.uses.iter().any(|c| c == package)
        } else {
            // Tests of any crate may use any outside library.
            let only = edges.outside.get(package);
            dependency.for_tests || only.is_none_or(|only| only.iter().any(|c| c == name))
        };
        if !allowed {
            let message = format!("`{name}` may not depend on `{package}` (house/edges.toml)");
            found.push(Offence::new(&manifest.path, 0, message));
        }
    }
    found
}

/// One entry of a manifest.
pub(super) struct Dependency {
    /// The name the code uses.
    pub(super) name: String,
    /// The package behind it.
    pub(super) package: String,
    /// Whether only tests, benchmarks and examples see it.
    pub(super) for_tests: bool,
}

/// All entries: ordinary, build and test ones, and those for one platform only.
pub(super) fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let mut found = in_sections(manifest);
    if let Some(Value::Table(targets)) = manifest.get("target") {
        for target in targets.values().filter_map(Value::as_table) {
            found.extend(in_sections(target));
        }
    }
    found
}

fn in_sections(table: &Table) -> Vec<Dependency> {
    let sections = [
        ("dependencies", false),
        ("build-dependencies", false),
        ("dev-dependencies", true),
    ];
    let mut found = Vec::new();
    for (section, for_tests) in sections {
        let Some(Value::Table(entries)) = table.get(section) else {
            continue;
        };
        for (key, entry) in entries {
            let renamed = entry.get("package").and_then(Value::as_str);
            found.push(Dependency {
                name: key.replace('-', "_"),
                package: renamed.unwrap_or(key).to_owned(),
                for_tests,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house;

    fn tree_with(manifest: &str) -> Vec<Offence> {
        let full = Tree::of(&[("crates/ledger/Cargo.toml", manifest)]);
        let found = check(&full, &house::edges());
        found
            .into_iter()
            .filter(|offence| offence.path.starts_with("crates/ledger"))
            .collect()
    }

    #[test]
    fn an_edge_outside_the_table_is_found_in_every_section() {
        let bad = "[dependencies]\nsettlement.workspace = true\nmoney.workspace = true\n\
                   [build-dependencies]\nstore.workspace = true\n\
                   [target.'cfg(unix)'.dependencies]\nx = { package = \"app\", version = \"1\" }\n\
                   [dev-dependencies]\nproptest.workspace = true\n";
        let messages: Vec<_> = tree_with(bad).into_iter().map(|o| o.message).collect();
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert!(messages.iter().any(|m| m.contains("`app`")));
    }

    #[test]
    fn libraries_that_touch_the_world_are_bound_to_their_crates() {
        assert_eq!(tree_with("[dependencies]\nsqlx = \"1\"\n").len(), 1);
        assert_eq!(tree_with("[dev-dependencies]\nsqlx = \"1\"\n").len(), 0);
    }

    #[test]
    fn a_new_crate_needs_a_row() {
        let tree = Tree::of(&[("crates/attic/Cargo.toml", "")]);
        let found = check(&tree, &house::edges());
        assert!(found.iter().any(|offence| offence.path == "crates/attic"));
    }

    #[test]
    fn the_table_itself_has_no_ring() {
        let edges = house::edges();
        let mut placed: Vec<&str> = Vec::new();
        while placed.len() < edges.crates.len() {
            let ready = edges.crates.iter().find(|(name, row)| {
                !placed.contains(&name.as_str())
                    && row.uses.iter().all(|used| placed.contains(&used.as_str()))
            });
            let (name, _) = ready.expect("every crate's uses can be built before it");
            placed.push(name);
        }
    }
}
