use crate::{App, Call, Error};

/// What names a person at the counter (凭证).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// 证件号码.
    Document(String),
    /// 社会保障卡号.
    Card(String),
    /// 医保电子凭证.
    Credential(String),
    /// 人员编号.
    Number(String),
}

impl Identifier {
    /// The word in the store.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Card(_) => "card",
            Self::Credential(_) => "credential",
            Self::Number(_) => "number",
        }
    }

    /// What was shown.
    pub fn value(&self) -> &str {
        match self {
            Self::Document(value)
            | Self::Card(value)
            | Self::Credential(value)
            | Self::Number(value) => value,
        }
    }
}

impl App {
    /// The number of the person an identifier names.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody is known by it.
    pub async fn find_person(&self, call: &Call, by: &Identifier) -> Result<String, Error> {
        if let Identifier::Number(number) = by {
            return self.kept_number(call.area, number).await;
        }
        if let Identifier::Credential(token) = by {
            return self.read_token(call, token).await;
        }
        let found = self
            .store
            .find_person_no(call.area, by.kind(), by.value())
            .await?;
        found.ok_or_else(|| Error::missing("参保人", by.value()))
    }
}
