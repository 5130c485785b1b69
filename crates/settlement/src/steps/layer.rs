//! 一层待遇：基数、公式、限额、累计。

use money::Fen;
use policy::{Condition, Counted, Form, Layer, Part, Ref, Situation, Topic};
use terms::Word;

use super::{benefit, cumulative, fixed_price};
use crate::working::{Draw, Working};
use crate::{CounterKey, Labelled, LayerShare, Step, StepKind};

/// What a layer would do, before anything is booked.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub base: Fen,
    pub prior_share: Fen,
    pub deductible: Fen,
    pub over_cap: Fen,
    /// Cost beyond a limit that ends with the person.
    pub beyond_limit: Fen,
    pub paid: Fen,
    /// The agreed price less the bill, where a price replaces it.
    pub price_difference: Fen,
    pub adds: Vec<(CounterKey, i64)>,
    /// The counter behind bands measured on the fund's payment; known only after the caps.
    pub counts_paid: Option<CounterKey>,
    pub steps: Vec<Step>,
}

impl Verdict {
    /// Puts cost that a limit did not let in where the limit says.
    pub fn put_excess(&mut self, excess: policy::Excess, cost: Fen) {
        match excess {
            policy::Excess::Flows => self.over_cap += cost,
            policy::Excess::Ends => self.beyond_limit += cost,
        }
    }

    pub fn add(&mut self, key: CounterKey, amount: Fen) {
        if !self.adds.iter().any(|(known, _)| *known == key) {
            self.adds.push((key, amount.get()));
        }
    }
}

/// A layer at work: its rule, its law, and the money it may touch.
pub(crate) struct Case<'c, 'a> {
    pub work: &'c Working<'a>,
    pub at: Situation<'c>,
    pub topic: &'a Topic<Layer>,
    pub layer: &'a Layer,
    pub draws: &'c [Draw],
    pub base: Fen,
}

impl Case<'_, '_> {
    pub fn step(&self, kind: StepKind, before: Fen, after: Fen) -> Step {
        Step {
            topic: self.topic.key.clone(),
            kind,
            before,
            after,
            basis: None,
        }
    }

    pub fn key(&self, name: &Word, period: policy::Period, subject: policy::Subject) -> CounterKey {
        self.work.key(name, period, subject)
    }
}

/// Lets one layer of the chain pay.
pub(crate) fn pay(work: &mut Working<'_>, reference: Ref<Topic<Layer>>, counts: bool) {
    let topic = work.law.layer(reference);
    let Some((layer, provenance)) = topic.at(&work.at.dates) else {
        return;
    };
    let draws = work.draws(&layer.base, layer.lane.as_ref());
    let base: Fen = draws.iter().map(|draw| draw.amount).sum();
    if base.is_zero() && !matches!(layer.form, Form::FixedPrice(_)) {
        return;
    }
    let Some(mut verdict) = judge(work, topic, layer, &draws, base) else {
        return;
    };
    for count in &layer.counts {
        let amount = match count.what {
            Counted::Base => verdict.base,
            Counted::Paid => verdict.paid,
            Counted::OwnShare => verdict.base - verdict.paid,
        };
        verdict.add(
            work.key(&count.counter, count.period, count.subject),
            amount,
        );
    }
    let opening = Step {
        topic: topic.key.clone(),
        kind: StepKind::Base {
            title: topic.title.clone(),
            parts: labelled(&draws),
        },
        before: base,
        after: base,
        basis: Some(provenance.clone()),
    };
    work.trace.push(opening);
    book(work, topic, layer, &draws, verdict, counts);
}

fn labelled(draws: &[Draw]) -> Vec<Labelled> {
    let mut parts: Vec<Labelled> = Vec::with_capacity(draws.len());
    for draw in draws {
        match parts.iter_mut().find(|known| known.part == draw.part) {
            Some(known) => known.amount += draw.amount,
            None => parts.push(Labelled {
                part: draw.part,
                amount: draw.amount,
            }),
        }
    }
    parts
}

/// Decides without booking; with several identities the one that pays most is taken (从优).
fn judge<'a>(
    work: &Working<'a>,
    topic: &'a Topic<Layer>,
    layer: &'a Layer,
    draws: &[Draw],
    base: Fen,
) -> Option<Verdict> {
    let case = |at| Case {
        work,
        at,
        topic,
        layer,
        draws,
        base,
    };
    if !layer.best_identity || work.at.identities.len() < 2 {
        return judge_one(&case(work.at), &layer.condition);
    }
    let mut best: Option<(Verdict, &Word)> = None;
    for identity in work.at.identities {
        let at = work.at.with_identities(std::slice::from_ref(identity));
        let Some(verdict) = judge_one(&case(at), &layer.condition) else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|(known, _)| verdict.paid > known.paid)
        {
            best = Some((verdict, identity));
        }
    }
    let (mut verdict, identity) = best?;
    let kind = StepKind::BestIdentity {
        identity: identity.clone(),
    };
    verdict
        .steps
        .insert(0, case(work.at).step(kind, base, base));
    Some(verdict)
}

fn judge_one(case: &Case<'_, '_>, condition: &Condition) -> Option<Verdict> {
    if !condition.holds(&case.at) {
        return None;
    }
    match &case.layer.form {
        Form::Benefit(benefit) => benefit::judge(case, benefit),
        Form::Cumulative(cumulative) => cumulative::judge(case, cumulative),
        Form::FixedPrice(fixed) => fixed_price::judge(case, fixed),
    }
}

/// Books a verdict: unsettled cost becomes paid money and own parts, own money shrinks in order.
fn book(
    work: &mut Working<'_>,
    topic: &Topic<Layer>,
    layer: &Layer,
    draws: &[Draw],
    mut verdict: Verdict,
    counts: bool,
) {
    let replaces = matches!(&layer.form, Form::FixedPrice(fixed) if fixed.replaces_bill);
    let settles = layer.base.iter().all(|term| term.part.is_unsettled());
    if settles || replaces {
        let home = draws.first().map_or(0, |draw| draw.lane);
        work.take(draws, draws.iter().map(|draw| draw.amount).sum());
        let own = verdict.base
            - verdict.prior_share
            - verdict.deductible
            - verdict.over_cap
            - verdict.beyond_limit
            - verdict.paid;
        work.put(home, Part::NonLocalPrior, verdict.prior_share);
        work.put(home, Part::Deductible, verdict.deductible);
        work.put(home, Part::OverCap, verdict.over_cap);
        work.put(home, Part::BeyondLimit, verdict.beyond_limit);
        work.put(home, Part::Coinsurance, own);
        work.deductible += verdict.deductible;
    } else {
        work.take(draws, verdict.paid);
    }
    work.institution -= verdict.price_difference;
    work.pay_from_fund(layer.payer, verdict.paid);
    work.trace.append(&mut verdict.steps);
    let left = work.unpaid();
    work.trace.push(Step {
        topic: topic.key.clone(),
        kind: StepKind::Paid {
            title: topic.title.clone(),
            pays: verdict.paid,
        },
        before: left + verdict.paid,
        after: left,
        basis: None,
    });
    work.layers.push(LayerShare {
        key: topic.key.clone(),
        title: topic.title.clone(),
        payer: layer.payer,
        base: verdict.base,
        deductible: verdict.deductible,
        paid: verdict.paid,
    });
    if counts {
        for (key, amount) in verdict.adds {
            work.add(key, amount);
        }
    }
}
