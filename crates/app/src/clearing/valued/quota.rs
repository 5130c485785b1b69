//! 机构的年度指标：总额控制的月度限额从这里来。

use std::collections::BTreeMap;

use ::store::{MethodMonthFilter, TargetRow};
use money::Fen;
use payment::{Method, Quota};
use policy::FeeMonth;
use terms::AreaCode;

use super::facts::scheme_of_book;
use crate::{App, Error};

/// The yearly target of an institution in a book with its twelve quotas (年度指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTarget {
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// 月度限额, January first.
    pub quotas: [Fen; 12],
}

/// The state of a target that counts.
const AGREED: &str = "agreed";

impl App {
    /// The quotas of a month for the global budgets of an institution, with what earlier months of
    /// the year left.
    pub(super) async fn quotas_of(
        &self,
        area: AreaCode,
        month: FeeMonth,
        (institution, book): (&str, &str),
        targets: &[YearTarget],
    ) -> Result<BTreeMap<String, Quota>, Error> {
        let mut quotas = BTreeMap::new();
        let Some(scheme) = scheme_of_book(book) else {
            return Ok(quotas);
        };
        for one in self.law.methods.of(area, scheme) {
            let Ok(Some((version, _))) = one.on(month.last_day()) else {
                continue;
            };
            let Method::GlobalBudget { allow_carry, .. } = version.method else {
                continue;
            };
            let given = |one: &&YearTarget| one.institution == institution && one.book == book;
            let year = match targets.iter().find(given) {
                Some(target) => target.quotas.to_vec(),
                None => self.year_quotas(area, month, (institution, book)).await?,
            };
            let Some(quota) = quota(&year, month) else {
                continue;
            };
            let mut carry_available = Fen::ZERO;
            if allow_carry {
                let whose = (institution, one.key.as_str());
                carry_available = self.carried_quota(area, month, whose, &year).await?;
            }
            let quota = Quota {
                quota,
                carry_available,
            };
            quotas.insert(one.key.clone(), quota);
        }
        Ok(quotas)
    }

    /// The quotas of the target that was agreed last; none where there is no target.
    async fn year_quotas(
        &self,
        area: AreaCode,
        month: FeeMonth,
        (institution, book): (&str, &str),
    ) -> Result<Vec<Fen>, Error> {
        let rounds = self
            .store
            .budget_targets(area, month.year(), institution)
            .await?;
        let agreed = |row: &&TargetRow| row.book == book && row.state == AGREED;
        let Some(target) = rounds.iter().filter(agreed).max_by_key(|row| row.version) else {
            return Ok(Vec::new());
        };
        let fen: Vec<i64> = serde_json::from_str(&target.quotas)
            .map_err(|error| Error::Bug(format!("quotas of a target: {error}")))?;
        Ok(fen.into_iter().map(Fen::new).collect())
    }

    /// What earlier months of the year left: what the newest one with bills did, and the whole
    /// quota of every month without bills since.
    async fn carried_quota(
        &self,
        area: AreaCode,
        month: FeeMonth,
        (institution, arrangement): (&str, &str),
        year: &[Fen],
    ) -> Result<Fen, Error> {
        let begins = month.later(1 - i32::from(month.month()));
        let filter = MethodMonthFilter {
            institution: institution.to_owned(),
            arrangement: arrangement.to_owned(),
            from: begins.to_string(),
            to: month.later(-1).to_string(),
            ..MethodMonthFilter::default()
        };
        let months = match month.month() {
            1 => Vec::new(),
            _ => self.store.method_months(area, &filter).await?,
        };
        let newest = months.last();
        let known = newest.and_then(|row| row.month.parse::<FeeMonth>().ok());
        let mut carry = newest.map_or(Fen::ZERO, |row| row.carry);
        let mut unused = known.map_or(begins, |known| known.later(1));
        while unused < month {
            carry += quota(year, unused).unwrap_or_default();
            unused = unused.later(1);
        }
        Ok(carry)
    }
}

/// The quota of a month, of the year's quotas from January on.
fn quota(year: &[Fen], month: FeeMonth) -> Option<Fen> {
    let at = usize::try_from(month.month() - 1).ok()?;
    year.get(at).copied()
}
