//! 机构的年度指标：总额控制的月度限额从这里来。

use std::collections::BTreeMap;

use ::store::MethodMonthFilter;
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
            let Method::GlobalBudget { .. } = version.method else {
                continue;
            };
            if let Some(quota) = quota(targets, month, (institution, book)) {
                let carry_available = self.carried(area, month, institution, &one.key).await?;
                quotas.insert(
                    one.key.clone(),
                    Quota {
                        quota,
                        carry_available,
                    },
                );
            }
        }
        Ok(quotas)
    }

    /// What the newest earlier month of the year left.
    async fn carried(
        &self,
        area: AreaCode,
        month: FeeMonth,
        institution: &str,
        arrangement: &str,
    ) -> Result<Fen, Error> {
        if month.month() == 1 {
            return Ok(Fen::ZERO);
        }
        let filter = MethodMonthFilter {
            institution: institution.to_owned(),
            arrangement: arrangement.to_owned(),
            from: format!("{}-01", month.year()),
            to: month.later(-1).to_string(),
            ..MethodMonthFilter::default()
        };
        let months = self.store.method_months(area, &filter).await?;
        Ok(months.last().map_or(Fen::ZERO, |row| row.carry))
    }
}

/// The quota of a month, from the target that was agreed.
fn quota(
    targets: &[YearTarget],
    month: FeeMonth,
    (institution, book): (&str, &str),
) -> Option<Fen> {
    let mine = |one: &&YearTarget| one.institution == institution && one.book == book;
    let at = usize::try_from(month.month() - 1).unwrap_or(0);
    targets.iter().find(mine).map(|one| one.quotas[at])
}
