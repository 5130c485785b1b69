//! 限量限额：按日、次、年限定数量或金额的项目，超出部分由个人承担。

use money::Fen;
use policy::{ItemLimit, ItemRules, LimitOn, Period, Situation, Subject};
use terms::Word;

use crate::working::{Limit, Working};
use crate::{CounterKey, Line, PeriodKey};

/// What of a line's cost within the price ceiling goes beyond a limit on count or money.
pub(crate) fn excess(
    work: &mut Working<'_>,
    rules: &ItemRules,
    line: &Line,
    at: &Situation<'_>,
    cost: Fen,
) -> Fen {
    let mut most = Fen::ZERO;
    for limit in rules
        .limits
        .iter()
        .filter(|limit| limit.condition.holds(at))
    {
        most = most.max(excess_of(work, limit, line, cost));
    }
    most
}

fn excess_of(work: &mut Working<'_>, limit: &ItemLimit, line: &Line, cost: Fen) -> Fen {
    let key = key_of(work, limit, line);
    let used = work.counter(&key);
    match &limit.on {
        LimitOn::Quantity(most) => {
            let room = (most - used).clamp(0, line.quantity.get().max(0));
            work.add(key, room);
            if line.quantity.get() <= 0 {
                return Fen::ZERO;
            }
            let inside = money::Ratio::new(room, line.quantity.get());
            cost - cost.times(inside, work.settings.rounding)
        }
        LimitOn::Amount(reference) => {
            let Some((Limit::Of(most), _)) = work.amount(*reference) else {
                return Fen::ZERO;
            };
            let room = (most - Fen::new(used)).max(Fen::ZERO);
            let inside = cost.min(room);
            work.add(key, inside.get());
            cost - inside
        }
    }
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
