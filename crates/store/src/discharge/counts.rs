use money::Fen;
use terms::AreaCode;

use super::groups::newest;
use super::lists::narrow;
use super::{DischargeFilter, GroupFilter};
use crate::conditions::Conditions;
use crate::table::Kind;
use crate::{Fault, Store};

/// How many lists of an institution stand in a state (清单数量).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTally {
    /// The institution.
    pub institution: String,
    /// The state.
    pub state: String,
    /// How many.
    pub lists: i64,
    /// Of these so many have errors.
    pub faulty: i64,
    /// Of these so many have warnings and no errors.
    pub doubtful: i64,
    /// Their bills.
    pub total: Fen,
}

/// How often a check found something in the newest uploads (质控统计).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingTally {
    /// The check.
    pub check: String,
    /// Its severity.
    pub severity: String,
    /// In how many lists.
    pub lists: i64,
}

/// How many lists of an institution fell into a group (分组统计).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupTally {
    /// The institution.
    pub institution: String,
    /// The group.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is one, or why not.
    pub outcome: String,
    /// How many lists.
    pub lists: i64,
    /// Their bills.
    pub total: Fen,
}

impl Store {
    /// Counts lists that pass the filter by institution and state.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_discharges(
        &self,
        area: AreaCode,
        filter: &DischargeFilter,
    ) -> Result<Vec<ListTally>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        narrow(&mut found, filter);
        let sql = format!(
            "SELECT institution, state, CAST(COUNT(*) AS bigint), \
             CAST(SUM(CASE WHEN errors > 0 THEN 1 ELSE 0 END) AS bigint), \
             CAST(SUM(CASE WHEN errors = 0 AND warnings > 0 THEN 1 ELSE 0 END) AS bigint), \
             CAST(SUM(total_fen) AS bigint) FROM discharges {} \
             GROUP BY institution, state ORDER BY institution, state",
            found.text
        );
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, int, int, int, int];
        let rows = self.engine.query(sql, &kinds, found.parameters).await;
        let rows = rows.map_err(|cause| Fault::database("count settlement lists", cause))?;
        let read = |mut row: crate::cell::Record| {
            Ok(ListTally {
                institution: row.text()?,
                state: row.text()?,
                lists: row.int()?,
                faulty: row.int()?,
                doubtful: row.int()?,
                total: row.fen()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Counts findings in the newest uploads of lists that pass the filter, by check.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_discharge_findings(
        &self,
        area: AreaCode,
        filter: &DischargeFilter,
    ) -> Result<Vec<FindingTally>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.prefix = "discharges.";
        narrow(&mut found, filter);
        let condition = found
            .text
            .replacen("WHERE area", "WHERE discharges.area", 1);
        let sql = format!(
            "SELECT found.check_kind, found.severity, \
             CAST(COUNT(DISTINCT found.list_id) AS bigint) FROM discharges \
             JOIN discharge_findings found ON found.area = discharges.area \
             AND found.person_no = discharges.person_no AND found.list_id = discharges.list_id \
             AND found.upload = discharges.uploads {condition} \
             GROUP BY found.check_kind, found.severity ORDER BY found.check_kind, found.severity"
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let rows = self.engine.query(sql, &kinds, found.parameters).await;
        let rows = rows.map_err(|cause| Fault::database("count quality findings", cause))?;
        let read = |mut row: crate::cell::Record| {
            Ok(FindingTally {
                check: row.text()?,
                severity: row.text()?,
                lists: row.int()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Counts lists and adds their bills by institution and the group that counts.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_groups(
        &self,
        area: AreaCode,
        filter: &GroupFilter,
    ) -> Result<Vec<GroupTally>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.prefix = "discharge_groups.";
        newest(&mut found, filter);
        let condition = found
            .text
            .replacen("WHERE area", "WHERE discharge_groups.area", 1);
        let sql = format!(
            "SELECT discharge_groups.institution, code, name, outcome, \
             CAST(COUNT(*) AS bigint), CAST(SUM(discharges.total_fen) AS bigint) \
             FROM discharge_groups JOIN discharges ON discharges.area = discharge_groups.area \
             AND discharges.person_no = discharge_groups.person_no \
             AND discharges.list_id = discharge_groups.list_id {condition} \
             GROUP BY discharge_groups.institution, code, name, outcome \
             ORDER BY discharge_groups.institution, code, name, outcome"
        );
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, text, text, int, int];
        let rows = self.engine.query(sql, &kinds, found.parameters).await;
        let rows = rows.map_err(|cause| Fault::database("count groups", cause))?;
        let read = |mut row: crate::cell::Record| {
            Ok(GroupTally {
                institution: row.text()?,
                code: row.text()?,
                name: row.text()?,
                outcome: row.text()?,
                lists: row.int()?,
                total: row.fen()?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}
