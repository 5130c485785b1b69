use terms::AreaCode;

use super::record::PUT;
use super::table::{self, DISCHARGES, FINDINGS, GROUPS};
use super::{DischargeChange, DischargeFilter, DischargeRow, QualityRow};
use crate::cell::Cells;
use crate::conditions::Conditions;
use crate::table::Insert;
use crate::{Fault, Store};

impl Store {
    /// Enters lists with findings and groups; one whose version is not the next stays as it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_discharges(
        &self,
        area: AreaCode,
        changes: &[DischargeChange],
    ) -> Result<(), Fault> {
        let (mut lists, mut findings) = (Cells::default(), Cells::default());
        let mut groups = Cells::default();
        for change in changes {
            table::put(&mut lists, area, &change.row);
            for row in &change.findings {
                table::put_finding(&mut findings, area, &change.row, row);
            }
            for row in &change.groups {
                table::put_group(&mut groups, area, row);
            }
        }
        let failed = |cause| Fault::database("enter settlement lists", cause);
        let mut tx = self.engine.begin_admin().await?;
        tx.insert(PUT, lists).await.map_err(failed)?;
        let kept = "ON CONFLICT (area, person_no, list_id, upload, sequence) DO NOTHING";
        let insert = Insert::or(&FINDINGS, kept);
        tx.insert(insert, findings).await.map_err(failed)?;
        let kept = "ON CONFLICT (area, person_no, list_id, grouping_id) DO NOTHING";
        let insert = Insert::or(&GROUPS, kept);
        tx.insert(insert, groups).await.map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    /// The list of a settlement.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn discharge_of(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement_id: &str,
    ) -> Result<Option<DischargeRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no).text(settlement_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND settlement_id = $3";
        let found = self.rows(&DISCHARGES, rest, cells, table::take).await?;
        Ok(found.into_iter().next())
    }

    /// The list with a number, whoever it is about.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn discharge(
        &self,
        area: AreaCode,
        list_id: &str,
    ) -> Result<Option<DischargeRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(list_id);
        let rest = "WHERE area = $1 AND list_id = $2";
        let found = self.rows(&DISCHARGES, rest, cells, table::take).await?;
        Ok(found.into_iter().next())
    }

    /// Lists that pass the filter by number after `after`, which rises with the time they came.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_discharges(
        &self,
        area: AreaCode,
        filter: &DischargeFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<DischargeRow>, Fault> {
        let after = after.to_owned();
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.compare("list_id", ">", Some(&after));
        narrow(&mut found, filter);
        let rest = format!("{} ORDER BY list_id LIMIT {limit}", found.text);
        self.rows(&DISCHARGES, &rest, found.parameters, table::take)
            .await
    }

    /// Lists that pass the filter by number, from a place on.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn page_of_discharges(
        &self,
        area: AreaCode,
        filter: &DischargeFilter,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<DischargeRow>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        narrow(&mut found, filter);
        let rest = format!(
            "{} ORDER BY list_id LIMIT {limit} OFFSET {offset}",
            found.text
        );
        self.rows(&DISCHARGES, &rest, found.parameters, table::take)
            .await
    }

    /// The same, newest first, before `before` where that is given.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn recent_discharges(
        &self,
        area: AreaCode,
        filter: &DischargeFilter,
        before: Option<&String>,
        limit: usize,
    ) -> Result<Vec<DischargeRow>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.compare("list_id", "<", before);
        narrow(&mut found, filter);
        let rest = format!("{} ORDER BY list_id DESC LIMIT {limit}", found.text);
        self.rows(&DISCHARGES, &rest, found.parameters, table::take)
            .await
    }

    /// What the checks found in the newest upload of a list, in their order.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn discharge_findings(
        &self,
        area: AreaCode,
        list: &DischargeRow,
    ) -> Result<Vec<QualityRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(&list.person_no).text(&list.list_id);
        cells.int(list.uploads);
        let rest = "WHERE area = $1 AND person_no = $2 AND list_id = $3 AND upload = $4 \
                    ORDER BY sequence";
        let found = self.rows(&FINDINGS, rest, cells, table::take_finding);
        Ok(found.await?.into_iter().map(|(_, row)| row).collect())
    }
}

/// What a filter says of lists.
pub(super) fn narrow<'a>(found: &mut Conditions<'a>, filter: &'a DischargeFilter) {
    found.equal("institution", filter.institution.as_ref());
    found.equal("person_no", filter.person_no.as_ref());
    found.equal("settlement_id", filter.settlement_id.as_ref());
    found.equal("state", filter.state.as_ref());
    found.day("settled_on", ">=", filter.from);
    found.day("settled_on", "<=", filter.to);
    match filter.faulty {
        Some(true) => found.and("errors > 0"),
        Some(false) => found.and("errors = 0"),
        None => {}
    }
    found.any_of("care_type", &filter.care_types);
    if filter.standing {
        found.and(&standing("discharges"));
    }
}

/// That the settlement of a row of a table was not taken back.
pub(super) fn standing(table: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM settlements taken WHERE taken.area = {table}.area \
         AND taken.person_no = {table}.person_no \
         AND taken.settlement_id = {table}.settlement_id AND taken.reversed_by <> '')"
    )
}
