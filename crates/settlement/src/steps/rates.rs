//! 支付比例：单一比例、按明细比例、分段比例。

use money::{Fen, Ratio, Rounding, share_by_weight};
use policy::{Bands, Benefit, EdgeBasis, Period, Rates, Ref, Scale, Situation, Subject, Topic};
use terms::Word;

use super::classify::facts_of;
use super::layer::{Case, Verdict};
use crate::{Step, StepKind};
use policy::RoundingPer;

/// A piece of the cost with one ratio.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub cost: Fen,
    pub ratio: Ratio,
}

/// What the rates give, and the pieces it came from in order.
#[derive(Debug, Default)]
pub(crate) struct Rated {
    pub paid: Fen,
    pub pieces: Vec<Piece>,
}

impl Rated {
    pub fn of(case: &Case<'_, '_>, pieces: Vec<Piece>) -> Self {
        let rounding = case.work.settings.rounding;
        let paid = match case.work.settings.fund_rounding {
            RoundingPer::Piece => pieces.iter().map(|p| p.cost.times(p.ratio, rounding)).sum(),
            RoundingPer::Bill => exact_sum(&pieces, rounding),
        };
        Self { paid, pieces }
    }
}

/// Σ cost × ratio, rounded once.
fn exact_sum(pieces: &[Piece], rounding: Rounding) -> Fen {
    let Some(first) = pieces.first() else {
        return Fen::ZERO;
    };
    if pieces.iter().all(|piece| piece.ratio == first.ratio) {
        return pieces
            .iter()
            .map(|p| p.cost)
            .sum::<Fen>()
            .times(first.ratio, rounding);
    }
    // Whole fen are exact; only the fractions of a fen have to be added up before rounding.
    let mut whole = Fen::ZERO;
    let mut fraction = Ratio::ZERO;
    for piece in pieces {
        let floor = piece.cost.times(piece.ratio, Rounding::Truncate);
        let product = i128::from(piece.cost.get()) * i128::from(piece.ratio.num());
        let rest = product % i128::from(piece.ratio.den());
        whole += floor;
        fraction = fraction + Ratio::new(i64::try_from(rest).unwrap_or(0), piece.ratio.den());
    }
    whole + Fen::new(1).times(fraction, rounding)
}

/// What the layer pays on the cost above the deductible, before floors and payment caps.
///
/// `None` where the policy has no ratio for the situation: the layer does not apply.
pub(crate) fn apply(
    case: &Case<'_, '_>,
    benefit: &Benefit,
    entering: Fen,
    above: Fen,
    verdict: &mut Verdict,
) -> Option<Rated> {
    match &benefit.rates {
        Rates::Flat(reference) => flat(case, *reference, above, verdict),
        Rates::ByLine(reference) => by_line(case, *reference, above, verdict),
        Rates::Bands {
            scale,
            edges,
            counter,
        } => {
            let cost = Cost { entering, above };
            bands(case, *scale, *edges, counter.as_ref(), cost, verdict)
        }
    }
}

fn flat(
    case: &Case<'_, '_>,
    reference: Ref<Topic<policy::RatioRule>>,
    above: Fen,
    verdict: &mut Verdict,
) -> Option<Rated> {
    let topic = case.work.law.ratio(reference);
    let (rule, provenance) = topic.at(&case.at.dates)?;
    let ratio = rule.find(&case.at)?;
    let rated = Rated::of(case, vec![Piece { cost: above, ratio }]);
    let step = case.step(
        StepKind::Ratio {
            ratio,
            pays: rated.paid,
        },
        above,
        above - rated.paid,
    );
    verdict.steps.push(Step {
        basis: Some(provenance.clone()),
        ..step
    });
    Some(rated)
}

/// The cost above the deductible goes to the ratios of the lines in proportion to their cost, so
/// that the order of lines cannot matter; each ratio then rounds once.
fn by_line(
    case: &Case<'_, '_>,
    reference: Ref<Topic<policy::RatioRule>>,
    above: Fen,
    verdict: &mut Verdict,
) -> Option<Rated> {
    let topic = case.work.law.ratio(reference);
    let (rule, provenance) = topic.at(&case.at.dates)?;
    let lanes: Vec<usize> = case.draws.iter().map(|draw| draw.lane).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for ((line, split), lane) in case
        .work
        .bill
        .lines
        .iter()
        .zip(&case.work.splits)
        .zip(&case.work.line_lanes)
    {
        if split.in_scope.is_zero() || !lanes.contains(&usize::from(*lane)) {
            continue;
        }
        let at = case.at.with_item(facts_of(line, split.class));
        let (cost, ratio) = (split.in_scope, rule.find(&at)?);
        match pieces.iter_mut().find(|piece| piece.ratio == ratio) {
            Some(piece) => piece.cost += cost,
            None => pieces.push(Piece { cost, ratio }),
        }
    }
    pieces.sort_unstable_by_key(|piece| piece.ratio);
    let weights: Vec<i64> = pieces.iter().map(|piece| piece.cost.get()).collect();
    for (piece, cost) in pieces.iter_mut().zip(share_by_weight(above, &weights)) {
        piece.cost = cost;
    }
    let rounding = case.work.settings.rounding;
    for piece in &pieces {
        let pays = piece.cost.times(piece.ratio, rounding);
        let kind = StepKind::Ratio {
            ratio: piece.ratio,
            pays,
        };
        let step = case.step(kind, piece.cost, piece.cost - pays);
        verdict.steps.push(Step {
            basis: Some(provenance.clone()),
            ..step
        });
    }
    Some(Rated::of(case, pieces))
}

/// The cost a scale is applied to: what enters, and what of it lies above the deductible.
#[derive(Clone, Copy)]
struct Cost {
    entering: Fen,
    above: Fen,
}

fn bands(
    case: &Case<'_, '_>,
    reference: Ref<Topic<Scale>>,
    edges: EdgeBasis,
    counter: Option<&Word>,
    cost: Cost,
    verdict: &mut Verdict,
) -> Option<Rated> {
    let topic = case.work.law.scale(reference);
    let (scale, provenance) = topic.at(&case.at.dates)?;
    let bands = scale.table.first(&case.at)?;
    let key = counter.map(|name| case.key(name, Period::Year, Subject::None));
    let used = key
        .as_ref()
        .map_or(Fen::ZERO, |key| Fen::new(case.work.counter(key)));
    let deductible = cost.entering - cost.above;
    let start = match edges {
        EdgeBasis::StayIncludingDeductible => deductible,
        EdgeBasis::StayAboveDeductible => Fen::ZERO,
        EdgeBasis::YearInScope => used + deductible,
        EdgeBasis::YearFund => used,
    };
    let slices = if edges == EdgeBasis::YearFund {
        slices_by_payment(scale, bands, start, cost.above, &case.at)
    } else {
        slices(scale, bands, start, start + cost.above, &case.at)
    };
    let pieces = slices
        .iter()
        .map(|s| Piece {
            cost: s.cost(),
            ratio: s.ratio,
        })
        .collect();
    let rated = Rated::of(case, pieces);
    for slice in &slices {
        let pays = slice.cost().times(slice.ratio, case.work.settings.rounding);
        let kind = StepKind::Band {
            edges: Some(edges),
            from: slice.from,
            to: slice.to,
            ratio: slice.ratio,
            pays,
        };
        let step = case.step(kind, slice.cost(), slice.cost() - pays);
        verdict.steps.push(Step {
            basis: Some(provenance.clone()),
            ..step
        });
    }
    match key {
        Some(key) if edges == EdgeBasis::YearFund => verdict.counts_paid = Some(key),
        Some(key) => verdict.add(key, cost.entering),
        None => {}
    }
    Some(rated)
}

/// A slice of cost inside one band.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slice {
    pub from: Fen,
    pub to: Fen,
    pub ratio: Ratio,
}

impl Slice {
    pub fn cost(&self) -> Fen {
        self.to - self.from
    }
}

/// Cuts the cost interval (from, to] at the edges of the bands; cost outside all pays nothing.
pub(crate) fn slices(
    scale: &Scale,
    bands: &Bands,
    from: Fen,
    to: Fen,
    at: &Situation<'_>,
) -> Vec<Slice> {
    let ratio_of = |band: &policy::Band| modified(scale, band, at);
    if scale.whole_amount {
        let reached = bands
            .iter()
            .find(|band| band.to.is_none_or(|edge| to <= edge));
        let ratio = reached.map_or(Ratio::ZERO, ratio_of);
        return vec![Slice { from, to, ratio }];
    }
    let mut slices = Vec::with_capacity(bands.len());
    let mut covered = from;
    for band in bands {
        let low = band.from.max(covered);
        let high = band.to.unwrap_or(Fen::MAX).min(to);
        if high <= low {
            continue;
        }
        if low > covered {
            slices.push(Slice {
                from: covered,
                to: low,
                ratio: Ratio::ZERO,
            });
        }
        slices.push(Slice {
            from: low,
            to: high,
            ratio: ratio_of(band),
        });
        covered = high;
    }
    if covered < to {
        slices.push(Slice {
            from: covered,
            to,
            ratio: Ratio::ZERO,
        });
    }
    slices
}

/// Bands whose edges are measured on the fund's yearly payment: each band lets in the cost that
/// fills it.
fn slices_by_payment(
    scale: &Scale,
    bands: &Bands,
    paid: Fen,
    cost: Fen,
    at: &Situation<'_>,
) -> Vec<Slice> {
    let mut slices = Vec::with_capacity(bands.len());
    let (mut paid, mut done) = (paid, Fen::ZERO);
    for band in bands {
        if done >= cost || band.to.is_some_and(|edge| edge <= paid) {
            continue;
        }
        let ratio = modified(scale, band, at);
        let room = band.to.map(|edge| edge - paid.max(band.from));
        let width = room
            .and_then(|room| room.grossed_up(ratio))
            .unwrap_or(Fen::MAX);
        let to = cost.min(done + width.min(cost - done));
        slices.push(Slice {
            from: done,
            to,
            ratio,
        });
        paid += (to - done).times(ratio, Rounding::HalfUp);
        done = to;
    }
    if done < cost {
        slices.push(Slice {
            from: done,
            to: cost,
            ratio: Ratio::ZERO,
        });
    }
    slices
}

fn modified(scale: &Scale, band: &policy::Band, at: &Situation<'_>) -> Ratio {
    let mut ratio = band.rate.in_situation(at);
    for modifier in scale
        .modifiers
        .iter()
        .filter(|modifier| modifier.condition.holds(at))
    {
        ratio = modifier.kind.apply(ratio);
    }
    ratio.clamped()
}
