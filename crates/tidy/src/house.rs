//! The data under `house/`, typed: what the rules allow.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Which way things may point: `house/edges.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edges {
    /// One row for each crate of the workspace.
    pub crates: BTreeMap<String, Row>,
    /// Outside libraries that only the named crates may use.
    pub outside: BTreeMap<String, Vec<String>>,
}

/// What one crate may depend on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Where in the house it stands.
    pub floor: Floor,
    /// Crates of this workspace it may depend on.
    pub uses: Vec<String>,
    /// Further crates of this workspace its tests and benchmarks may depend on.
    #[serde(default)]
    pub tests_use: Vec<String>,
}

/// The four floors of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Floor {
    /// Shared words; pure.
    Words,
    /// A business domain; pure.
    Room,
    /// Load, decide, record; talks to the world.
    Corridor,
    /// Tools for building and testing the house.
    Workshop,
}

impl Floor {
    /// Whether crates on this floor touch nothing outside their arguments.
    pub fn is_pure(self) -> bool {
        matches!(self, Self::Words | Self::Room)
    }
}

/// The national interface's abbreviations and where they may stand: `house/abbreviations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    /// Parts of names, between underscores, that are not words.
    pub parts: String,
    /// Whole names whose parts are words elsewhere.
    pub names: String,
    /// Places outside `wire` that speak the interface on purpose.
    #[serde(default)]
    pub allowed: Vec<Place>,
}

/// A path, or the beginning of one, with the reason why a rule does not hold there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Path relative to the root; a folder ends with a slash.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Things that are still too large: `house/sizes.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Each offender, with its size at the last look and the reason it is still so large.
    #[serde(default)]
    pub offender: Vec<Offender>,
}

/// A file, a function or the long lines of a file, above its ceiling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offender {
    /// What is measured.
    pub what: Measure,
    /// The file.
    pub path: String,
    /// The function, where a function is measured.
    #[serde(default)]
    pub name: String,
    /// Lines of the file or function; number of long lines.
    pub size: usize,
    /// Why it is still above the ceiling.
    pub reason: String,
}

/// What the size rule measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Lines of a file, tests left out.
    File,
    /// Lines of a function.
    Function,
    /// How many lines of a file are longer than the ceiling.
    Lines,
}

/// The dependency table as committed.
pub fn edges() -> Edges {
    parse(include_str!("../house/edges.toml"), "edges.toml")
}

/// The abbreviations as committed.
pub fn abbreviations() -> Abbreviations {
    parse(
        include_str!("../house/abbreviations.toml"),
        "abbreviations.toml",
    )
}

/// The size offenders as committed.
pub fn sizes() -> Sizes {
    parse(include_str!("../house/sizes.toml"), "sizes.toml")
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, name: &str) -> T {
    match toml::from_str(text) {
        Ok(value) => value,
        Err(error) => panic!("crates/tidy/house/{name} cannot be read: {error}"),
    }
}
