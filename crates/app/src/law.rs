use std::collections::HashMap;
use std::sync::Arc;

use grouping::Schemes;
use payment::MethodBook;
use policy::{AreaPolicy, CatalogueItem, PolicyBook, Provenance, SchemePolicy};
use terms::{AreaCode, Date, Scheme, Word};

use crate::Error;

/// Everything read from `policy/` and `catalogues/`, as the use cases need it (政策与目录).
pub struct Law {
    /// The policy of every area.
    pub book: PolicyBook,
    /// How institutions are paid.
    pub methods: MethodBook,
    /// The catalogue, by national code.
    pub items: HashMap<Word, Arc<CatalogueItem>>,
    /// Diagnoses: code and name.
    pub diagnoses: HashMap<String, String>,
    /// Grouping schemes.
    pub schemes: Schemes,
}

impl Law {
    /// The law of an area.
    ///
    /// # Errors
    /// A refusal where this service holds no policy for it.
    pub fn area(&self, area: AreaCode) -> Result<&AreaPolicy, Error> {
        self.book
            .areas
            .get(&area)
            .ok_or_else(|| Error::refused("unknown_area", format!("没有统筹区“{area}”的政策")))
    }

    /// The law of a scheme in an area.
    ///
    /// # Errors
    /// A refusal where the area has no such scheme.
    pub fn scheme(&self, area: AreaCode, scheme: Scheme) -> Result<&SchemePolicy, Error> {
        let policy = self.area(area)?;
        policy.schemes.get(&scheme).ok_or_else(|| {
            Error::refused(
                "unknown_scheme",
                format!("{}没有险种“{scheme}”", policy.name),
            )
        })
    }

    /// The catalogue entry of a code.
    pub fn item(&self, code: &str) -> Option<&Arc<CatalogueItem>> {
        self.items.get(code)
    }

    /// What a diagnosis is called, as far as a table says.
    pub fn diagnosis_name(&self, code: &str) -> Option<&str> {
        let own = self.schemes.diagnoses.get(code);
        own.or_else(|| self.diagnoses.get(code)).map(String::as_str)
    }

    /// What a procedure is called, as far as a table says.
    pub fn procedure_name(&self, code: &str) -> Option<&str> {
        self.schemes.procedures.get(code).map(String::as_str)
    }

    /// The 中文 name of a declared word, or the word itself.
    pub fn word<'a>(&'a self, area: AreaCode, word: &'a Word) -> &'a str {
        let declared = self
            .book
            .areas
            .get(&area)
            .and_then(|area| area.words.get(word));
        declared.map_or(word.as_str(), String::as_str)
    }

    /// The law behind a step that was saved by key and effective date.
    pub fn provenance(
        &self,
        area: AreaCode,
        scheme: Scheme,
        key: &Word,
        effective: Date,
    ) -> Option<&Arc<Provenance>> {
        let scheme = self.book.areas.get(&area)?.schemes.get(&scheme)?;
        scheme.provenance(key, effective)
    }
}
