//! 知识库：知识行的版本、导入差异、在用的内容。
//!
//! A row of knowledge is never edited: what changes it is a new version. [`difference`] compares
//! what is kept with what somebody hands in and says what would be new, changed or retired;
//! [`in_service`] cuts the versions against each other so that every fee date meets one of them.

mod compare;
mod domain;
mod row;
mod service;

pub use compare::{Changed, Difference, difference};
pub use domain::faults_of;
pub use row::{Given, RowStatus, VersionedRow};
pub use service::{in_service, knowledge_of};
