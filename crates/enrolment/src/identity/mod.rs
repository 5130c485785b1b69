//! 证件：识别、校验、推出出生日期和性别。
//!
//! A number is read as the kind of document it is said to be; the room never guesses a kind, and a
//! number that cannot be right is an [`Issue`] naming field and value. What the number itself says
//! about birth and sex can be compared with what the register holds.

mod document;
mod flaw;
mod foreigner;
mod number;
mod other;

pub use document::{BirthMark, Document};
pub use flaw::{Flaw, Issue};
pub use number::check_character;
pub use terms::DocumentKind;

#[cfg(test)]
mod tests;
