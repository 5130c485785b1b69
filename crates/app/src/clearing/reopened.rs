use std::collections::BTreeSet;
use std::str::FromStr;

use ::store::{AdjustmentFilter, ReopenedRow};
use bookkeeping::{benefit_class, book_of, is_cleared};
use money::Fen;
use policy::FeeMonth;
use serde::Deserialize;
use terms::{AdjustmentKind, CareType, FundType};

use super::propose::NewAdjustment;
use crate::register::Actor;
use crate::{App, Error};

/// How many accepted differences one build looks at.
const MOST: usize = 100_000;

/// What a re-opened bill keeps of what each fund paid, and would pay.
#[derive(Deserialize)]
struct Funds {
    funds_before: Vec<(String, Fen)>,
    funds_after: Vec<(String, Fen)>,
}

impl App {
    /// Makes an adjustment of every accepted difference of a re-opened bill that has none yet, per
    /// book (追溯差额列入清算): paid to the institution where the funds owe more, taken back where
    /// they owe less. Answers how many were made.
    ///
    /// # Errors
    /// As [`App::propose_adjustment`].
    pub async fn adjust_reopened(&self, actor: &Actor) -> Result<usize, Error> {
        let accepted = self
            .store
            .reopened_bills(actor.area, None, Some("accepted"), MOST);
        let accepted = accepted.await?;
        if accepted.is_empty() {
            return Ok(0);
        }
        let filter = AdjustmentFilter {
            kind: AdjustmentKind::ReopenedDifference.word().to_owned(),
            ..AdjustmentFilter::default()
        };
        let known = self.store.clearing_adjustments(actor.area, &filter);
        let known: BTreeSet<String> = known.await?.into_iter().map(|row| row.adjustment).collect();
        let mut made = 0;
        for row in &accepted {
            for new in self.reopened_differences(actor, row).await? {
                if !known.contains(&new.adjustment) {
                    self.propose_adjustment(actor, &new).await?;
                    made += 1;
                }
            }
        }
        Ok(made)
    }

    async fn reopened_differences(
        &self,
        actor: &Actor,
        row: &ReopenedRow,
    ) -> Result<Vec<NewAdjustment>, Error> {
        let bill = self.store.settlement(actor.area, None, &row.settlement_id);
        let bill = bill.await?;
        let bill = bill.ok_or_else(|| Error::missing("结算", &row.settlement_id))?;
        let broken = |what: String| Error::Bug(format!("reopened {}: {what}", row.settlement_id));
        let funds: Funds =
            serde_json::from_str(&row.detail).map_err(|cause| broken(cause.to_string()))?;
        let care =
            CareType::from_str(&bill.care_type).map_err(|cause| broken(cause.to_string()))?;
        let decided = row.decided_at.unwrap_or(row.found_at).date();
        let mut found = Vec::new();
        for (book, amount) in by_book(&funds) {
            found.push(NewAdjustment {
                adjustment: format!("ZS-{}-{}-{book}", row.settlement_id, row.fact_no),
                institution: bill.institution.clone(),
                class: benefit_class(&book, care),
                book,
                kind: AdjustmentKind::ReopenedDifference,
                amount,
                first_month: FeeMonth::of(decided),
                document: format!("结算{}追溯差额", row.settlement_id),
                text: format!("结算{}登记变更后重新计算的差额", row.settlement_id),
            });
        }
        Ok(found)
    }
}

/// What changes per book, where something does.
fn by_book(funds: &Funds) -> Vec<(String, Fen)> {
    let mut sums = std::collections::BTreeMap::<&str, Fen>::new();
    let book = |fund: &str| FundType::from_str(fund).map_or("OTHER", book_of);
    for (fund, amount) in &funds.funds_after {
        *sums.entry(book(fund)).or_default() += *amount;
    }
    for (fund, amount) in &funds.funds_before {
        *sums.entry(book(fund)).or_default() -= *amount;
    }
    sums.into_iter()
        .filter(|(book, amount)| is_cleared(book) && !amount.is_zero())
        .map(|(book, amount)| (book.to_owned(), amount))
        .collect()
}
