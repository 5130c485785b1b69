use std::sync::Arc;

use ::audit::{Knowledge, Params};

use crate::App;

/// What the audit judges by: knowledge, parameters, and their editions (审核依据).
///
/// Empty until somebody sets it; rules that need knowledge wait for it then.
#[derive(Debug, Clone, Default)]
pub struct AuditBook {
    /// 知识库.
    pub knowledge: Knowledge,
    /// 规则参数.
    pub params: Params,
    /// Hash of the knowledge.
    pub knowledge_edition: String,
    /// Hash of the rules with their versions and parameters.
    pub rules_edition: String,
    /// Where the knowledge comes from.
    pub source: BookSource,
}

/// Where the knowledge of a book comes from, and so what may take its place (知识库来源).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BookSource {
    /// What the program brings along, or nothing: gives way to the first approved edition.
    #[default]
    Shipped,
    /// Folders that the operator named at the start: approvals wait for the next start.
    Named,
    /// The editions approved in the store, this one the last: gives way to the next.
    Approved(String),
}

impl App {
    /// What the audit judges by now; who holds it goes on with it when it changes.
    pub fn audit_book(&self) -> Arc<AuditBook> {
        let book = self.audit_book.read();
        book.expect("no holder of the book panics").clone()
    }

    /// Judges by other knowledge or parameters from now on.
    pub fn set_audit_book(&self, book: AuditBook) {
        let mut held = self
            .audit_book
            .write()
            .expect("no holder of the book panics");
        *held = Arc::new(book);
    }
}
