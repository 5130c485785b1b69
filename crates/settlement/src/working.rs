use money::Fen;
use policy::{
    AmountTopic, AmountValue, BaseTerm, Part, Period, Provenance, Ref, SchemePolicy, Settings,
    Situation, Subject,
};
use terms::Word;

use std::sync::Arc;

use crate::counter::Clockwork;
use crate::{AccountDraw, Bill, CounterChange, CounterKey, FundShare, LayerShare, Step};

/// A limit as found for one bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    Of(Fen),
    Unlimited,
}

/// The cost of one lane of lines, divided into parts.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    pub name: Option<Word>,
    pub parts: [Fen; Part::ALL.len()],
}

/// Where money of a layer's base lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw {
    pub lane: usize,
    pub part: Part,
    pub amount: Fen,
}

/// The desk on which one bill is worked out: facts and law, and what has been decided so far.
pub(crate) struct Working<'a> {
    pub bill: &'a Bill,
    pub law: &'a SchemePolicy,
    pub settings: &'a Settings,
    pub at: Situation<'a>,
    pub clock: Clockwork,
    pub lanes: Vec<Lane>,
    pub splits: Vec<crate::LineSplit>,
    pub line_lanes: Vec<u8>,
    pub funds_open: bool,
    pub changes: Vec<CounterChange>,
    pub layers: Vec<LayerShare>,
    pub funds: Vec<FundShare>,
    pub accounts: Vec<AccountDraw>,
    pub drawn_by_accounts: [Fen; Part::ALL.len()],
    pub deductible: Fen,
    /// Deductible already charged to an earlier year's part of the same stay.
    pub deductible_credit: Fen,
    pub institution: Fen,
    pub trace: Vec<Step>,
}

impl<'a> Working<'a> {
    /// An amount as the bill, one line of it or one identity alone sees it.
    pub fn amount_at(
        &self,
        reference: Ref<AmountTopic>,
        at: &Situation<'_>,
    ) -> Option<(Limit, &'a Arc<Provenance>)> {
        let topic = self.law.amount(reference);
        let served = at.item.map(|item| item.served);
        let (table, provenance) = topic.on(at.dates.on(topic.selects_by, served))?;
        let value = table.find(at, |value| self.size_of(value))?;
        Some((self.size_of(value), provenance))
    }

    /// An amount that must be finite; "no limit" stands for a very large sum.
    pub fn finite_at(
        &self,
        reference: Ref<AmountTopic>,
        at: &Situation<'_>,
    ) -> Option<(Fen, &'a Arc<Provenance>)> {
        let (limit, provenance) = self.amount_at(reference, at)?;
        let amount = match limit {
            Limit::Of(amount) => amount,
            Limit::Unlimited => Fen::MAX,
        };
        Some((amount, provenance))
    }

    fn size_of(&self, value: &AmountValue) -> Limit {
        match value {
            AmountValue::Fixed(amount) => Limit::Of(*amount),
            AmountValue::Unlimited => Limit::Unlimited,
            AmountValue::Series(share) => {
                let year = self.clock.year + i16::try_from(share.year_offset).unwrap_or(0);
                let topic = &self.law.series[share.series.index()];
                let published = topic
                    .at(&self.at.dates)
                    .and_then(|(series, _)| series.of_year(year));
                Limit::Of(published.map_or(Fen::ZERO, |value| share.of(value)))
            }
        }
    }

    pub fn key(&self, name: &Word, period: Period, subject: Subject) -> CounterKey {
        CounterKey {
            name: name.clone(),
            period: self.clock.period(period),
            subject: self.clock.subject(subject, self.bill),
        }
    }

    /// A counter as it stands now, this bill's earlier steps included.
    pub fn counter(&self, key: &CounterKey) -> i64 {
        match self.changes.iter().find(|change| change.key == *key) {
            Some(change) => change.after,
            None => self.bill.counters.value(key),
        }
    }

    pub fn add(&mut self, key: CounterKey, amount: i64) {
        if amount == 0 {
            return;
        }
        if let Some(change) = self.changes.iter_mut().find(|change| change.key == key) {
            change.after += amount;
            return;
        }
        let before = self.bill.counters.value(&key);
        self.changes.push(CounterChange {
            key,
            before,
            after: before + amount,
        });
    }

    /// What is still unpaid of a part, over all lanes.
    pub fn part(&self, part: Part) -> Fen {
        self.lanes
            .iter()
            .map(|lane| lane.parts[part as usize])
            .sum()
    }

    /// All money that nobody has paid yet.
    pub fn unpaid(&self) -> Fen {
        self.lanes.iter().flat_map(|lane| lane.parts).sum()
    }

    /// The money that base terms name, in the order of the terms, then of the lanes.
    pub fn draws(&self, base: &[BaseTerm], lane: Option<&Word>) -> Vec<Draw> {
        let mut draws = Vec::with_capacity(base.len());
        for term in base {
            for (position, candidate) in self.lanes.iter().enumerate() {
                if lane.is_some() && !lane_is(candidate, lane) {
                    continue;
                }
                let available = candidate.parts[term.part as usize];
                let amount = available.times(term.share, self.settings.rounding);
                if amount > Fen::ZERO {
                    draws.push(Draw {
                        lane: position,
                        part: term.part,
                        amount,
                    });
                }
            }
        }
        draws
    }

    /// Takes up to `amount` out of the drawn parts in order; answers what was taken from each.
    pub fn take(&mut self, draws: &[Draw], mut amount: Fen) -> Vec<Draw> {
        let mut taken = Vec::new();
        for draw in draws {
            let some = draw.amount.min(amount);
            if some > Fen::ZERO {
                self.lanes[draw.lane].parts[draw.part as usize] -= some;
                amount -= some;
                taken.push(Draw {
                    amount: some,
                    ..*draw
                });
            }
        }
        debug_assert!(amount.is_zero(), "nobody pays more than the base holds");
        taken
    }

    pub fn put(&mut self, lane: usize, part: Part, amount: Fen) {
        self.lanes[lane].parts[part as usize] += amount;
    }

    pub fn pay_from_fund(&mut self, fund: terms::FundType, amount: Fen) {
        if amount.is_zero() {
            return;
        }
        match self.funds.iter_mut().find(|share| share.fund == fund) {
            Some(share) => share.amount += amount,
            None => self.funds.push(FundShare { fund, amount }),
        }
    }
}

fn lane_is(lane: &Lane, wanted: Option<&Word>) -> bool {
    match (&lane.name, wanted) {
        (Some(name), Some(wanted)) => name == wanted,
        (None, Some(wanted)) => *wanted == *"main",
        (_, None) => true,
    }
}
