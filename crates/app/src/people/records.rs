use jiff::civil::DateTime;
use store::{LineRow, SettlementRow, VisitRow};

use crate::settlement::SavedSettlement;
use crate::visit::{VisitKind, VisitStatus};
use crate::{App, Call, Error};

/// How many stays one question about people in hospital answers at most.
const STAYS_SHOWN: usize = 1_000;

/// What an institution may read back; reading is logged by [`App::read_person`] before.
impl App {
    /// A person's visits at the asking institution begun in a period, newest first (就诊查询).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn visits_here(
        &self,
        call: &Call,
        person_no: &str,
        period: (DateTime, DateTime),
    ) -> Result<Vec<VisitRow>, Error> {
        let visits = self
            .store
            .person_visits(call.area, person_no, period.0, period.1);
        let here = |row: &VisitRow| row.institution == call.institution.code;
        Ok(visits.await?.into_iter().filter(here).collect())
    }

    /// A visit of a person at the asking institution.
    ///
    /// # Errors
    /// [`Error::Missing`] where the institution has no such visit of the person.
    pub async fn visit_here(
        &self,
        call: &Call,
        person_no: &str,
        visit_id: &str,
    ) -> Result<VisitRow, Error> {
        let found = self.store.visit(call.area, person_no, visit_id).await?;
        found
            .filter(|row| row.institution == call.institution.code)
            .ok_or_else(|| Error::missing("就诊记录", visit_id))
    }

    /// Who lies in the asking institution, with the person's number, newest first (在院查询).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn stays_here(
        &self,
        call: &Call,
        period: (DateTime, DateTime),
    ) -> Result<Vec<(String, VisitRow)>, Error> {
        let open = Some(VisitStatus::Open.word());
        let (area, code) = (call.area, &call.institution.code);
        let visits = self
            .store
            .institution_visits(area, code, open, period, STAYS_SHOWN)
            .await?;
        let is_stay = |(_, row): &(String, VisitRow)| row.kind == VisitKind::Stay.word();
        Ok(visits.into_iter().filter(is_stay).collect())
    }

    /// A settlement of the asking institution with its archive; a reversal comes with the archive
    /// of what it took back (结算查询).
    ///
    /// # Errors
    /// [`Error::Missing`] where the institution has no such settlement of the person.
    pub async fn settlement_here(
        &self,
        call: &Call,
        person_no: &str,
        settlement: &str,
    ) -> Result<(SettlementRow, SavedSettlement), Error> {
        let row = self.settlement_row(call, person_no, settlement).await?;
        let saved = if row.is_reversal() {
            let original = self.settlement_row(call, person_no, &row.original_id);
            crate::settlement::saved_of(&original.await?)?
        } else {
            crate::settlement::saved_of(&row)?
        };
        Ok((row, saved))
    }

    pub(crate) async fn settlement_row(
        &self,
        call: &Call,
        person_no: &str,
        settlement: &str,
    ) -> Result<SettlementRow, Error> {
        let found = self
            .store
            .settlement(call.area, Some(person_no), settlement);
        found
            .await?
            .filter(|row| row.institution == call.institution.code)
            .ok_or_else(|| Error::missing("结算记录", settlement))
    }

    /// All lines of a visit that were not withdrawn, by number (费用明细查询).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn lines_of(
        &self,
        call: &Call,
        person_no: &str,
        visit_id: &str,
    ) -> Result<Vec<LineRow>, Error> {
        let lines = self
            .store
            .visit_lines(call.area, person_no, visit_id)
            .await?;
        let kept = |row: &LineRow| row.status != store::LineStatus::Cancelled;
        Ok(lines.into_iter().filter(kept).collect())
    }

    /// A person's settled lines of a period wherever they arose, each with its visit (用药记录).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn lines_everywhere(
        &self,
        call: &Call,
        person_no: &str,
        period: (DateTime, DateTime),
    ) -> Result<Vec<(LineRow, VisitRow)>, Error> {
        let (area, (from, to)) = (call.area, period);
        let lines = self.store.person_lines(area, person_no, from, to).await?;
        let ever = (DateTime::MIN, DateTime::MAX);
        let visits = self
            .store
            .person_visits(area, person_no, ever.0, ever.1)
            .await?;
        let with_visit = lines.into_iter().filter_map(|line| {
            let visit = visits
                .iter()
                .find(|visit| visit.visit_id == line.visit_id)?;
            Some((line, visit.clone()))
        });
        Ok(with_visit.collect())
    }
}
