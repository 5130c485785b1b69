//! The knowledge of the audit: proposals with what was decided of them, and versions of rows.

use terms::AreaCode;

use super::AuditCommit;
use super::commit::cells_of;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::engine::Tx;
use crate::record::{Broken, insert_all};
use crate::table::{Home, Insert, Kind, Table};
use crate::{Fault, Store};

row! {
    /// What happened to an edition of the knowledge (知识库版本): proposed, then decided.
    KnowledgeEditionRow, EDITIONS "knowledge_editions" at Home::Everywhere, {
        /// Its number; rises with time.
        edition: text "edition",
        /// 1 when proposed, 2 when decided.
        sequence: int "sequence",
        /// `proposed`, `approved` or `rejected`.
        state: text "state",
        /// Who.
        by: text "by_user",
        /// When.
        at: time "at",
        /// Where its rows came from, or why it was rejected.
        note: text "note",
        /// Versions of rows it adds.
        rows: int "rows",
        /// Hash of what it adds.
        hash: text "hash",
        /// How it differs from what was kept, JSON.
        report: json "report",
    }
}

row! {
    /// One version of a knowledge row (知识行).
    KnowledgeRow, VERSIONS "knowledge_rows" at Home::Everywhere, {
        /// The edition that brought it.
        edition: text "edition",
        /// Name of its table.
        table: text "table_name",
        /// 知识点编号.
        id: text "kp_id",
        /// 1 for the first.
        version: int "version",
        /// `draft`, `trial`, `active` or `retired`.
        status: text "status",
        /// First fee date, if any.
        from: maybe_date "begins",
        /// Last fee date, if any.
        until: maybe_date "ends",
        /// What it says, by column, JSON.
        cells: json "cells",
    }
}

/// Rows per statement.
const CHUNK: usize = 500;

/// Writes what a commit says about knowledge.
pub(super) async fn write(tx: &mut Tx, commit: &AuditCommit) -> Result<(), Broken> {
    let editions = cells_of!(commit, editions);
    insert_all(tx, Insert::into(&EDITIONS), editions).await?;
    for some in commit.knowledge.chunks(CHUNK) {
        let mut cells = Cells::default();
        some.iter().for_each(|row| row.put(&mut cells, commit.area));
        insert_all(tx, Insert::into(&VERSIONS), cells).await?;
    }
    Ok(())
}

impl Store {
    /// Everything that happened to editions of the knowledge, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn knowledge_editions(
        &self,
        area: AreaCode,
    ) -> Result<Vec<KnowledgeEditionRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = "WHERE area = $1 ORDER BY edition, sequence";
        let take = KnowledgeEditionRow::take;
        self.rows(&EDITIONS, rest, cells, take).await
    }

    /// The number of the edition approved last; none where nothing is approved.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn last_approved_knowledge(&self, area: AreaCode) -> Result<Option<String>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let rest = "WHERE area = $1 AND state = 'approved' ORDER BY edition DESC LIMIT 1";
        let take = KnowledgeEditionRow::take;
        let found = self.rows(&EDITIONS, rest, cells, take).await?;
        Ok(found.into_iter().next().map(|row| row.edition))
    }

    /// Versions of knowledge rows by table, identity and version: of every edition, or of those of
    /// one `(table, id)`.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn knowledge_rows(
        &self,
        area: AreaCode,
        of: Option<(&str, &str)>,
    ) -> Result<Vec<KnowledgeRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area);
        let narrowed = match of {
            Some((table, id)) => {
                cells.text(table).text(id);
                "AND table_name = $2 AND kp_id = $3 "
            }
            None => "",
        };
        let rest =
            format!("WHERE area = $1 {narrowed}ORDER BY table_name, kp_id, version, edition");
        self.rows(&VERSIONS, &rest, cells, KnowledgeRow::take).await
    }
}
