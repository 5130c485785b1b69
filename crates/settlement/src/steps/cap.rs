//! 封顶线：费用限额与支付限额，二者不可混同。

use money::Fen;
use policy::{Cap, CapAmount, CapOn, Excess};

use super::layer::{Case, Verdict};
use super::rates::Rated;
use crate::working::Limit;
use crate::{CounterKey, Step, StepKind};

/// The room a limit leaves on this bill.
struct Room {
    key: CounterKey,
    limit: Fen,
    used: Fen,
    room: Fen,
    excess: Excess,
    basis: Option<std::sync::Arc<policy::Provenance>>,
}

/// Lets in what every fee limit leaves room for; the rest is over the cap.
///
/// A fee limit cuts the *cost*, so the excess earns nothing, not even its deductible.
pub(crate) fn fee(case: &Case<'_, '_>, cost: Fen, verdict: &mut Verdict) -> Fen {
    let rooms = rooms(case, CapOn::Fee);
    let tightest = tightest(&rooms);
    let entering = tightest.map_or(cost, |(room, _)| cost.min(room));
    verdict.put_excess(
        tightest.map_or(Excess::Flows, |(_, excess)| excess),
        cost - entering,
    );
    for room in rooms {
        if room.room < cost {
            let kind = StepKind::FeeCap {
                limit: room.limit,
                used: room.used,
            };
            let step = case.step(kind, cost, cost.min(room.room));
            verdict.steps.push(Step {
                basis: room.basis,
                ..step
            });
        }
        verdict.add(room.key, entering);
    }
    entering
}

/// Cuts the payment to what every payment limit leaves; answers the payment.
///
/// A payment limit cuts the *payment*: the cost it absorbs is payment ÷ ratio, and only the cost
/// beyond that goes to the next layer.
pub(crate) fn payment(case: &Case<'_, '_>, rated: Rated, above: Fen, verdict: &mut Verdict) -> Fen {
    let rooms = rooms(case, CapOn::Payment);
    let tightest = tightest(&rooms);
    let paid = tightest
        .map_or(rated.paid, |(room, _)| rated.paid.min(room))
        .min(above);
    let absorbed = if paid < rated.paid {
        absorbed_by(paid, &rated, above)
    } else {
        above
    };
    for room in rooms {
        if room.room < rated.paid {
            let kind = StepKind::PaymentCap {
                limit: room.limit,
                used: room.used,
                absorbed,
            };
            let step = case.step(kind, rated.paid, paid);
            verdict.steps.push(Step {
                basis: room.basis,
                ..step
            });
        }
        verdict.add(room.key, paid);
    }
    let excess = tightest.map_or(Excess::Flows, |(_, excess)| excess);
    verdict.put_excess(excess, above - absorbed);
    paid
}

/// The least room, and what becomes of the cost beyond it.
fn tightest(rooms: &[Room]) -> Option<(Fen, Excess)> {
    let least = rooms.iter().min_by_key(|room| room.room)?;
    Some((least.room, least.excess))
}

/// The cost position at which the pieces, from the bottom, have paid `paid`.
fn absorbed_by(paid: Fen, rated: &Rated, above: Fen) -> Fen {
    let (mut cost, mut left) = (Fen::ZERO, paid);
    for piece in &rated.pieces {
        if left.is_zero() {
            break;
        }
        let whole = piece.cost.times(piece.ratio, money::Rounding::HalfUp);
        if whole <= left {
            cost += piece.cost;
            left -= whole;
            continue;
        }
        cost += left
            .grossed_up(piece.ratio)
            .map_or(piece.cost, |some| some.min(piece.cost));
        break;
    }
    cost.max(paid).min(above)
}

fn rooms(case: &Case<'_, '_>, on: CapOn) -> Vec<Room> {
    let fitting = case
        .layer
        .caps
        .iter()
        .filter(|cap| cap.on == on && cap.condition.holds(&case.at));
    fitting.filter_map(|cap| room_of(case, cap)).collect()
}

/// The room of one limit; a limit that is not set counts for nothing, but still runs its counter.
fn room_of(case: &Case<'_, '_>, cap: &Cap) -> Option<Room> {
    let (limit, basis) = match cap.amount {
        CapAmount::Amount(reference) => {
            let (limit, provenance) = case.work.amount_at(reference, &case.at)?;
            (limit, provenance.clone())
        }
        CapAmount::Diseases(reference) => {
            let (rules, provenance) = case.work.law.disease(reference).at(&case.at.dates)?;
            let bill = case.work.bill;
            let limit = rules.limit(bill.visit.disease.as_ref(), &bill.person.recognised);
            (
                limit.map_or(Limit::Unlimited, Limit::Of),
                provenance.clone(),
            )
        }
    };
    let key = case.key(&cap.counter, cap.period, cap.subject);
    let used = Fen::new(case.work.counter(&key));
    let limit = match limit {
        Limit::Of(amount) => amount.times(cap.factor, case.work.settings.rounding),
        Limit::Unlimited => Fen::MAX,
    };
    let room = if limit == Fen::MAX {
        Fen::MAX
    } else {
        limit.minus_to_zero(used)
    };
    Some(Room {
        key,
        limit,
        used,
        room,
        excess: cap.excess,
        basis: Some(basis),
    })
}
