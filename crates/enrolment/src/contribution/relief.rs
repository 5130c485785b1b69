use std::sync::Arc;

use money::{Fen, Ratio};
use policy::{Charge, ContributionRule, Cut, FeeMonth, Provenance, Relief, SchemePolicy};

use crate::PersonFacts;
use crate::trace::Trace;

/// The rate of a charge after the reliefs of the fee month; of several the lowest.
///
/// The day of payment is not asked for: arrears of earlier months paid now, and later months paid
/// in advance, keep their own rates.
pub(super) fn relieved_rate(
    charge: &Charge,
    (rate, base): (Ratio, Fen),
    person: &PersonFacts,
    month: FeeMonth,
    law: &SchemePolicy,
    trace: &mut Trace,
) -> Ratio {
    let mut lowest: Option<(Ratio, &Arc<Provenance>)> = None;
    for (relief, basis) in reliefs(law, month) {
        let fits = relief.payer == charge.payer
            && relief.months.has(month)
            && person.satisfies(&relief.condition, month.first_day());
        let cut = relief.cuts.iter().find(|(code, _)| *code == charge.code);
        let Some((_, cut)) = cut.filter(|_| fits) else {
            continue;
        };
        let cut_rate = match cut {
            Cut::Share(share) => rate * *share,
            Cut::Rate(rate) => *rate,
        };
        if cut_rate < lowest.map_or(rate, |(lowest, _)| lowest) {
            lowest = Some((cut_rate, basis));
        }
    }
    let Some((cut_rate, basis)) = lowest else {
        return rate;
    };
    let how = money::Rounding::HalfUp;
    let span = (base.times(rate, how), base.times(cut_rate, how));
    let title = &charge.title;
    let sentence = format!("费款所属期{month}减征：{title}费率由{rate}降为{cut_rate}");
    trace.money("减征", span, basis, sentence);
    cut_rate
}

fn reliefs(
    law: &SchemePolicy,
    month: FeeMonth,
) -> impl Iterator<Item = (&Relief, &Arc<Provenance>)> {
    law.contributions
        .iter()
        .filter_map(move |topic| match topic.on(month.first_day())? {
            (ContributionRule::Relief(relief), basis) => Some((relief, basis)),
            _ => None,
        })
}
