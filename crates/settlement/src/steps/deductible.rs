//! 起付线：八种递减、累计和按比例的规定。

use std::sync::Arc;

use money::{Fen, Ratio};
use policy::{AmountTopic, Benefit, Part, Pattern, Period, Provenance, Ref, StepValue, Subject};

use super::layer::{Case, Verdict};
use crate::{CounterKey, Step, StepKind};

/// What is due on this bill, and the counter that will remember it.
struct Due {
    amount: Fen,
    pattern: &'static str,
    counter: Option<CounterKey>,
    basis: Option<Arc<Provenance>>,
}

/// Takes the deductible off the entering cost; answers what is left above it.
///
/// Consumption counts in-scope cost only: a bill cheaper than the deductible consumes its cost.
pub(crate) fn take(
    case: &Case<'_, '_>,
    benefit: &Benefit,
    entering: Fen,
    verdict: &mut Verdict,
) -> Fen {
    let Some(reference) = benefit.deductible else {
        return entering;
    };
    let topic = case.work.law.deductible(reference);
    let Some((rule, provenance)) = topic.at(&case.at.dates) else {
        return entering;
    };
    let Some(pattern) = rule.table.first(&case.at) else {
        return entering;
    };
    let mut due = due(case, pattern);
    due.amount = due.amount.minus_to_zero(case.work.deductible_credit);
    verdict.deductible = entering.min(due.amount);
    if let Some(counter) = due.counter {
        verdict.add(counter, verdict.deductible);
    }
    let kind = StepKind::Deductible {
        pattern: due.pattern.into(),
        due: due.amount,
        admission_number: if falls(pattern) {
            case.at.admission_number
        } else {
            0
        },
    };
    let after = entering - verdict.deductible;
    let step = case.step(kind, entering, after);
    verdict.steps.push(Step {
        basis: due.basis.or(Some(provenance.clone())),
        ..step
    });
    after
}

/// Whether the pattern depends on which stay of the year it is; only then the trace names it.
const fn falls(pattern: &Pattern) -> bool {
    matches!(
        pattern,
        Pattern::Steps { .. } | Pattern::Minus { .. } | Pattern::PercentMinus { .. }
    )
}

/// An amount, what the pattern is called, the counter that remembers it, and its topic.
type Found = (
    Fen,
    &'static str,
    Option<CounterKey>,
    Option<Ref<AmountTopic>>,
);

fn due(case: &Case<'_, '_>, pattern: &Pattern) -> Due {
    let (due, pattern, counter, of) = match pattern {
        Pattern::None => (Fen::ZERO, "不设起付线", None, None),
        Pattern::EachTime { amount: of } => (finite(case, *of), "每次计算起付线", None, Some(*of)),
        Pattern::Steps { .. } | Pattern::Minus { .. } | Pattern::PercentMinus { .. } => {
            falling(case, pattern)
        }
        Pattern::OncePer {
            amount: of,
            period,
            counter,
        } => {
            let key = case.key(counter, *period, Subject::None);
            let consumed = Fen::new(case.work.counter(&key));
            let due = finite(case, *of).minus_to_zero(consumed);
            (due, period_name(*period), Some(key), Some(*of))
        }
        Pattern::AnnualSumCap {
            amount: of,
            cap,
            counter,
        } => {
            let key = case.key(counter, Period::Year, Subject::None);
            let room = finite(case, *cap).minus_to_zero(Fen::new(case.work.counter(&key)));
            let due = finite(case, *of).min(room);
            (due, "每次计算、全年累计封顶", Some(key), Some(*of))
        }
        Pattern::ShareOfBill {
            ratio,
            of,
            floor,
            ceiling,
        } => {
            let due = share_of_bill(case, *ratio, of);
            let due = ceiling.map_or(due, |most| due.min(finite(case, most)));
            let due = floor.map_or(due, |least| due.max(finite(case, least)));
            (due, "按费用比例计算起付线", None, None)
        }
    };
    let basis = of
        .and_then(|of| case.work.finite_at(of, &case.at))
        .map(|(_, provenance)| provenance.clone());
    Due {
        amount: due.max(Fen::ZERO),
        pattern,
        counter,
        basis,
    }
}

/// The patterns that fall with every stay of the year; others never come here.
fn falling(case: &Case<'_, '_>, pattern: &Pattern) -> Found {
    let nth = usize::try_from(case.at.admission_number.max(1)).unwrap_or(1) - 1;
    match pattern {
        Pattern::Steps { amount: of, steps } => {
            let due = step_amount(case, *of, steps, nth);
            (due, "起付线逐次递减", None, Some(*of))
        }
        Pattern::Minus {
            amount: of,
            step,
            floor,
        } => {
            let times = i64::try_from(nth).unwrap_or(i64::MAX);
            let less = Fen::new(finite(case, *step).get().saturating_mul(times));
            let due = finite(case, *of).minus_to_zero(less);
            let due = due.max(finite(case, *floor));
            (due, "起付线逐次递减固定金额", None, Some(*of))
        }
        Pattern::PercentMinus {
            amount: of,
            percent,
            compound,
            floor,
        } => {
            let due = reduced(case, finite(case, *of), *percent, nth, *compound);
            let due = due.max(finite(case, *floor));
            (due, "起付线逐次按比例递减", None, Some(*of))
        }
        _ => (Fen::ZERO, "不设起付线", None, None),
    }
}

fn finite(case: &Case<'_, '_>, reference: Ref<AmountTopic>) -> Fen {
    case.work
        .finite_at(reference, &case.at)
        .map_or(Fen::ZERO, |(amount, _)| amount)
}

fn step_amount(case: &Case<'_, '_>, of: Ref<AmountTopic>, steps: &[StepValue], nth: usize) -> Fen {
    match steps.get(nth).or(steps.last()) {
        Some(StepValue::Factor(factor)) => {
            finite(case, of).times(*factor, case.work.settings.rounding)
        }
        Some(StepValue::Amount(own)) => finite(case, *own),
        None => finite(case, of),
    }
}

/// 10% less each time: of the first amount, or of the previous one when it compounds.
fn reduced(case: &Case<'_, '_>, first: Fen, percent: Ratio, times: usize, compound: bool) -> Fen {
    let rounding = case.work.settings.rounding;
    if compound {
        let keep = Ratio::ONE - percent;
        (0..times).fold(first, |due, _| due.times(keep, rounding))
    } else {
        let times = i64::try_from(times).unwrap_or(i64::MAX).min(1000);
        first.times(
            (Ratio::ONE - percent.times_whole(times)).clamped(),
            rounding,
        )
    }
}

/// A share of what the bill's lines came to, whatever has been paid of them since.
fn share_of_bill(case: &Case<'_, '_>, ratio: Ratio, of: &[policy::BaseTerm]) -> Fen {
    let rounding = case.work.settings.rounding;
    let amounts = of.iter().map(|term| {
        let of_line = |split: &crate::LineSplit| match term.part {
            Part::SelfPaid => split.self_paid,
            Part::OverLimit => split.over_limit,
            Part::Prior => split.prior,
            Part::InScope => split.in_scope,
            _ => Fen::ZERO,
        };
        let sum: Fen = case.work.splits.iter().map(of_line).sum();
        sum.times(term.share, rounding)
    });
    amounts.sum::<Fen>().times(ratio, rounding)
}

const fn period_name(period: Period) -> &'static str {
    match period {
        Period::Year => "年度内累计一次起付线",
        Period::Month => "每月累计一次起付线",
        Period::Day => "同日同机构累计一次起付线",
        Period::Stay => "每次就诊一次起付线",
        Period::Episode => "同一病程累计一次起付线",
        Period::Life => "终身累计一次起付线",
    }
}
