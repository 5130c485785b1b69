use money::{Fen, Ratio, Rounding};
use policy::{AmountTopic, AmountValue, FeeMonth, Ref, SchemePolicy};
use terms::Date;

use crate::{PersonFacts, Refusal};

/// No real wage or debt is larger: a trillion yuan.
const LARGEST: Fen = Fen::yuan(1_000_000_000_000);

/// Refuses an amount below zero or larger than any real one.
pub(crate) fn plausible(amount: Fen, fact: &'static str) -> Result<Fen, Refusal> {
    if amount.is_negative() || amount > LARGEST {
        return Err(Refusal::BadAmount { fact });
    }
    Ok(amount)
}

/// An amount rounded to a multiple of a unit.
pub(super) fn rounded_to(amount: Fen, unit_fen: i64, rounding: Rounding) -> Fen {
    amount.times_to_unit(Ratio::ONE, unit_fen, rounding)
}

/// The first year of the base year that a month lies in (缴费年度).
pub(super) fn base_year(month: FeeMonth, starts_in_month: i8) -> i16 {
    if month.month() >= starts_in_month {
        month.year()
    } else {
        month.year() - 1
    }
}

/// The value of an amount topic for a person in a month; a share of a statistic counts from the
/// base year.
pub(crate) fn amount_of(
    reference: Ref<AmountTopic>,
    person: &PersonFacts,
    (month, year): (FeeMonth, i16),
    law: &SchemePolicy,
) -> Result<Fen, Refusal> {
    let day = month.first_day();
    let missing = || no_amount(law, day);
    let (table, _) = law.amount(reference).on(day).ok_or_else(missing)?;
    match table.first(&person.situation(day)).ok_or_else(missing)? {
        AmountValue::Fixed(amount) => Ok(*amount),
        AmountValue::Unlimited => Err(missing()),
        AmountValue::Series(share) => {
            let topic = law.series.get(share.series.index()).ok_or_else(missing)?;
            let (series, _) = topic.on(day).ok_or_else(missing)?;
            let year = i32::from(year) + share.year_offset;
            let year = i16::try_from(year).map_err(|_| missing())?;
            let value = series.of_year(year).ok_or_else(missing)?;
            Ok(share.of(value))
        }
    }
}

fn no_amount(law: &SchemePolicy, on: Date) -> Refusal {
    Refusal::NoRule {
        scheme: law.scheme,
        what: "缴费基数标准",
        on,
    }
}
