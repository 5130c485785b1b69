use std::collections::{BTreeMap, BTreeSet};

use ::audit::library::{RowStatus, VersionedRow, in_service};
use ::store::{KnowledgeEditionRow, KnowledgeRow};
use jiff::civil::DateTime;
use terms::AreaCode;

use crate::{App, Error};

/// An edition of the knowledge with what was decided of it (知识库版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number.
    pub edition: String,
    /// `proposed`, `approved` or `rejected`.
    pub state: String,
    /// Who imported it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime,
    /// Who approved it or sent it back, or empty.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<DateTime>,
    /// Where its rows came from.
    pub source: String,
    /// Why it was sent back, or empty.
    pub reason: String,
    /// Versions it adds.
    pub rows: i64,
    /// Hash of what it adds.
    pub hash: String,
    /// How it differs from what was kept, JSON.
    pub report: String,
}

/// A table of the knowledge in service (知识表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeTable {
    /// Its name.
    pub name: String,
    /// Rows in service.
    pub rows: usize,
    /// Versions on record, approved.
    pub versions: usize,
}

/// One version of a knowledge row with the edition that brought it (知识行版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowVersion {
    /// The version.
    pub row: VersionedRow,
    /// The edition.
    pub edition: Edition,
}

impl Edition {
    /// Where it stands, 中文.
    pub fn state_name(&self) -> &'static str {
        match self.state.as_str() {
            "approved" => "已批准",
            "rejected" => "已退回",
            _ => "待批准",
        }
    }
}

impl App {
    /// All editions, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn knowledge_editions(&self, area: AreaCode) -> Result<Vec<Edition>, Error> {
        let rows = self.store.knowledge_editions(area).await?;
        let mut editions: Vec<Edition> = Vec::new();
        for row in rows {
            match editions.last_mut().filter(|one| one.edition == row.edition) {
                Some(known) => {
                    known.state = row.state;
                    known.decided_by = row.by;
                    known.decided_at = Some(row.at);
                    known.reason = row.note;
                }
                None => editions.push(proposed(row)),
            }
        }
        editions.reverse();
        Ok(editions)
    }

    /// An edition.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none of this number.
    pub async fn knowledge_edition(&self, area: AreaCode, edition: &str) -> Result<Edition, Error> {
        let mut all = self.knowledge_editions(area).await?.into_iter();
        let found = all.find(|one| one.edition == edition);
        found.ok_or_else(|| Error::missing("知识库版本", edition))
    }

    /// Every approved version of every row.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn kept_knowledge(&self, area: AreaCode) -> Result<Vec<VersionedRow>, Error> {
        let editions = self.knowledge_editions(area).await?;
        let approved: BTreeSet<&str> = editions
            .iter()
            .filter(|one| one.state == "approved")
            .map(|one| one.edition.as_str())
            .collect();
        let rows = self.store.knowledge_rows(area, None).await?;
        let rows = rows
            .iter()
            .filter(|row| approved.contains(row.edition.as_str()));
        rows.map(versioned).collect()
    }

    /// The tables on record with how many rows are in service.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn knowledge_tables(&self, area: AreaCode) -> Result<Vec<KnowledgeTable>, Error> {
        let kept = self.kept_knowledge(area).await?;
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for row in &kept {
            counts.entry(row.table.clone()).or_default().1 += 1;
        }
        for row in in_service(&kept) {
            counts.entry(row.table).or_default().0 += 1;
        }
        let table = |(name, (rows, versions))| KnowledgeTable {
            name,
            rows,
            versions,
        };
        Ok(counts.into_iter().map(table).collect())
    }

    /// All versions of a row, oldest first, those not approved among them.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such row.
    pub async fn knowledge_history(
        &self,
        area: AreaCode,
        (table, id): (&str, &str),
    ) -> Result<Vec<RowVersion>, Error> {
        let rows = self.store.knowledge_rows(area, Some((table, id))).await?;
        let editions = self.knowledge_editions(area).await?;
        let mut found = Vec::new();
        for row in &rows {
            let edition = editions.iter().find(|one| one.edition == row.edition);
            if let Some(edition) = edition {
                found.push(RowVersion {
                    row: versioned(row)?,
                    edition: edition.clone(),
                });
            }
        }
        match found.is_empty() {
            true => Err(Error::missing("知识行", format!("{table} {id}"))),
            false => Ok(found),
        }
    }
}

fn proposed(row: KnowledgeEditionRow) -> Edition {
    Edition {
        edition: row.edition,
        state: row.state,
        proposed_by: row.by,
        proposed_at: row.at,
        decided_by: String::new(),
        decided_at: None,
        source: row.note,
        reason: String::new(),
        rows: row.rows,
        hash: row.hash,
        report: row.report,
    }
}

fn versioned(row: &KnowledgeRow) -> Result<VersionedRow, Error> {
    let broken = |what: String| Error::Bug(format!("knowledge row {}: {what}", row.id));
    let cells = serde_json::from_str(&row.cells);
    let status = RowStatus::parse(&row.status);
    Ok(VersionedRow {
        table: row.table.clone(),
        id: row.id.clone(),
        version: row.version,
        status: status.ok_or_else(|| broken(row.status.clone()))?,
        cells: cells.map_err(|cause| broken(cause.to_string()))?,
    })
}
