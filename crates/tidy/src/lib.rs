//! 房屋规矩：以普通测试执行的架构检查。
//!
//! The house rules of this repository as ordinary tests: `cargo test -p tidy` reads the tree and
//! fails with a list of `path:line: what is wrong`. Nothing lives only in the build service.
//!
//! What the rules *allow* is data under `house/`: which crate may see which ([`rules::edges`]),
//! where the national interface's abbreviations may stand ([`rules::abbreviations`]), and which
//! files are still too large ([`rules::sizes`], a list that may only shrink). One file in
//! `src/rules/` is one rule; each rule is a function from a [`Tree`] to a list of [`Offence`]s, so
//! its own tests can hand it a small invented tree that breaks it.
//!
//! To add a rule: write `src/rules/<rule>.rs` with a test that it bites, and one line in
//! `tests/house.rs`.

pub mod house;
pub mod rules;
pub mod rust;
mod tree;

pub use tree::{File, Tree};

/// One place where the tree breaks a house rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    /// Path relative to the root of the repository.
    pub path: String,
    /// Line counted from one; zero when the offence concerns the whole file.
    pub line: usize,
    /// What is wrong and, where it is not obvious, what to do instead.
    pub message: String,
}

impl Offence {
    /// An offence at a place.
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Offence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{}: {}", self.path, line, self.message),
        }
    }
}
