use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::office::Clerk;
use crate::{App, Error};

/// How people were identified at one institution (凭证使用).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageLine {
    /// The institution.
    pub institution: String,
    /// By the electronic credential.
    pub electronic: i64,
    /// By the card.
    pub card: i64,
    /// By a document.
    pub document: i64,
}

impl UsageLine {
    /// All settlements.
    pub const fn settlements(&self) -> i64 {
        self.electronic + self.card + self.document
    }
}

/// How the electronic credential was used in a month (医保码使用统计).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialUsage {
    /// By institution; those that name no credential are missing.
    pub lines: Vec<UsageLine>,
    /// People who have activated it.
    pub activated: i64,
    /// People in the register.
    pub people: i64,
}

impl App {
    /// Settlements of the month that a day lies in by institution and credential, and how many
    /// people have activated the electronic one.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn credential_usage(
        &self,
        clerk: &Clerk,
        month: Date,
    ) -> Result<CredentialUsage, Error> {
        let first = month.first_of_month();
        let next = first
            .checked_add(Span::new().months(1))
            .unwrap_or(Date::MAX);
        let (from, to) = (first.at(0, 0, 0, 0), next.at(0, 0, 0, 0));
        let rows = self.store.credential_usage(clerk.area, from, to).await?;
        let mut lines: BTreeMap<String, UsageLine> = BTreeMap::new();
        for row in rows {
            let line = lines.entry(row.institution.clone()).or_default();
            line.institution = row.institution;
            let count = match row.proof.as_str() {
                "credential" => &mut line.electronic,
                "card" => &mut line.card,
                _ => &mut line.document,
            };
            *count += row.count;
        }
        let (activated, people) = self.store.activation_count(clerk.area).await?;
        Ok(CredentialUsage {
            lines: lines.into_values().collect(),
            activated,
            people,
        })
    }
}
