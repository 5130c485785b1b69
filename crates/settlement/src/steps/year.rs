//! 待遇年度：一张账单归入哪一年，必要时按费用发生日分成两年。

use money::Fen;
use policy::{CaseDates, Settings, YearBasis};
use terms::Date;

use crate::Bill;

/// The benefit year a day belongs to; a year is named after the calendar year it begins in.
pub(crate) fn of_day(day: Date, first_month: i8) -> i16 {
    if day.month() >= first_month {
        day.year()
    } else {
        day.year() - 1
    }
}

/// The benefit year of a bill that is not split.
pub(crate) fn of_case(dates: &CaseDates, settings: &Settings) -> i16 {
    let day = match settings.year_basis {
        YearBasis::Settlement => dates.settlement,
        YearBasis::Discharge | YearBasis::SplitByService => dates.discharge,
        YearBasis::Admission => dates.admission,
    };
    of_day(day, settings.year_starts_in_month)
}

/// One year's part of a bill.
pub(crate) struct YearPart {
    pub year: i16,
    pub bill: Bill,
}

/// The parts of a bill whose lines fall into several years, where the policy splits by service day.
///
/// The parts keep the lines' order and the bill's dates, except that an earlier part ends with its
/// year; counters and purses of later parts are filled in when the earlier part is settled.
pub(crate) fn split(bill: &Bill, settings: &Settings) -> Option<Vec<YearPart>> {
    if settings.year_basis != YearBasis::SplitByService {
        return None;
    }
    let first_month = settings.year_starts_in_month;
    let mut years: Vec<i16> = bill
        .lines
        .iter()
        .map(|line| of_day(line.served, first_month))
        .collect();
    years.sort_unstable();
    years.dedup();
    if years.len() < 2 {
        return None;
    }
    let part = |year: i16| {
        let mut part = bill.clone();
        part.lines
            .retain(|line| of_day(line.served, first_month) == year);
        let last_day = last_day_of(year, first_month);
        part.dates.discharge = bill.dates.discharge.min(last_day);
        part.paid_elsewhere = if year == years[0] {
            part.paid_elsewhere
        } else {
            Vec::new()
        };
        YearPart { year, bill: part }
    };
    Some(years.iter().map(|year| part(*year)).collect())
}

fn last_day_of(year: i16, first_month: i8) -> Date {
    let next = Date::new(year + 1, first_month, 1);
    next.and_then(|first| first.yesterday())
        .unwrap_or(Date::MAX)
}

/// What an earlier part's deductible leaves due in a later part of the same stay.
pub(crate) fn credit(settings: &Settings, charged: Fen) -> Fen {
    match settings.split_deductible {
        policy::SplitDeductible::Once => charged,
        policy::SplitDeductible::Both => Fen::ZERO,
    }
}
