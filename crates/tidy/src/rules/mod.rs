//! One file per rule: a function from a [`crate::Tree`] to what breaks the rule.

pub mod abbreviations;
pub mod documents;
pub mod doors;
pub mod edges;
pub mod floats;
pub mod glossary;
pub mod migrations;
pub mod purity;
pub mod sizes;
pub mod unfinished;
pub mod unused;
