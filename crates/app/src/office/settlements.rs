use ::settlement::{Booked, LayerShare, LineSplit, OwnMoney};
use jiff::civil::DateTime;
use serde::Deserialize;
use store::{LineRow, Page, SettlementFilter, SettlementRow, VisitRow};

use super::Clerk;
use crate::settlement::{SavedLine, SavedSettlement};
use crate::visit::{Diagnosis, VisitDetail};
use crate::{App, Error};

/// A settlement with everything that explains it (结算档案).
#[derive(Debug, Clone)]
pub struct Archive {
    /// What was booked.
    pub row: SettlementRow,
    /// Facts and explanation; of a reversal, those of the bill it takes back with its own money.
    pub saved: SavedSettlement,
    /// The visit.
    pub visit: Option<VisitRow>,
    /// What is kept of the visit beside its columns.
    pub detail: Option<VisitDetail>,
    /// Diagnoses.
    pub diagnoses: Vec<Diagnosis>,
    /// The lines of the visit.
    pub lines: Vec<LineRow>,
}

/// What is kept of a reversal, as far as it is read here.
#[derive(Deserialize)]
struct SavedReversal {
    reversal: ReversedMoney,
    operator: String,
}

#[derive(Deserialize)]
struct ReversedMoney {
    booked: Booked,
}

fn unreadable(id: &str, cause: &serde_json::Error) -> Error {
    Error::Bug(format!("settlement {id} cannot be read: {cause}"))
}

impl App {
    /// A page of settlements for the console, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_settlements(
        &self,
        clerk: &Clerk,
        filter: &SettlementFilter,
        after: Option<&(DateTime, String)>,
        limit: usize,
    ) -> Result<Page<SettlementRow>, Error> {
        Ok(self
            .store
            .search_settlements(clerk.area, filter, after, limit)
            .await?)
    }

    /// Reads a settlement for the console and notes that it was read.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none of this number.
    pub async fn read_settlement(&self, clerk: &Clerk, id: &str) -> Result<Archive, Error> {
        let found = self.store.settlement(clerk.area, None, id).await?;
        let row = found.ok_or_else(|| Error::missing("结算", id))?;
        self.note(clerk, &row.person_no, "read_settlement", id)
            .await?;
        let saved = self.saved(clerk, &row).await?;
        let visit = self
            .store
            .visit(clerk.area, &row.person_no, &row.visit_id)
            .await?;
        let lines = self
            .store
            .visit_lines(clerk.area, &row.person_no, &row.visit_id)
            .await?;
        let detail = visit
            .as_ref()
            .and_then(|visit| serde_json::from_str(&visit.detail).ok());
        let diagnoses = visit
            .as_ref()
            .map(|visit| serde_json::from_str(&visit.diagnoses));
        let diagnoses = diagnoses.and_then(Result::ok).unwrap_or_default();
        Ok(Archive {
            row,
            saved,
            visit,
            detail,
            diagnoses,
            lines,
        })
    }

    async fn saved(&self, clerk: &Clerk, row: &SettlementRow) -> Result<SavedSettlement, Error> {
        let id = &row.settlement_id;
        if !row.is_reversal() {
            return serde_json::from_str(&row.outcome).map_err(|cause| unreadable(id, &cause));
        }
        let own: SavedReversal =
            serde_json::from_str(&row.outcome).map_err(|cause| unreadable(id, &cause))?;
        let person = Some(row.person_no.as_str());
        let found = self
            .store
            .settlement(clerk.area, person, &row.original_id)
            .await?;
        let original = found.ok_or_else(|| Error::missing("结算", &row.original_id))?;
        let mut saved: SavedSettlement =
            serde_json::from_str(&original.outcome).map_err(|cause| unreadable(id, &cause))?;
        saved.facts.operator = own.operator;
        Ok(taken_back(saved, own.reversal.booked))
    }
}

/// A settlement with every amount turned round, as its reversal shows it; the explanation stays
/// that of the bill.
fn taken_back(saved: SavedSettlement, booked: Booked) -> SavedSettlement {
    let layers = saved.layers.into_iter().map(|layer| LayerShare {
        base: -layer.base,
        deductible: -layer.deductible,
        paid: -layer.paid,
        ..layer
    });
    let lines = saved.lines.into_iter().map(|line| SavedLine {
        split: LineSplit {
            amount: -line.split.amount,
            self_paid: -line.split.self_paid,
            over_limit: -line.split.over_limit,
            prior: -line.split.prior,
            in_scope: -line.split.in_scope,
            ..line.split
        },
        ..line
    });
    let own = saved.own;
    SavedSettlement {
        booked,
        own: OwnMoney {
            self_paid: -own.self_paid,
            over_limit: -own.over_limit,
            prior: -own.prior,
            non_local_prior: -own.non_local_prior,
            deductible: -own.deductible,
            coinsurance: -own.coinsurance,
            over_cap: -own.over_cap,
        },
        layers: layers.collect(),
        lines: lines.collect(),
        codes: saved.codes,
        facts: saved.facts,
        admission_number: saved.admission_number,
        trace: saved.trace,
    }
}
