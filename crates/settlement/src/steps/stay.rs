//! 住院次数：递减起付线的依据。

use std::sync::LazyLock;

use money::Fen;
use policy::{Chain, Period, Subject};
use terms::Word;

use crate::CounterKey;
use crate::working::Working;

/// The counter behind the n-th stay of the year.
static STAYS: LazyLock<Word> = LazyLock::new(|| Word::new("admissions"));
/// Marks, per stay, that an interim settlement has already counted it.
static COUNTED: LazyLock<Word> = LazyLock::new(|| Word::new("counted_as_stay"));

/// Which stay of the year this bill is, from 1.
pub(crate) fn number_of(work: &Working<'_>) -> i32 {
    let earlier = i32::try_from(work.counter(&stays(work))).unwrap_or(i32::MAX);
    let already_counted = work.counter(&counted(work)) > 0;
    if already_counted {
        earlier.max(1)
    } else {
        earlier.saturating_add(1)
    }
}

/// Counts the stay once, however many settlements it takes.
pub(crate) fn count(work: &mut Working<'_>, chain: &Chain, in_scope: Fen) {
    let is_stay = chain.counts_as_stay && work.settings.stay_counts.holds(&work.at);
    let reached = in_scope > work.deductible || work.settings.stay_below_deductible_counts;
    let (stays, counted) = (stays(work), counted(work));
    if is_stay && reached && work.counter(&counted) == 0 {
        work.add(stays, 1);
        work.add(counted, 1);
    }
}

fn stays(work: &Working<'_>) -> CounterKey {
    work.key(&STAYS, Period::Year, Subject::None)
}

fn counted(work: &Working<'_>) -> CounterKey {
    work.key(&COUNTED, Period::Stay, Subject::None)
}
