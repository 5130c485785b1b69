//! 保底：正常支付低于保底比例时，按保底支付。

use money::Fen;
use policy::Part;

use super::layer::{Case, Verdict};
use super::rates::{Piece, Rated};
use crate::{Step, StepKind};

/// Raises the payment to the guaranteed share where it lies below; never above the cost in hand.
pub(crate) fn raise(case: &Case<'_, '_>, rated: Rated, above: Fen, verdict: &mut Verdict) -> Rated {
    let Some(floor) = &case.layer.floor else {
        return rated;
    };
    let topic = case.work.law.ratio(floor.ratio);
    let Some((rule, provenance)) = topic.at(&case.at.dates) else {
        return rated;
    };
    let Some(ratio) = rule.find(&case.at) else {
        return rated;
    };
    let rounding = case.work.settings.rounding;
    let mut base = Fen::ZERO;
    for term in &floor.base {
        let in_lines: Fen = match term.part {
            Part::InScope => case.base,
            part => case.work.part(part),
        };
        base += in_lines.times(term.share, rounding);
    }
    if floor.after_deductible {
        base = base.minus_to_zero(verdict.deductible);
    }
    let guaranteed = base.times(ratio, rounding).min(above);
    if guaranteed <= rated.paid {
        return rated;
    }
    let kind = StepKind::Floor {
        ratio,
        pays: guaranteed,
    };
    let step = case.step(kind, rated.paid, guaranteed);
    verdict.steps.push(Step {
        basis: Some(provenance.clone()),
        ..step
    });
    let whole = Piece {
        cost: above,
        ratio: money::Ratio::new(guaranteed.get(), above.get().max(1)),
    };
    Rated {
        paid: guaranteed,
        pieces: vec![whole],
    }
}
