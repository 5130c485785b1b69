//! 单病种、定额、限额：以约定标准代替或限制账单。

use money::{Fen, Ratio};
use policy::FixedPrice;

use super::cap;
use super::layer::{Case, Verdict};
use super::rates::{Piece, Rated};
use crate::{Step, StepKind};

/// Pays a share of the agreed price, or of the actual cost up to the limit.
pub(crate) fn judge(case: &Case<'_, '_>, rule: &FixedPrice) -> Option<Verdict> {
    let (price, provenance) = case.work.finite_at(rule.price, &case.at)?;
    let ratio = match rule.ratio {
        Some(reference) => {
            let topic = case.work.law.ratio(reference);
            topic.at(&case.at.dates)?.0.find(&case.at)?
        }
        None => Ratio::ONE,
    };
    let mut verdict = Verdict::default();
    let kind = StepKind::FixedPrice {
        price,
        replaces_bill: rule.replaces_bill,
    };
    let cost = if rule.replaces_bill {
        verdict.price_difference = price - case.base;
        price
    } else {
        case.base
    };
    let step = case.step(kind, case.base, cost);
    verdict.steps.push(Step {
        basis: Some(provenance.clone()),
        ..step
    });
    verdict.base = cost;
    let share = cost.times(ratio, case.work.settings.rounding);
    let bounded = if rule.replaces_bill {
        share
    } else {
        share.min(price)
    };
    let step = case.step(
        StepKind::Ratio {
            ratio,
            pays: bounded,
        },
        cost,
        cost - bounded,
    );
    verdict.steps.push(step);
    let rated = Rated {
        paid: bounded.max(Fen::ZERO),
        pieces: vec![Piece { cost, ratio }],
    };
    verdict.paid = cap::payment(case, rated, cost, &mut verdict);
    Some(verdict)
}
