use std::collections::BTreeMap;

use ::audit::library::{Changed, Difference, Given, VersionedRow, difference};
use ::store::{Answer, AuditCommit, KnowledgeEditionRow, KnowledgeRow};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use terms::AreaCode;

use crate::audit::Officer;
use crate::audit::record::count;
use crate::{App, Error};

/// Rows that somebody hands in (待导入的知识).
#[derive(Debug, Clone, Default)]
pub struct NewKnowledge {
    /// Where they come from.
    pub source: String,
    /// The rows.
    pub rows: Vec<Given>,
    /// Lines that could not be read, with their places, Chinese.
    pub unread: Vec<String>,
}

/// What an import would change, and the edition it was kept as (知识库导入).
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The edition to be approved; none where nothing changes, and where rows that cannot be taken
    /// keep back the others.
    pub edition: Option<String>,
    /// What changes.
    pub difference: Difference,
}

impl App {
    /// What an import would change, without keeping anything (导入试运行).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn compare_knowledge(
        &self,
        area: AreaCode,
        new: NewKnowledge,
    ) -> Result<Difference, Error> {
        let kept = self.kept_knowledge(area).await?;
        let mut found = difference(&kept, new.rows);
        found.bad.splice(0..0, new.unread);
        Ok(found)
    }

    /// Takes knowledge in as a proposal (导入知识库): compares it with what is approved and keeps
    /// the new versions until somebody else approves them.
    ///
    /// A row that cannot be taken keeps back all of them, so that an approval never covers half a
    /// table by mistake; `sound_only` leaves such rows out on purpose, named in the report.
    ///
    /// # Errors
    /// [`Error::Denied`] to who is nobody of the agency, `knowledge_pending` while another proposal
    /// waits for its decision.
    pub async fn propose_knowledge(
        &self,
        officer: &Officer,
        new: NewKnowledge,
        sound_only: bool,
    ) -> Result<Proposal, Error> {
        officer.is_agency()?;
        let actor = &officer.actor;
        let source = new.source.clone();
        let found = self.compare_knowledge(actor.area, new).await?;
        let kept_back = !sound_only && !found.bad.is_empty();
        if kept_back || found.is_empty() {
            return Ok(Proposal {
                edition: None,
                difference: found,
            });
        }
        let waiting = self.knowledge_editions(actor.area).await?;
        if let Some(other) = waiting.iter().find(|one| one.state == "proposed") {
            let message = format!("知识库版本{}尚未批准，先批准或退回它", other.edition);
            return Err(Error::refused("knowledge_pending", message));
        }
        let edition = self.numbers.named("ZS");
        let broken = |cause| Error::Bug(format!("cells of {edition}: {cause}"));
        let rows: Result<Vec<KnowledgeRow>, _> =
            found.added().map(|row| stored(&edition, row)).collect();
        let rows = rows.map_err(broken)?;
        let mut commit = AuditCommit::new(actor.area);
        commit.editions.push(KnowledgeEditionRow {
            edition: edition.clone(),
            sequence: 1,
            state: "proposed".to_owned(),
            by: actor.name.clone(),
            at: actor.at,
            note: source,
            rows: count(rows.len()),
            hash: hash_of(&rows),
            report: report_of(&found).to_string(),
        });
        commit.knowledge = rows;
        let access = actor.access(self, "propose_knowledge", &edition, "done");
        commit.access.push((String::new(), access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(Proposal {
                edition: Some(edition),
                difference: found,
            }),
            _ => Err(Error::Busy),
        }
    }
}

fn stored(edition: &str, row: &VersionedRow) -> Result<KnowledgeRow, serde_json::Error> {
    Ok(KnowledgeRow {
        edition: edition.to_owned(),
        table: row.table.clone(),
        id: row.id.clone(),
        version: row.version,
        status: row.status.word().to_owned(),
        from: row.text("from").parse().ok(),
        until: row.text("until").parse().ok(),
        cells: serde_json::to_string(&row.cells)?,
    })
}

fn hash_of(rows: &[KnowledgeRow]) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        let text = format!(
            "{}\t{}\t{}\t{}\t{}\n",
            row.table, row.id, row.version, row.status, row.cells
        );
        hash.update(text.as_bytes());
    }
    super::book::hex(&hash.finalize())
}

/// The report of a difference (差异报告): counts by table, every changed cell, complaints.
pub fn report_of(found: &Difference) -> Value {
    let mut tables: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let changed = || found.changed.iter().map(|one| &one.row);
    for row in &found.fresh {
        tables.entry(&row.table).or_default()[0] += 1;
    }
    for row in changed() {
        tables.entry(&row.table).or_default()[1] += 1;
    }
    for row in &found.retired {
        tables.entry(&row.table).or_default()[2] += 1;
    }
    let tables: BTreeMap<&str, Value> = tables
        .into_iter()
        .map(|(name, [fresh, changed, retired])| {
            let counts = json!({ "fresh": fresh, "changed": changed, "retired": retired });
            (name, counts)
        })
        .collect();
    let ended = found.retired.iter().map(|row| {
        json!({ "table": row.table, "kp_id": row.id, "version": row.version,
                "until": row.text("until") })
    });
    json!({
        "fresh": found.fresh.len(), "changed": found.changed.len(),
        "retired": found.retired.len(), "unchanged": found.unchanged,
        "unmentioned": found.unmentioned, "tables": tables,
        "changes": found.changed.iter().map(change_of).collect::<Vec<_>>(),
        "ended": ended.collect::<Vec<_>>(),
        "contradictions": found.contradictions, "bad": found.bad,
    })
}

fn change_of(one: &Changed) -> Value {
    let cells: Vec<Value> = one
        .cells
        .iter()
        .map(
            |(column, before, after)| json!({ "column": column, "before": before, "after": after }),
        )
        .collect();
    let row = &one.row;
    json!({
        "table": row.table, "kp_id": row.id, "before": one.before, "version": row.version,
        "cells": cells,
    })
}
