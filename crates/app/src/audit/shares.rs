//! What funds paid of lines: by the settlement's own share, an estimate and named so.

use std::collections::HashMap;

use money::{Fen, Ratio, Rounding};
use store::SettlementShare;
use terms::AreaCode;

use super::finding::FindingLine;
use crate::{App, Error};

/// Settlements of some people, by person and number.
#[derive(Debug, Default)]
pub(super) struct Shares(HashMap<(String, String), SettlementShare>);

impl App {
    pub(super) async fn shares(&self, area: AreaCode, people: &[String]) -> Result<Shares, Error> {
        let rows = self.store.settlement_shares(area, people).await?;
        let keyed = |row: SettlementShare| ((row.person_no.clone(), row.settlement.clone()), row);
        Ok(Shares(rows.into_iter().map(keyed).collect()))
    }
}

impl Shares {
    pub fn of(&self, person_no: &str, settlement: &str) -> Option<&SettlementShare> {
        self.0.get(&(person_no.to_owned(), settlement.to_owned()))
    }

    /// The fund's part of an in-scope amount of a settlement; nothing where there is none.
    pub fn estimate(&self, person_no: &str, settlement: &str, in_scope: Fen) -> Fen {
        let share = self.of(person_no, settlement);
        share.map_or(Fen::ZERO, |share| part(share, in_scope))
    }

    /// What the funds paid of an amount in doubt: of its lines where it names some, filling them in
    /// order, else of its settlement.
    pub fn doubted(
        &self,
        person_no: &str,
        settlement: &str,
        amount: Fen,
        lines: &[FindingLine],
    ) -> Fen {
        if lines.is_empty() {
            return self.estimate(person_no, settlement, amount);
        }
        let mut rest = amount;
        let mut sum = Fen::ZERO;
        for line in lines {
            let filled = rest.min(line.in_scope).max(Fen::ZERO);
            rest -= filled;
            sum += self.estimate(person_no, &line.settlement, filled);
        }
        sum
    }
}

/// 基金支付部分的估计: in-scope amount × what the funds paid of the bill's in-scope amount.
fn part(share: &SettlementShare, in_scope: Fen) -> Fen {
    let (paid, whole) = (share.fund.get(), share.in_scope.get());
    if paid <= 0 || whole <= 0 || in_scope <= Fen::ZERO {
        return Fen::ZERO;
    }
    let ratio = Ratio::new(paid, whole).clamped();
    in_scope.times(ratio, Rounding::HalfUp)
}
