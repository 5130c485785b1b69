use terms::AreaCode;

use super::{
    AdvancePartRow, AdvanceRow, AssessmentRow, NettingBatchRow, NettingLineRow, NettingOffsetRow,
    ReturnRow, SupplierInvoiceRow, funding, rows,
};
use crate::cell::Cells;
use crate::clearing::{ClearingCommit, finish, write_clearing};
use crate::engine::Tx;
use crate::record::{Broken, insert_all, update_all};
use crate::table::{Insert, Kind};
use crate::{Answer, Fault, Store};

/// Everything one decision about suppliers, advances or assessments changes, all or nothing.
#[derive(Debug, Clone)]
pub struct ProviderCommit {
    /// What it changes of clearing, with the pooling area and the line of the access log.
    pub clearing: ClearingCommit,
    /// Invoices and credit notes received.
    pub invoices: Vec<SupplierInvoiceRow>,
    /// Invoices as they shall stand now; they were `submitted`, or `objected`.
    pub invoice_moves: Vec<(String, SupplierInvoiceRow)>,
    /// A batch made.
    pub batch: Option<NettingBatchRow>,
    /// Its lines.
    pub lines: Vec<NettingLineRow>,
    /// What it takes from institutions.
    pub offsets: Vec<NettingOffsetRow>,
    /// A batch as it shall stand now, with the state it was read in.
    pub batch_move: Option<(String, NettingBatchRow)>,
    /// Advances proposed.
    pub advances: Vec<AdvanceRow>,
    /// In how many parts they come back.
    pub parts: Vec<AdvancePartRow>,
    /// Advances as they shall stand now, with the state they were read in.
    pub advance_moves: Vec<(String, AdvanceRow)>,
    /// Parts that come back.
    pub part_moves: Vec<PartMoved>,
    /// Assessments entered.
    pub assessments: Vec<AssessmentRow>,
    /// An assessment as it shall stand now; it was `proposed`.
    pub assessment_move: Option<AssessmentRow>,
    /// What it gives back.
    pub returns: Vec<ReturnRow>,
}

/// A part of an advance as it shall stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartMoved {
    /// The part.
    pub to: AdvancePartRow,
    /// The state and amount it was read with.
    pub from: (String, money::Fen),
}

impl ProviderCommit {
    /// A commit that does nothing yet.
    pub fn new(area: AreaCode) -> Self {
        Self {
            clearing: ClearingCommit::new(area),
            invoices: Vec::new(),
            invoice_moves: Vec::new(),
            batch: None,
            lines: Vec::new(),
            offsets: Vec::new(),
            batch_move: None,
            advances: Vec::new(),
            parts: Vec::new(),
            advance_moves: Vec::new(),
            part_moves: Vec::new(),
            assessments: Vec::new(),
            assessment_move: None,
            returns: Vec::new(),
        }
    }
}

impl Store {
    /// Records a decision; a conflict means that something read before has changed since, or is
    /// there already, and nothing was recorded.
    ///
    /// # Errors
    /// [`Fault`] if the database fails; then nothing was recorded.
    pub async fn record_provider(&self, commit: &ProviderCommit) -> Result<Answer, Fault> {
        let mut tx = self.engine.begin_admin().await?;
        let written = write(&mut tx, commit).await;
        finish(tx, written).await.map(|(answer, _)| answer)
    }
}

macro_rules! cells_of {
    ($commit:ident, $rows:ident) => {{
        let mut cells = Cells::default();
        let area = $commit.clearing.area;
        $commit
            .$rows
            .iter()
            .for_each(|row| row.put(&mut cells, area));
        cells
    }};
}

async fn write(tx: &mut Tx, commit: &ProviderCommit) -> Result<(), Broken> {
    invoices(tx, commit).await?;
    batches(tx, commit).await?;
    advances(tx, commit).await?;
    assessments(tx, commit).await?;
    write_clearing(tx, &commit.clearing).await
}

async fn invoices(tx: &mut Tx, commit: &ProviderCommit) -> Result<(), Broken> {
    let received = cells_of!(commit, invoices);
    insert_all(tx, Insert::into(&rows::INVOICES), received).await?;
    for (from, to) in &commit.invoice_moves {
        let at = tx.dialect().parameter(3, Kind::Time);
        let sql = format!(
            "UPDATE supplier_invoices SET state = $1, decided_by = $2, decided_at = {at}, \
             note = $4 WHERE area = $5 AND institution = $6 AND invoice = $7 AND state = $8"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.decided_by);
        cells.time_or_null(to.decided_at).text(&to.note);
        cells.area(commit.clearing.area).text(&to.institution);
        cells.text(&to.invoice).text(from);
        update_all(tx, rows::INVOICES.name, sql, cells, 1).await?;
    }
    Ok(())
}

async fn batches(tx: &mut Tx, commit: &ProviderCommit) -> Result<(), Broken> {
    insert_all(tx, Insert::into(&rows::BATCHES), cells_of!(commit, batch)).await?;
    insert_all(tx, Insert::into(&rows::LINES), cells_of!(commit, lines)).await?;
    let offsets = cells_of!(commit, offsets);
    insert_all(tx, Insert::into(&rows::OFFSETS), offsets).await?;
    if let Some((from, to)) = &commit.batch_move {
        let at = tx.dialect().parameter(3, Kind::Time);
        let sql = format!(
            "UPDATE netting_batches SET state = $1, checked_by = $2, checked_at = {at} \
             WHERE area = $4 AND batch = $5 AND state = $6"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.checked_by);
        cells.time_or_null(to.checked_at);
        cells.area(commit.clearing.area).text(&to.batch).text(from);
        update_all(tx, rows::BATCHES.name, sql, cells, 1).await?;
    }
    Ok(())
}

async fn advances(tx: &mut Tx, commit: &ProviderCommit) -> Result<(), Broken> {
    let made = cells_of!(commit, advances);
    insert_all(tx, Insert::into(&funding::ADVANCES), made).await?;
    insert_all(tx, Insert::into(&funding::PARTS), cells_of!(commit, parts)).await?;
    for (from, to) in &commit.advance_moves {
        let at = tx.dialect().parameter(4, Kind::Time);
        let sql = format!(
            "UPDATE provider_advances SET state = $1, returned_fen = $2, checked_by = $3, \
             checked_at = {at} WHERE area = $5 AND advance = $6 AND state = $7"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).fen(to.returned).text(&to.checked_by);
        cells.time_or_null(to.checked_at);
        cells
            .area(commit.clearing.area)
            .text(&to.advance)
            .text(from);
        update_all(tx, funding::ADVANCES.name, sql, cells, 1).await?;
    }
    for PartMoved { to, from } in &commit.part_moves {
        let sql = "UPDATE advance_parts SET state = $1, amount_fen = $2 WHERE area = $3 \
                   AND advance = $4 AND part = $5 AND state = $6 AND amount_fen = $7";
        let mut cells = Cells::default();
        cells.text(&to.state).fen(to.amount);
        cells.area(commit.clearing.area).text(&to.advance);
        cells.int(to.part).text(&from.0).fen(from.1);
        update_all(tx, funding::PARTS.name, sql.to_owned(), cells, 1).await?;
    }
    Ok(())
}

async fn assessments(tx: &mut Tx, commit: &ProviderCommit) -> Result<(), Broken> {
    let made = cells_of!(commit, assessments);
    insert_all(tx, Insert::into(&funding::ASSESSMENTS), made).await?;
    if let Some(to) = &commit.assessment_move {
        let at = tx.dialect().parameter(3, Kind::Time);
        let sql = format!(
            "UPDATE provider_assessments SET state = $1, checked_by = $2, checked_at = {at} \
             WHERE area = $4 AND assessment = $5 AND state = 'proposed'"
        );
        let mut cells = Cells::default();
        cells.text(&to.state).text(&to.checked_by);
        cells.time_or_null(to.checked_at);
        cells.area(commit.clearing.area).text(&to.assessment);
        update_all(tx, funding::ASSESSMENTS.name, sql, cells, 1).await?;
    }
    let returns = cells_of!(commit, returns);
    insert_all(tx, Insert::into(&funding::RETURNS), returns).await
}
