use std::collections::HashMap;

use ::store::{CaseRow, CaseValueFilter, CaseValueRow};
use jiff::ToSpan;
use jiff::civil::DateTime;
use money::{Exact, Fen};
use payment::{Method, Step};
use terms::Date;

use super::change::change;
use super::facts::{PoolYear, ThroughYear};
use super::{Shared, Worth, dip, drg, kept, refused};
use crate::register::Actor;
use crate::{App, Error};

/// What valuing the cases of a year did (病例点数计算).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ValuedCases {
    /// 病例数.
    pub cases: usize,
    /// Those that got a value for the first time.
    pub fresh: usize,
    /// Those whose value changed.
    pub changed: usize,
    /// Those the method cannot price, because they have no group.
    pub unpriced: usize,
    /// Whether the parameters are not approved: good for a simulation only (测算).
    pub simulated: bool,
    /// 预估点值, yuan to four places.
    pub point_value: String,
}

const PAGE: usize = 5_000;

impl App {
    /// Values the cases of a year so far, and keeps every value that is new or has changed, with
    /// what changed (病例点数). The pool is the year's in proportion to the days gone by. Parameters
    /// that nobody has approved are tried, and every value says so.
    ///
    /// # Errors
    /// What [`App::clear_year`] refuses, except for bills no statement has.
    pub async fn value_cases(
        &self,
        actor: &Actor,
        asked: &ThroughYear,
    ) -> Result<ValuedCases, Error> {
        let year = self.pool_year(actor.area, asked, true).await?;
        let (budget, _) = year.budget()?;
        let budget = match year.version.pool {
            Some(_) => in_proportion(budget, asked)?,
            None => budget,
        };
        let shared = share(&year, budget)?;
        let known = self.known_values(actor, asked).await?;
        let mut done = ValuedCases {
            cases: year.cases.len(),
            fresh: 0,
            changed: 0,
            unpriced: 0,
            simulated: year.simulated,
            point_value: shared.point_value.clone(),
        };
        let mut rows = Vec::new();
        for (case, worth) in year.cases.iter().zip(&shared.worths) {
            let Some(worth) = worth else {
                done.unpriced += 1;
                continue;
            };
            let mut row = valued(&year, case, worth, actor.at);
            match known.get(case.settlement.as_str()) {
                None => done.fresh += 1,
                Some(before) => {
                    let Some(said) = change(before, &row) else {
                        continue;
                    };
                    row.number = before.number + 1;
                    row.change = said;
                    done.changed += 1;
                }
            }
            rows.push(row);
        }
        self.store.put_case_values(actor.area, &rows).await?;
        Ok(done)
    }

    async fn known_values(
        &self,
        actor: &Actor,
        asked: &ThroughYear,
    ) -> Result<HashMap<String, CaseValueRow>, Error> {
        let filter = CaseValueFilter {
            arrangement: asked.arrangement.clone(),
            year: asked.year.into(),
            ..CaseValueFilter::default()
        };
        let mut known = HashMap::new();
        let mut after = String::new();
        loop {
            let page = self
                .store
                .case_values(actor.area, &filter, &after, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(known);
            };
            after.clone_from(&last.settlement);
            known.extend(page.into_iter().map(|row| (row.settlement.clone(), row)));
        }
    }
}

/// Shares a pool of a year by its method.
pub(super) fn share(year: &PoolYear<'_>, budget: Fen) -> Result<Shared, Error> {
    if year.cases.is_empty() {
        let message = format!("{}{}年度没有病例", year.arrangement.title, year.year);
        return Err(Error::refused("no_cases", message));
    }
    let shared = match &year.version.method {
        Method::DrgPoints { parameters, .. } => drg::share(year, parameters, budget),
        Method::Dip { parameters } => dip::share(year, parameters, budget),
        other => {
            let message = format!("{}不分配封闭总额", other.zh());
            return Err(Error::refused("not_a_pool", message));
        }
    };
    shared.map_err(|cause| refused(&cause))
}

/// The part of a year's budget that falls to the days up to one.
fn in_proportion(budget: Fen, asked: &ThroughYear) -> Result<Fen, Error> {
    let first = Date::constant(asked.year, 1, 1);
    let last = Date::constant(asked.year, 12, 31);
    let until = asked.through.clamp(first, last).saturating_add(1.days());
    let days = |day: Date| first.until(day).map_or(0, |span| span.get_days().into());
    let whole = days(last.saturating_add(1.days()));
    let part = Exact::from(budget)
        .times(Exact::from(days(until)))
        .and_then(|part| part.over(Exact::from(whole))?.yuan());
    part.map_err(|_| Error::refused("too_large", "年度总额过大，无法精确计算"))
}

fn valued(year: &PoolYear<'_>, case: &CaseRow, worth: &Worth, at: DateTime) -> CaseValueRow {
    let mut trace = worth.trace.clone();
    if year.simulated {
        trace.insert(0, watermark(year));
    }
    CaseValueRow {
        person_no: case.person_no.clone(),
        settlement: case.settlement.clone(),
        arrangement: year.arrangement.key.clone(),
        number: 1,
        year: year.year.into(),
        institution: case.institution.clone(),
        list: case.list.clone(),
        discharged_on: case.discharged_on,
        group_code: case.group_code.clone(),
        group_name: case.group_name.clone(),
        class: worth.class.to_owned(),
        points: worth.points,
        cost: case.cost,
        fund: case.fund,
        estimate: worth.estimate,
        change: String::new(),
        trace: kept(&trace),
        computed_at: at,
    }
}

/// What stands before every value that was computed with parameters nobody has approved.
fn watermark(year: &PoolYear<'_>) -> Step {
    let (title, state) = (&year.arrangement.title, year.version.state.zh());
    Step {
        rule: "simulation",
        name: "测算",
        sentence: format!("{title}的参数为“{state}”，未经批准，本结果仅供测算，不作支付依据"),
        source: "统筹区年度支付办法",
    }
}
