//! What every timeline keeps, whatever the facts; asserted in every build.

use policy::AreaPolicy;
use terms::{CoverState, Date};

use super::double::exclusive;
use super::period::{CoverPeriod, Timeline};

/// Checks a timeline before it is handed out.
pub(super) fn check(timeline: &Timeline, law: &AreaPolicy, died: Option<Date>) {
    let periods = &timeline.periods;
    let order = exclusive(law, periods.iter().map(|period| period.scheme));
    for (at, one) in periods.iter().enumerate() {
        assert!(
            one.last.is_none_or(|last| one.first <= last),
            "a period has a first day"
        );
        assert!(
            died.is_none_or(|died| one.last.is_some_and(|last| last <= died)),
            "nothing is covered after death"
        );
        for other in &periods[..at] {
            let together = one.days().common(other.days()).is_some();
            assert!(
                !together || one.scheme != other.scheme,
                "periods of one scheme do not overlap"
            );
            let both = gives(one) && gives(other) && one.scheme != other.scheme;
            let exclusive = order.contains(&one.scheme) && order.contains(&other.scheme);
            assert!(
                !(together && both && exclusive),
                "no two schemes give benefits on one day"
            );
        }
    }
}

fn gives(period: &CoverPeriod) -> bool {
    period.state == CoverState::Active
}
