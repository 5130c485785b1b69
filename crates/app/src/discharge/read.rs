use jiff::civil::Date;
use store::{
    DischargeFilter, DischargeRow, FindingTally, GroupFilter, GroupRow, GroupTally, ListTally,
    QualityRow, SettlementFilter, SettlementState,
};
use terms::{AreaCode, CareType};

use super::KeptList;
use crate::office::Clerk;
use crate::{App, Call, Error};

/// A list with everything known of it (结算清单档案).
#[derive(Debug, Clone)]
pub struct DischargeFile {
    /// Its columns.
    pub row: DischargeRow,
    /// What was sent, and what it was grouped by.
    pub kept: KeptList,
    /// What the checks found in the newest upload.
    pub findings: Vec<QualityRow>,
    /// Every group it ever had, newest first.
    pub groups: Vec<GroupRow>,
}

/// A page of lists, newest first.
#[derive(Debug, Clone)]
pub struct DischargePage {
    /// The lists.
    pub rows: Vec<DischargeRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Lists of a span of days counted (质控看板).
#[derive(Debug, Clone)]
pub struct QualityBoard {
    /// By institution and state.
    pub lists: Vec<ListTally>,
    /// By check.
    pub findings: Vec<FindingTally>,
    /// By institution and group, DRG.
    pub drg: Vec<GroupTally>,
    /// By institution and group, DIP.
    pub dip: Vec<GroupTally>,
    /// Settlements of stays that stand, by all institutions asked for.
    pub settled: i64,
}

impl App {
    /// Lists for the console, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_discharges(
        &self,
        clerk: &Clerk,
        filter: &DischargeFilter,
        before: Option<&String>,
        limit: usize,
    ) -> Result<DischargePage, Error> {
        let found = self
            .store
            .recent_discharges(clerk.area, filter, before, limit + 1);
        let mut rows = found.await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| row.list_id.clone());
        self.note(clerk, "", "list_discharges", "").await?;
        Ok(DischargePage { rows, next })
    }

    /// One list with its findings and groups; the reading is noted.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none of the number.
    pub async fn read_discharge(&self, clerk: &Clerk, id: &str) -> Result<DischargeFile, Error> {
        let found = self.store.discharge(clerk.area, id).await?;
        let row = found.ok_or_else(|| Error::missing("结算清单", id))?;
        self.note(clerk, &row.person_no, "read_discharge", id)
            .await?;
        let findings = self.store.discharge_findings(clerk.area, &row).await?;
        let groups = self
            .store
            .list_groups(clerk.area, &row.person_no, &row.list_id);
        Ok(DischargeFile {
            kept: KeptList::of(&row.body)?,
            findings,
            groups: groups.await?,
            row,
        })
    }

    /// Counts lists, findings and groups of a span of settlement days.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn quality_board(
        &self,
        clerk: &Clerk,
        institution: Option<String>,
        (from, to): (Date, Date),
    ) -> Result<QualityBoard, Error> {
        let filter = DischargeFilter {
            institution: institution.clone(),
            from: Some(from),
            to: Some(to),
            standing: true,
            ..DischargeFilter::default()
        };
        let groups = |kind: &str| GroupFilter {
            kind: kind.to_owned(),
            institution: institution.clone(),
            from: Some(from),
            to: Some(to),
            standing: true,
            ..GroupFilter::default()
        };
        let (area, store) = (clerk.area, &self.store);
        let stays = CareType::ALL.iter().copied().filter(|care| care.is_stay());
        let stays: Vec<CareType> = stays.collect();
        Ok(QualityBoard {
            lists: store.count_discharges(area, &filter).await?,
            findings: store.count_discharge_findings(area, &filter).await?,
            drg: store.count_groups(area, &groups("drg")).await?,
            dip: store.count_groups(area, &groups("dip")).await?,
            settled: self.settled(area, institution, (from, to), &stays).await?,
        })
    }

    /// How many settlements of some care types stand that were settled in a span of days.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub(super) async fn settled(
        &self,
        area: AreaCode,
        institution: Option<String>,
        (from, to): (Date, Date),
        cares: &[CareType],
    ) -> Result<i64, Error> {
        let mut count = 0;
        for care in cares {
            let filter = SettlementFilter {
                from: Some(from),
                to: Some(to),
                institution: institution.clone(),
                care_type: Some(care.word().to_owned()),
                state: Some(SettlementState::Standing),
                ..SettlementFilter::default()
            };
            count += self.store.count_settlements(area, &filter).await?.0;
        }
        Ok(count)
    }

    /// The list of an institution's settlement with its findings and groups.
    ///
    /// # Errors
    /// [`Error::Missing`] where it has sent none.
    pub async fn discharge_here(
        &self,
        call: &Call,
        person_no: &str,
        settlement: &str,
    ) -> Result<DischargeFile, Error> {
        let found = self.store.discharge_of(call.area, person_no, settlement);
        let own = |row: &DischargeRow| row.institution == call.institution.code;
        let row = found.await?.filter(own);
        let row = row.ok_or_else(|| Error::missing("结算清单，结算", settlement))?;
        self.log(call, person_no, "read_discharge", &row.list_id, "read")
            .await?;
        let findings = self.store.discharge_findings(call.area, &row).await?;
        let groups = self.store.list_groups(call.area, person_no, &row.list_id);
        Ok(DischargeFile {
            kept: KeptList::of(&row.body)?,
            findings,
            groups: groups.await?,
            row,
        })
    }
}
