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
