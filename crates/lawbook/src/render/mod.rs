//! Typed law as 中文 text for people.

mod condition;

pub(crate) use condition::test_title;
