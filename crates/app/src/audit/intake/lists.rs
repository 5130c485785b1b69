//! 病组取数：结算清单按所用方案分组，再逐个去掉次要诊断分一次，看哪个诊断抬高了权重。

use std::collections::BTreeSet;

use grouping::Discharge;
use jiff::civil::Date;
use lines::Table;
use money::{Fen, Ratio, Rounding};
use store::DischargeFilter;
use terms::AreaCode;

use super::Feeds;
use crate::discharge::{KeptList, group_case};
use crate::{App, Error};

/// Lists read together.
const STEP: usize = 500;

impl App {
    /// Of the lists settled in a period, the weight of each case and what it would weigh without
    /// one of its other diagnoses, where that differs; no table where nobody reported a list
    /// (病组结果).
    pub(in crate::audit) async fn list_feeds(
        &self,
        area: AreaCode,
        (from, to): (Date, Date),
    ) -> Result<Feeds, Error> {
        let filter = DischargeFilter {
            from: Some(from),
            to: Some(to),
            standing: true,
            ..DischargeFilter::default()
        };
        let mut table = Table::new(["visit", "diagnosis", "weight", "weight_without"]);
        let (mut after, mut any) = (String::new(), false);
        loop {
            let lists = self.store.search_discharges(area, &filter, &after, STEP);
            let lists = lists.await?;
            let Some(last) = lists.last() else {
                break;
            };
            after.clone_from(&last.list_id);
            for list in &lists {
                let kept = KeptList::of(&list.body)?;
                let case = kept.case.discharge();
                any |= self.raised(
                    area,
                    (&list.visit_id, list.discharged_on),
                    &case,
                    &mut table,
                )?;
            }
        }
        Ok(any
            .then_some(("group_results", table))
            .into_iter()
            .collect())
    }

    /// Writes what diagnoses of a case raise its weight; whether the case has one at all.
    fn raised(
        &self,
        area: AreaCode,
        (visit, day): (&str, Date),
        case: &Discharge<'_>,
        table: &mut Table,
    ) -> Result<bool, Error> {
        let Some(weight) = self.weight(area, day, case)? else {
            return Ok(false);
        };
        let others: BTreeSet<&str> = case.others.iter().copied().collect();
        for code in others {
            let mut without = case.clone();
            without.others.retain(|other| *other != code);
            let Some(bare) = self.weight(area, day, &without)? else {
                continue;
            };
            if bare < weight {
                table.push([visit, code, &decimal(weight), &decimal(bare)]);
            }
        }
        Ok(true)
    }

    /// The weight of a case in ten-thousandths by the scheme that counts: DRG before DIP.
    fn weight(
        &self,
        area: AreaCode,
        day: Date,
        case: &Discharge<'_>,
    ) -> Result<Option<i64>, Error> {
        let cases = group_case(&self.law.schemes, area, day, case)?;
        let counts = cases.into_iter().next();
        let grouped = counts.filter(|one| one.outcome == "grouped");
        Ok(grouped.and_then(|one| one.weight).map(ten_thousandths))
    }
}

fn ten_thousandths(weight: Ratio) -> i64 {
    Fen::new(10_000).times(weight, Rounding::HalfUp).get()
}

fn decimal(weight: i64) -> String {
    format!("{}.{:04}", weight / 10_000, weight % 10_000)
}
