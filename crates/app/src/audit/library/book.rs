use std::sync::Arc;

use ::audit::library::{in_service, knowledge_of};
use ::audit::{Knowledge, Params, all_rules};
use sha2::{Digest, Sha256};

use crate::audit::{AuditBook, BookSource};
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
            source: BookSource::default(),
        }
    }
}

impl App {
    /// What the audit judges by now (现行审核依据): an edition that anybody approved since, by
    /// whatever service or command on this store, is read first; parameters stay as they are.
    /// What has begun goes on with what it holds.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails, [`Error::Bug`] where an edition cannot be read; the
    /// book held before stays.
    pub async fn latest_book(&self) -> Result<Arc<AuditBook>, Error> {
        if self.newer_edition().await?.is_none() {
            return Ok(self.audit_book());
        }
        let _alone = self.reloading.lock().await;
        if let Some(edition) = self.newer_edition().await? {
            let rows = in_service(&self.kept_knowledge(self.home).await?);
            let params = self.audit_book().params.clone();
            self.set_audit_book(AuditBook {
                source: BookSource::Approved(edition),
                ..AuditBook::new(knowledge_of(&rows), params)
            });
        }
        Ok(self.audit_book())
    }

    /// The edition approved last, where the book in hand does not have it yet and may change.
    async fn newer_edition(&self) -> Result<Option<String>, Error> {
        let held = match &self.audit_book().source {
            BookSource::Named => return Ok(None),
            BookSource::Shipped => None,
            BookSource::Approved(edition) => Some(edition.clone()),
        };
        let last = self.store.last_approved_knowledge(self.home).await?;
        Ok(last.filter(|last| held.as_ref() != Some(last)))
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
