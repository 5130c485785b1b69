//! What an institution is shown of its lists and groups.

use std::collections::{BTreeMap, BTreeSet};

use grouping::SchemeKind;
use jiff::civil::Date;
use money::{Fen, Ratio, Rounding};
use serde_json::Value;
use store::{DischargeFilter, DischargeRow, GroupFilter, GroupRow, GroupTally, QualityRow};
use terms::CareType;

use crate::facts::person_detail;
use crate::{App, Call, Error};

/// First and last day.
type Span = (Date, Date);
/// Where a page begins, and how long it is.
type Part = (usize, usize);

/// Which lists an institution wants judged (质控查询).
#[derive(Debug, Clone)]
pub struct QualityQuery {
    /// Days of settlement.
    pub month: Span,
    /// One settlement only.
    pub settlement: Option<String>,
    /// One person only.
    pub person_no: Option<String>,
    /// Those with errors, or without.
    pub faulty: Option<bool>,
    /// Which part.
    pub page: Part,
}

/// A list with what the checks found (质控结果).
#[derive(Debug, Clone)]
pub struct JudgedList {
    /// The list.
    pub row: DischargeRow,
    /// What was found in its newest upload.
    pub findings: Vec<QualityRow>,
    /// Whether it has a group of either kind.
    pub grouped: bool,
    /// The person's document number.
    pub document: String,
}

/// A list with the group that counts (分组结果).
#[derive(Debug, Clone)]
pub struct GroupedList {
    /// The list.
    pub row: DischargeRow,
    /// Its group.
    pub group: GroupRow,
    /// The whole result: `said` and `result`.
    pub reason: Value,
}

/// What an institution's groups add up to (分组汇总).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTotals {
    /// The institution.
    pub institution: String,
    /// How many different groups.
    pub groups: i64,
    /// How many lists.
    pub lists: i64,
    /// Their bills.
    pub total: Fen,
}

impl GroupTotals {
    /// The mean bill, to the fen.
    pub fn mean(&self) -> Fen {
        mean(self.total, self.lists)
    }
}

/// A total over a count, to the fen; nothing over nothing is nothing.
pub fn mean(total: Fen, count: i64) -> Fen {
    match count {
        ..=0 => Fen::ZERO,
        _ => total.times(Ratio::new(1, count), Rounding::HalfUp),
    }
}

impl App {
    /// An institution's lists of a month with what the checks found; the reading is noted.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn judged_lists(
        &self,
        call: &Call,
        query: &QualityQuery,
    ) -> Result<Vec<JudgedList>, Error> {
        let filter = DischargeFilter {
            person_no: query.person_no.clone(),
            faulty: query.faulty,
            ..own_month(call, query.month, query.settlement.clone())
        };
        let mut judged = Vec::new();
        for row in self.some_lists(call, &filter, query.page).await? {
            let findings = self.store.discharge_findings(call.area, &row).await?;
            let mut grouped = false;
            for kind in SchemeKind::ALL {
                let group = self.counting_groups(call.area, kind, std::slice::from_ref(&row));
                grouped |= group.await?.iter().flatten().any(GroupRow::is_grouped);
            }
            let person = self.context(call, &row.person_no, None).await?;
            let detail = person
                .map(|found| person_detail(&found.person.marks))
                .transpose()?;
            judged.push(JudgedList {
                row,
                findings,
                grouped,
                document: detail.unwrap_or_default().document,
            });
        }
        Ok(judged)
    }

    /// An institution's lists of a month that were grouped, each with the group that counts; the
    /// reading is noted.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn grouped_lists(
        &self,
        call: &Call,
        kind: SchemeKind,
        month: Span,
        settlement: Option<String>,
        page: Part,
    ) -> Result<Vec<GroupedList>, Error> {
        let filter = own_month(call, month, settlement);
        let rows = self.some_lists(call, &filter, page).await?;
        let groups = self.counting_groups(call.area, kind, &rows).await?;
        let both = rows.into_iter().zip(groups);
        let read = |(row, group): (DischargeRow, Option<GroupRow>)| {
            let group = group?;
            let reason = serde_json::from_str(&group.reason).unwrap_or_default();
            Some(GroupedList { row, group, reason })
        };
        Ok(both.filter_map(read).collect())
    }

    async fn some_lists(
        &self,
        call: &Call,
        filter: &DischargeFilter,
        (offset, limit): Part,
    ) -> Result<Vec<DischargeRow>, Error> {
        let found = self
            .store
            .page_of_discharges(call.area, filter, offset, limit);
        let rows = found.await?;
        let people: BTreeSet<&str> = rows.iter().map(|row| row.person_no.as_str()).collect();
        for person in people {
            self.log(call, person, "read_discharges", "", "read")
                .await?;
        }
        Ok(rows)
    }

    /// The groups of every institution of the area in a month, under the edition in use at its end.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn group_totals(
        &self,
        call: &Call,
        kind: SchemeKind,
        month: Span,
    ) -> Result<Vec<GroupTotals>, Error> {
        let filter = self.groups_of(call, kind, month, None);
        let mut totals: BTreeMap<String, GroupTotals> = BTreeMap::new();
        for one in self.store.count_groups(call.area, &filter).await? {
            let sums = totals.entry(one.institution.clone()).or_default();
            sums.institution = one.institution;
            sums.groups += i64::from(one.outcome == "grouped");
            sums.lists += one.lists;
            sums.total += one.total;
        }
        Ok(totals.into_values().collect())
    }

    /// The groups of the institution that asks in a month, under the edition in use at its end.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn own_groups(
        &self,
        call: &Call,
        kind: SchemeKind,
        month: Span,
    ) -> Result<Vec<GroupTally>, Error> {
        let filter = self.groups_of(call, kind, month, Some(call.institution.code.clone()));
        Ok(self.store.count_groups(call.area, &filter).await?)
    }

    fn groups_of(
        &self,
        call: &Call,
        kind: SchemeKind,
        (from, to): Span,
        institution: Option<String>,
    ) -> GroupFilter {
        GroupFilter {
            kind: kind.word().to_owned(),
            scheme: self.edition_used(call.area, kind, to),
            institution,
            settlement_id: None,
            from: Some(from),
            to: Some(to),
            standing: true,
        }
    }

    /// How many settlements of some care types stand at an institution in a period, and for how
    /// many of them a list has come.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn count_lists(
        &self,
        call: &Call,
        (from, to): Span,
        cares: &[CareType],
    ) -> Result<(i64, i64), Error> {
        let own = Some(call.institution.code.clone());
        let wanted = self.settled(call.area, own, (from, to), cares).await?;
        let filter = DischargeFilter {
            care_types: cares.iter().map(|care| care.word().to_owned()).collect(),
            ..own_month(call, (from, to), None)
        };
        let counted = self.store.count_discharges(call.area, &filter).await?;
        Ok((wanted, counted.iter().map(|one| one.lists).sum()))
    }
}

/// The lists of the institution that asks, of settlements that stand.
fn own_month(call: &Call, (from, to): Span, settlement: Option<String>) -> DischargeFilter {
    DischargeFilter {
        institution: Some(call.institution.code.clone()),
        settlement_id: settlement,
        from: Some(from),
        to: Some(to),
        standing: true,
        ..DischargeFilter::default()
    }
}
