//! A year of lists grouped again under another scheme (重新分组), and what that changes.

use std::collections::BTreeMap;

use grouping::{DipScheme, DrgScheme, SchemeKind, dip, group};
use jiff::civil::{Date, date};
use money::{Fen, Ratio, Rounding};
use store::{DischargeFilter, DischargeRow, GroupRow};
use terms::{AreaCode, CareType};

use super::grouped::{GroupedCase, edition, of_dip, of_drg, written};
use super::{KeptList, read_weight};
use crate::facts::word;
use crate::{App, Error};

/// Lists that are read and written together.
const STEP: usize = 500;

/// The scheme to group by (重新分组所用方案).
#[derive(Debug, Clone, Copy)]
pub enum Scheme<'s> {
    /// A DRG scheme.
    Drg(&'s DrgScheme),
    /// A DIP directory.
    Dip(&'s DipScheme),
}

impl Scheme<'_> {
    /// Of which kind.
    pub const fn kind(&self) -> SchemeKind {
        match self {
            Self::Drg(_) => SchemeKind::Drg,
            Self::Dip(_) => SchemeKind::Dip,
        }
    }

    /// Its edition.
    pub fn edition(&self) -> String {
        match self {
            Self::Drg(scheme) => edition(scheme.title()),
            Self::Dip(scheme) => edition(scheme.title()),
        }
    }

    fn group(&self, kept: &KeptList) -> Result<GroupedCase, Error> {
        let discharge = kept.case.discharge();
        match self {
            Self::Drg(scheme) => of_drg(scheme, &group(scheme, &discharge)),
            Self::Dip(scheme) => of_dip(scheme, &dip::assign(scheme, &discharge)),
        }
    }
}

/// A list whose group is another one than before (分组变化).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The list.
    pub row: DischargeRow,
    /// The group that counted, if there was one.
    pub before: Option<GroupRow>,
    /// The group under the scheme.
    pub after: GroupedCase,
}

/// What grouping again changes at one institution (机构分组变化).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InstitutionChange {
    /// Lists grouped.
    pub lists: u64,
    /// Of these so many change.
    pub changed: u64,
    /// Of these so many had a group and lose it.
    pub lost: u64,
    /// Of these so many had none and get one.
    pub gained: u64,
    /// Weights or scores before, in ten-thousandths.
    pub weight_before: i64,
    /// Weights or scores after, in ten-thousandths.
    pub weight_after: i64,
}

/// What grouping a year again changes (重新分组结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regrouped {
    /// The scheme's edition.
    pub scheme: String,
    /// By institution.
    pub institutions: BTreeMap<String, InstitutionChange>,
    /// Rows added.
    pub written: u64,
}

impl Changed {
    /// Weight before, where there was one.
    pub fn weight_before(&self) -> Option<Ratio> {
        read_weight(&self.before.as_ref()?.weight)
    }

    /// Weight after, as it is written; empty where there is none.
    pub fn after_weight(&self) -> String {
        self.after.weight.map(written).unwrap_or_default()
    }

    /// How much the weight rises, in ten-thousandths, where both are known.
    pub fn difference(&self) -> Option<i64> {
        let (before, after) = (self.weight_before()?, self.after.weight?);
        Some(ten_thousandths(Some(after)) - ten_thousandths(Some(before)))
    }
}

fn ten_thousandths(weight: Option<Ratio>) -> i64 {
    let weight = weight.unwrap_or(Ratio::ZERO);
    Fen::new(10_000).times(weight, Rounding::HalfUp).get()
}

impl App {
    /// Groups every list settled in a year under a scheme, tells each that changes, and adds the
    /// new groups where asked to. What counts for payment is not changed by that: only the scheme
    /// an area uses counts.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails, or what `each` says; steps written before stay.
    pub async fn regroup(
        &self,
        area: AreaCode,
        scheme: Scheme<'_>,
        year: i16,
        write: bool,
        mut each: impl FnMut(&Changed) -> Result<(), Error>,
    ) -> Result<Regrouped, Error> {
        let filter = DischargeFilter {
            from: Some(date(year, 1, 1)),
            to: Some(date(year, 12, 31)),
            standing: true,
            ..DischargeFilter::default()
        };
        let mut report = Regrouped {
            scheme: scheme.edition(),
            ..Regrouped::default()
        };
        let mut after = String::new();
        loop {
            let lists = self.store.search_discharges(area, &filter, &after, STEP);
            let lists = lists.await?;
            let Some(last) = lists.last() else {
                return Ok(report);
            };
            let next = last.list_id.clone();
            let old = self.counting_groups(area, scheme.kind(), &lists).await?;
            let mut rows = Vec::new();
            for (row, before) in lists.into_iter().zip(old) {
                let Some(changed) = compare(scheme, row, before)? else {
                    continue;
                };
                report.count(&changed);
                if changed.is_change() {
                    each(&changed)?;
                }
                if write {
                    let number = self.numbers.named("G");
                    let Changed { row, after, .. } = changed;
                    rows.push(after.row(&row, number, self.clock.now()));
                }
            }
            self.store.put_groups(area, &rows).await?;
            report.written += rows.len() as u64;
            after = next;
        }
    }

    /// Of each list the group that counts: the newest of its newest upload, under the edition that
    /// the area uses on the day of discharge where one is in use.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn counting_groups(
        &self,
        area: AreaCode,
        kind: SchemeKind,
        lists: &[DischargeRow],
    ) -> Result<Vec<Option<GroupRow>>, Error> {
        let numbers: Vec<String> = lists.iter().map(|row| row.list_id.clone()).collect();
        let groups = self.store.groups_of_lists(area, kind.word(), &numbers);
        let mut by_list: BTreeMap<String, Vec<GroupRow>> = BTreeMap::new();
        for group in groups.await? {
            by_list
                .entry(group.list_id.clone())
                .or_default()
                .push(group);
        }
        let counting = |row: &DischargeRow| {
            let used = self.edition_used(area, kind, row.discharged_on);
            let groups = by_list.remove(&row.list_id).unwrap_or_default().into_iter();
            groups
                .filter(|one| one.upload == row.uploads)
                .filter(|one| used.as_ref().is_none_or(|used| one.scheme == *used))
                .max_by(|a, b| a.grouping_id.cmp(&b.grouping_id))
        };
        Ok(lists.iter().map(counting).collect())
    }

    /// The edition that counts for discharges of a day: results name it as their scheme.
    pub fn edition_used(&self, area: AreaCode, kind: SchemeKind, day: Date) -> Option<String> {
        let schemes = &self.law.schemes;
        match kind {
            SchemeKind::Drg => schemes.drg_used(area, day).map(|one| edition(one.title())),
            SchemeKind::Dip => schemes.dip_used(area, day).map(|one| edition(one.title())),
        }
    }
}

/// A list grouped anew beside the group that counts; nothing where it is of no stay.
fn compare(
    scheme: Scheme<'_>,
    row: DischargeRow,
    before: Option<GroupRow>,
) -> Result<Option<Changed>, Error> {
    let care: CareType = word(&row.care_type)?;
    if !care.is_stay() {
        return Ok(None);
    }
    let after = scheme.group(&KeptList::of(&row.body)?)?;
    Ok(Some(Changed { row, before, after }))
}

impl Changed {
    fn is_change(&self) -> bool {
        let after = &self.after;
        self.before
            .as_ref()
            .is_none_or(|old| old.code != after.code || old.outcome != after.outcome)
    }
}

impl Regrouped {
    fn count(&mut self, changed: &Changed) {
        let institution = changed.row.institution.clone();
        let sums = self.institutions.entry(institution).or_default();
        let before = changed.before.as_ref().is_some_and(GroupRow::is_grouped);
        let after = changed.after.outcome == "grouped";
        sums.lists += 1;
        sums.changed += u64::from(changed.is_change());
        sums.lost += u64::from(before && !after);
        sums.gained += u64::from(!before && after);
        sums.weight_before += ten_thousandths(changed.weight_before());
        sums.weight_after += ten_thousandths(changed.after.weight);
    }
}
