//! 知识库：导入、批准、查阅，在用的版本交给规则。
//!
//! What is imported is a proposal that another person approves; rows are versions that stay. What
//! changes is worked out in the room `audit::library`.

mod book;
mod decide;
mod propose;
mod read;

pub use propose::{NewKnowledge, Proposal, report_of};
pub use read::{Edition, KnowledgeTable, RowVersion};
