//! 限量限额：按日、次、年限定数量或金额的项目，超出部分由个人承担。

use money::{Fen, Quantity};
use policy::{ItemLimit, ItemRules, LimitOn, Period, Situation, Subject};
use terms::Word;

use crate::working::{Limit, Working};
use crate::{CounterKey, Line, PeriodKey};

/// What of a line's cost within the price ceiling goes beyond its limits on count or money.
///
/// All limits that fit the line hold; what the tightest lets in counts against every one of them.
pub(crate) fn excess(
    work: &mut Working<'_>,
    rules: &ItemRules,
    line: &Line,
    at: &Situation<'_>,
    cost: Fen,
) -> Fen {
    let fitting = rules
        .limits
        .iter()
        .filter(|limit| limit.condition.holds(at));
    let rooms: Vec<Room> = fitting
        .filter_map(|limit| room_of(work, limit, line, at))
        .collect();
    if rooms.is_empty() || line.quantity <= Quantity::ZERO {
        return Fen::ZERO;
    }
    let whole = line.quantity.get();
    let units = rooms.iter().filter(|room| room.counts_units);
    let units = units.map(|room| room.left).min().unwrap_or(whole);
    let units = units.min(whole);
    let by_units = cost.times(money::Ratio::new(units, whole), work.settings.rounding);
    let sums = rooms.iter().filter(|room| !room.counts_units);
    let by_sums = sums.map(|room| Fen::new(room.left)).min();
    let inside = by_sums.map_or(by_units, |most| by_units.min(most));
    for room in rooms {
        let used = if room.counts_units {
            units
        } else {
            inside.get()
        };
        work.add(room.key, used);
    }
    cost - inside
}

/// What a limit leaves for a line, in ten-thousandths of a unit or in fen.
struct Room {
    key: CounterKey,
    left: i64,
    counts_units: bool,
}

fn room_of(work: &Working<'_>, limit: &ItemLimit, line: &Line, at: &Situation<'_>) -> Option<Room> {
    let key = key_of(work, limit, line);
    let used = work.counter(&key);
    let (most, counts_units) = match &limit.on {
        LimitOn::Quantity(most) => (*most, true),
        LimitOn::Amount(reference) => match work.amount_at(*reference, at)? {
            (Limit::Of(most), _) => (most.get(), false),
            (Limit::Unlimited, _) => return None,
        },
    };
    Some(Room {
        key,
        left: (most - used).max(0),
        counts_units,
    })
}

/// Per-day limits count by the day of the line, not of the visit.
fn key_of(work: &Working<'_>, limit: &ItemLimit, line: &Line) -> CounterKey {
    let code = line.item.as_ref().map(|item| item.code.clone());
    let subject: Option<Word> = if limit.per_item { code } else { None };
    let period = match limit.period {
        Period::Day => PeriodKey::Day(line.served, work.clock.institution.clone()),
        Period::Month => PeriodKey::Month(line.served.year(), line.served.month()),
        _ => work.key(&limit.counter, limit.period, Subject::None).period,
    };
    CounterKey {
        name: limit.counter.clone(),
        period,
        subject,
    }
}
