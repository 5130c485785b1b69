use terms::AreaCode;

use super::lists::standing;
use super::table::{self, GROUPS};
use super::{GroupFilter, GroupRow};
use crate::cell::Cells;
use crate::conditions::Conditions;
use crate::table::Insert;
use crate::{Fault, Store};

impl Store {
    /// Adds groups of lists; one already known stays as it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_groups(&self, area: AreaCode, rows: &[GroupRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        for row in rows {
            table::put_group(&mut cells, area, row);
        }
        let kept = "ON CONFLICT (area, person_no, list_id, grouping_id) DO NOTHING";
        self.put("enter groups", Insert::or(&GROUPS, kept), cells)
            .await
    }

    /// Every group a list ever had, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn list_groups(
        &self,
        area: AreaCode,
        person_no: &str,
        list_id: &str,
    ) -> Result<Vec<GroupRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no).text(list_id);
        let rest = "WHERE area = $1 AND person_no = $2 AND list_id = $3 ORDER BY grouping_id DESC";
        self.rows(&GROUPS, rest, cells, table::take_group).await
    }

    /// Every group of a kind that some lists ever had.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn groups_of_lists(
        &self,
        area: AreaCode,
        kind: &str,
        lists: &[String],
    ) -> Result<Vec<GroupRow>, Fault> {
        if lists.is_empty() {
            return Ok(Vec::new());
        }
        let kind = kind.to_owned();
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.equal("kind", Some(&kind));
        found.any_of("list_id", lists);
        let rest = format!("{} ORDER BY list_id, grouping_id", found.text);
        self.rows(&GROUPS, &rest, found.parameters, table::take_group)
            .await
    }

    /// The groups that count, by list after `after`: of each list the newest of the kind, under the
    /// scheme named where one is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn discharge_groups(
        &self,
        area: AreaCode,
        filter: &GroupFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<GroupRow>, Fault> {
        let after = after.to_owned();
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.compare("list_id", ">", Some(&after));
        newest(&mut found, filter);
        let rest = format!("{} ORDER BY list_id LIMIT {limit}", found.text);
        self.rows(&GROUPS, &rest, found.parameters, table::take_group)
            .await
    }

    /// The group of a settlement that counts: the newest of the kind, under the scheme named where
    /// one is; nothing where no list came or it was never grouped.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement_group(
        &self,
        area: AreaCode,
        person_no: &str,
        settlement_id: &str,
        kind: &str,
        scheme: Option<&str>,
    ) -> Result<Option<GroupRow>, Fault> {
        let (kind, scheme) = (kind.to_owned(), scheme.map(str::to_owned));
        let (person, id) = (person_no.to_owned(), settlement_id.to_owned());
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.equal("person_no", Some(&person));
        found.equal("settlement_id", Some(&id));
        found.equal("kind", Some(&kind));
        found.equal("scheme", scheme.as_ref());
        let rest = format!("{} ORDER BY grouping_id DESC LIMIT 1", found.text);
        let rows = self.rows(&GROUPS, &rest, found.parameters, table::take_group);
        Ok(rows.await?.into_iter().next())
    }
}

/// What a filter says of groups, and that no newer one takes their place.
pub(super) fn newest<'a>(found: &mut Conditions<'a>, filter: &'a GroupFilter) {
    found.equal("kind", Some(&filter.kind));
    found.equal("scheme", filter.scheme.as_ref());
    found.equal("institution", filter.institution.as_ref());
    found.equal("settlement_id", filter.settlement_id.as_ref());
    found.day("settled_on", ">=", filter.from);
    found.day("settled_on", "<=", filter.to);
    if filter.standing {
        found.and(&standing("discharge_groups"));
    }
    let same_scheme = match filter.scheme {
        Some(_) => " AND later.scheme = discharge_groups.scheme",
        None => "",
    };
    found.and(&format!(
        "NOT EXISTS (SELECT 1 FROM discharge_groups later \
         WHERE later.area = discharge_groups.area \
         AND later.person_no = discharge_groups.person_no \
         AND later.list_id = discharge_groups.list_id AND later.kind = discharge_groups.kind \
         AND later.grouping_id > discharge_groups.grouping_id{same_scheme})"
    ));
}
