use std::collections::BTreeMap;

use ::store::{
    AnnualClearingRow, AnnualFilter, AnnualMoved, AnnualPartRow, Answer, CaseRow, ClearingCommit,
    MethodMonthFilter,
};
use money::Fen;
use payment::Step;
use sha2::{Digest, Sha256};
use terms::Date;

use super::cases::share;
use super::facts::{PoolYear, ThroughYear};
use super::{Shared, kept};
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// A year as it was cleared (年度清算).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualCleared {
    /// The clearing.
    pub clearing: AnnualClearingRow,
    /// One part per institution.
    pub parts: Vec<AnnualPartRow>,
}

pub(super) const COMPUTED: &str = "computed";
pub(super) const APPROVED: &str = "approved";
const REPLACED: &str = "replaced";

impl App {
    /// Clears a year by its method: the closed pool is shared to the fen, and each institution's
    /// difference to what it was paid is shown (年度清算). Computing again replaces what nobody has
    /// approved.
    ///
    /// # Errors
    /// `year_open` before the year has ended, `annual_approved` when it was approved before,
    /// `not_in_statement` while bills of the year are in no statement, `ungrouped_cases` where a
    /// method by scores has cases without group, `no_cases`, `no_method`, `not_a_pool`, and what
    /// the room refuses.
    pub async fn clear_year(
        &self,
        actor: &Actor,
        arrangement: &str,
        year: i16,
    ) -> Result<AnnualCleared, Error> {
        let asked = ThroughYear {
            arrangement: arrangement.to_owned(),
            year,
            through: actor.at.date(),
        };
        let last = Date::constant(year, 12, 31);
        if actor.at.date() <= last {
            let message = format!("{year}年度还没有结束，不能清算");
            return Err(Error::refused("year_open", message));
        }
        let pool = self.pool_year(actor.area, &asked, false).await?;
        all_in_statements(&pool)?;
        let (budget, steps) = pool.budget()?;
        let shared = share(&pool, budget)?;
        all_priced(&pool, &shared)?;
        let held = self.held_in(actor, &asked).await?;
        for _ in 0..ATTEMPTS {
            let moves = self.replaced_clearings(actor, &asked).await?;
            let number = self.numbers.named("AC");
            let clearing = clearing_row(actor, &pool, (&shared, budget, &steps), &number);
            let parts = parts_of(&pool, &shared, &held, &number);
            let mut commit = ClearingCommit::new(actor.area);
            commit.methods.moves = moves;
            commit.methods.clearings.push(clearing.clone());
            commit.methods.parts.clone_from(&parts);
            commit.access = Some(actor.access(self, "clear_year", &number, "done"));
            if self.store.record_clearing(&commit).await? == Answer::Done {
                return Ok(AnnualCleared { clearing, parts });
            }
        }
        Err(Error::Busy)
    }

    /// What was held of each institution in the months of the year.
    async fn held_in(
        &self,
        actor: &Actor,
        asked: &ThroughYear,
    ) -> Result<BTreeMap<String, Fen>, Error> {
        let filter = MethodMonthFilter {
            arrangement: asked.arrangement.clone(),
            from: format!("{}-01", asked.year),
            to: format!("{}-12", asked.year),
            ..MethodMonthFilter::default()
        };
        let mut held: BTreeMap<String, Fen> = BTreeMap::new();
        for row in self.store.method_months(actor.area, &filter).await? {
            *held.entry(row.institution).or_default() += row.held;
        }
        Ok(held)
    }

    /// What stands computed and is replaced.
    async fn replaced_clearings(
        &self,
        actor: &Actor,
        asked: &ThroughYear,
    ) -> Result<Vec<AnnualMoved>, Error> {
        let filter = AnnualFilter {
            year: asked.year.into(),
            arrangement: asked.arrangement.clone(),
            state: String::new(),
        };
        let known = self.store.annual_clearings(actor.area, &filter).await?;
        if let Some(one) = known.iter().find(|row| row.state == APPROVED) {
            let message = format!(
                "{}{}年度已由{}批准，不再重算；差错在开放年度调整",
                one.title, one.year, one.approved_by
            );
            return Err(Error::refused("annual_approved", message));
        }
        let open = known.into_iter().filter(|row| row.state == COMPUTED);
        let moved = open.map(|row| AnnualMoved {
            clearing: row.clearing,
            from_state: COMPUTED.to_owned(),
            to_state: REPLACED.to_owned(),
            approved_by: String::new(),
            approved_at: None,
            adjustments: Vec::new(),
        });
        Ok(moved.collect())
    }
}

fn all_in_statements(pool: &PoolYear<'_>) -> Result<(), Error> {
    let outside = |case: &&CaseRow| !case.in_statement && !case.fund.is_zero();
    let count = pool.cases.iter().filter(outside).count();
    let Some(first) = pool.cases.iter().find(outside) else {
        return Ok(());
    };
    let message = format!(
        "有{count}笔结算还没有列入清算单，例如{}（{}，{}）",
        first.settlement, first.institution, first.settled_on
    );
    Err(Error::refused("not_in_statement", message))
}

fn all_priced(pool: &PoolYear<'_>, shared: &Shared) -> Result<(), Error> {
    let pairs = pool.cases.iter().zip(&shared.worths);
    let missing: Vec<&CaseRow> = pairs
        .filter(|(_, worth)| worth.is_none())
        .map(|(case, _)| case)
        .collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    let message = format!(
        "有{}例没有病种，不能按分值清算，例如结算{}（{}）",
        missing.len(),
        first.settlement,
        first.institution
    );
    Err(Error::refused("ungrouped_cases", message))
}

fn clearing_row(
    actor: &Actor,
    pool: &PoolYear<'_>,
    (shared, budget, steps): (&Shared, Fen, &[Step]),
    number: &str,
) -> AnnualClearingRow {
    AnnualClearingRow {
        clearing: number.to_owned(),
        year: pool.year.into(),
        book: pool.book.to_owned(),
        arrangement: pool.arrangement.key.clone(),
        title: pool.arrangement.title.clone(),
        method: pool.version.method.zh().to_owned(),
        version: pool.version.version.into(),
        state: COMPUTED.to_owned(),
        cases: i64::try_from(pool.cases.len()).unwrap_or(i64::MAX),
        budget,
        items: shared.items,
        pool: shared.pool,
        points: shared.points,
        point_value: shared.point_value.clone(),
        snapshot: snapshot(pool),
        basis: pool.basis.text(),
        trace: kept(steps),
        computed_by: actor.name.clone(),
        computed_at: actor.at,
        approved_by: String::new(),
        approved_at: None,
    }
}

fn parts_of(
    pool: &PoolYear<'_>,
    shared: &Shared,
    held: &BTreeMap<String, Fen>,
    number: &str,
) -> Vec<AnnualPartRow> {
    let part = |part: &super::Part| {
        let mine = pool.cases.iter();
        let cases = mine
            .filter(|case| case.institution == part.institution)
            .count();
        let held = held.get(&part.institution).copied().unwrap_or_default();
        let paid = part.items - held;
        AnnualPartRow {
            clearing: number.to_owned(),
            institution: part.institution.clone(),
            cases: i64::try_from(cases).unwrap_or(i64::MAX),
            points: part.points,
            items: part.items,
            others: part.others,
            entitlement: part.entitlement,
            payment: part.payment,
            paid,
            difference: part.payment - paid,
            adjustment: String::new(),
            trace: kept(&part.trace),
        }
    };
    shared.parts.iter().map(part).collect()
}

/// The hash of everything that was cleared: the same facts give the same bytes.
fn snapshot(pool: &PoolYear<'_>) -> String {
    let mut hash = Sha256::new();
    let version = serde_json::to_string(pool.version).expect("parameters are plain text");
    hash.update(version.as_bytes());
    for case in pool.base.iter().chain([&pool.cases]).flatten() {
        let (cost, fund) = (case.cost.get(), case.fund.get());
        let (id, institution) = (&case.settlement, &case.institution);
        let (group, day) = (&case.group_code, case.discharged_on);
        hash.update(format!("\n{id} {institution} {group} {day} {cost} {fund}").as_bytes());
    }
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
