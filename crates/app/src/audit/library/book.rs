use ::audit::library::{in_service, knowledge_of};
use ::audit::{Knowledge, Params, all_rules};
use sha2::{Digest, Sha256};

use crate::audit::AuditBook;
use crate::{App, Error};

/// Bytes of a hash that name an edition.
const NAMING: usize = 8;

impl AuditBook {
    /// Knowledge and parameters under the names of their contents (审核依据).
    pub fn new(knowledge: Knowledge, params: Params) -> Self {
        let mut rules = Sha256::new();
        for rule in all_rules() {
            rules.update(format!("{}@{}\n", rule.id, rule.version).as_bytes());
            for one in rule.parameters {
                let line = format!("{}={}\n", one.key, params.text(rule, one.key));
                rules.update(line.as_bytes());
            }
        }
        let mut rows = Sha256::new();
        for text in knowledge.texts() {
            rows.update(text.as_bytes());
            rows.update(b"\n");
        }
        Self {
            knowledge_edition: hex(&rows.finalize()[..NAMING]),
            rules_edition: hex(&rules.finalize()[..NAMING]),
            knowledge,
            params,
        }
    }
}

impl App {
    /// Judges by the approved knowledge of the store from now on, parameters as they are (启用在用
    /// 知识库); answers whether there is any. What has begun goes on with what it holds.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn reload_knowledge(&self) -> Result<bool, Error> {
        let rows = in_service(&self.kept_knowledge(self.home).await?);
        if rows.is_empty() {
            return Ok(false);
        }
        let params = self.audit_book().params.clone();
        self.set_audit_book(AuditBook::new(knowledge_of(&rows), params));
        Ok(true)
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
