//! 先行自付：乙类及政策另定项目先由个人承担的部分。

use money::{Fen, Ratio, share_by_weight};
use policy::{ItemRules, PriorValue, RoundingPer, Situation};

use crate::working::Working;

/// The prior share of a line: the policy's where it has a row, else the catalogue's own.
pub(crate) fn share_of(rules: &ItemRules, own: Ratio, at: &Situation<'_>) -> Ratio {
    let by_policy = rules.prior.as_ref().and_then(|table| {
        table.find(at, |value| match value {
            PriorValue::Catalogue => own,
            PriorValue::Share(share) => share.in_situation(at),
        })
    });
    match by_policy {
        None | Some(PriorValue::Catalogue) => own.clamped(),
        Some(PriorValue::Share(share)) => share.in_situation(at).clamped(),
    }
}

/// Moves the prior share of every line out of its in-scope cost; the in-scope cost is the balance.
///
/// Rounded per line, or once per ratio and bill with the fen shared out by largest remainder, as
/// the policy says.
pub(crate) fn take(work: &mut Working<'_>) {
    let rounding = work.settings.rounding;
    match work.settings.prior_rounding {
        RoundingPer::Piece => {
            for split in &mut work.splits {
                let prior = split.in_scope.times(split.prior_ratio, rounding);
                if split.in_scope > Fen::ZERO {
                    split.prior = prior;
                    split.in_scope -= prior;
                }
            }
        }
        RoundingPer::Bill => take_per_bill(work),
    }
}

fn take_per_bill(work: &mut Working<'_>) {
    let rounding = work.settings.rounding;
    let mut ratios: Vec<Ratio> = work.splits.iter().map(|split| split.prior_ratio).collect();
    ratios.sort_unstable();
    ratios.dedup();
    for ratio in ratios {
        let of_ratio = |split: &&mut crate::LineSplit| split.prior_ratio == ratio;
        let weights: Vec<i64> = work
            .splits
            .iter()
            .filter(|split| split.prior_ratio == ratio)
            .map(|split| split.in_scope.get())
            .collect();
        let cost: Fen = weights.iter().map(|fen| Fen::new(*fen)).sum();
        let shares = share_by_weight(cost.times(ratio, rounding), &weights);
        for (split, prior) in work.splits.iter_mut().filter(of_ratio).zip(shares) {
            let prior = prior.min(split.in_scope);
            split.prior = prior;
            split.in_scope -= prior;
        }
    }
}
