use std::sync::Arc;

use money::Ratio;
use policy::{
    After, CountFrom, Exemption, FeeMonth, MissedYears, Provenance, SchemePolicy, Starts,
    Transition, WaitingRule,
};
use serde::{Deserialize, Serialize};
use terms::Date;

use super::BenefitStart;
use crate::trace::{Step, Trace};
use crate::{PersonFacts, Refusal};

/// What the wait of a resident is counted from (居民参保).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolFacts {
    /// Who enrols.
    pub person: PersonFacts,
    /// The year that is paid for (参保年度).
    pub year: i16,
    /// 缴费日期.
    pub paid: Date,
    /// Whether it was paid inside the yearly window (集中参保期).
    pub in_window: bool,
    /// Years without cover, in any order.
    pub missing_years: Vec<i16>,
    /// How many missing years were paid in later to shorten the wait (修复).
    pub repaid_years: i32,
    /// What happened to the person before, with its day, such as leaving an employer.
    #[serde(default)]
    pub transitions: Vec<(Transition, Date)>,
}

impl EnrolFacts {
    /// The last day on which something happened that still counts when the premium is paid.
    pub(crate) fn happened(&self, after: After) -> Option<Date> {
        let paid = FeeMonth::of(self.paid);
        let counts = |day: Date| (0..=after.months).contains(&paid.months_since(FeeMonth::of(day)));
        let such = self
            .transitions
            .iter()
            .filter(|(what, _)| *what == after.what);
        such.map(|(_, day)| *day).filter(|day| counts(*day)).max()
    }
}

/// Months of waiting, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// 等待期月数.
    pub months: i32,
    /// 中文 name of the exemption, where there is one.
    pub exempt: Option<String>,
    /// How it was counted.
    pub trace: Vec<Step>,
}

/// What the rule and the facts give before a day is named.
struct Counted<'l> {
    rule: &'l MissedYears,
    basis: &'l Arc<Provenance>,
    exempt: Option<&'l Exemption>,
    months: i32,
}

/// Counts months of waiting: fixed ones for a missed window or year, variable ones per missing
/// year, less those repaired, and at least the minimum.
///
/// # Errors
/// A [`Refusal`] where the law has no rule for the year, or facts contradict one another.
pub fn months(facts: &EnrolFacts, law: &SchemePolicy) -> Result<Wait, Refusal> {
    let mut trace = Trace::default();
    let counted = count(facts, law, &mut trace)?;
    Ok(Wait {
        months: counted.months,
        exempt: counted.exempt.map(|exempt| exempt.title.clone()),
        trace: trace.0,
    })
}

/// Says from which day a resident has benefits; the paid year ends on 31 December all the same.
///
/// # Errors
/// As [`months`]; also where an exemption starts at a birth that is not recorded.
pub fn benefit_start(facts: &EnrolFacts, law: &SchemePolicy) -> Result<BenefitStart, Refusal> {
    let mut trace = Trace::default();
    let counted = count(facts, law, &mut trace)?;
    let year = FeeMonth::of(Date::constant(facts.year, 1, 1));
    let (first, until) = (year.first_day(), year.later(11).last_day());
    let begins = counted.exempt.map(|exempt| exempt.starts);
    let runs_from = match begins {
        Some(Starts::Birth) => {
            let born = day_of(Starts::Birth, facts)?;
            let back = counted.exempt.is_some_and(|exempt| exempt.reaches_back);
            if back { born } else { born.max(first) }
        }
        Some(Starts::AfterPrior) => prior_end(facts, counted.exempt).max(first),
        // Inside the window, and for what is paid before the year begins, it begins with the year.
        _ if facts.in_window => first,
        starts => day_of(starts.unwrap_or(counted.rule.runs_from), facts)?.max(first),
    };
    let start = later(runs_from, counted.months);
    let mut sentence = match counted.months {
        0 => format!("自{start}起享受待遇，至{until}止"),
        months => format!("自{runs_from}起等待{months}个月，{start}起享受待遇，至{until}止"),
    };
    if start > until {
        sentence = format!("等待期至{start}才满，{}年度内不能享受待遇", facts.year);
    }
    trace.days("享受起始", (runs_from, start), counted.basis, sentence);
    Ok(BenefitStart {
        waiting_months: counted.months,
        start,
        until: Some(until),
        retroactive_from: None,
        share_while_waiting: Ratio::ZERO,
        trace: trace.0,
    })
}

fn count<'l>(
    facts: &EnrolFacts,
    law: &'l SchemePolicy,
    trace: &mut Trace,
) -> Result<Counted<'l>, Refusal> {
    if !(1990..=2900).contains(&facts.year) || !(0..=99).contains(&facts.repaid_years) {
        return Err(Refusal::BadAmount {
            fact: "参保年度"
        });
    }
    let on = Date::constant(facts.year, 1, 1);
    let found = law.waitings.iter().find_map(|topic| match topic.on(on)? {
        (WaitingRule::MissedYears(rule), basis) => Some((rule, basis)),
        _ => None,
    });
    let (rule, basis) = found.ok_or(Refusal::NoRule {
        scheme: law.scheme,
        what: "居民待遇等待期",
        on,
    })?;
    let mut exempt = rule.exempt.iter();
    let exempt = exempt.find(|one| {
        let after = one
            .after
            .is_none_or(|after| facts.happened(after).is_some());
        after && facts.person.satisfies(&one.condition, facts.paid)
    });
    let months = match exempt {
        Some(exempt) => {
            let sentence = format!("{}不设待遇等待期", exempt.title);
            trace.months("免除等待", (0, 0), basis, sentence);
            0
        }
        None => {
            let missing = missing_run(facts, rule);
            wait_of(
                rule,
                (missing, facts.repaid_years, facts.in_window),
                basis,
                trace,
            )
        }
    };
    Ok(Counted {
        rule,
        basis,
        exempt,
        months,
    })
}

/// How many years without cover in a row end with the year before the paid one.
fn missing_run(facts: &EnrolFacts, rule: &MissedYears) -> i32 {
    let before = (rule.first_year..facts.year).rev();
    let run = before.take_while(|year| facts.missing_years.contains(year));
    i32::try_from(run.count()).unwrap_or(i32::MAX)
}

/// The months of waiting that a rule gives.
fn wait_of(
    rule: &MissedYears,
    (missing, repaid, in_window): (i32, i32, bool),
    basis: &Arc<Provenance>,
    trace: &mut Trace,
) -> i32 {
    if missing == 0 && in_window {
        let sentence = "集中参保期内连续参保，不设待遇等待期".to_owned();
        trace.months("连续参保", (0, 0), basis, sentence);
        return 0;
    }
    let fixed = rule.fixed_months;
    let why = if missing == 0 {
        "未在集中参保期内参保".to_owned()
    } else {
        format!("断保{missing}年")
    };
    let sentence = format!("{why}，固定待遇等待期{fixed}个月");
    trace.months("固定等待期", (0, fixed), basis, sentence);
    let (skipped, from) = match rule.count_from {
        CountFrom::First => (0, "第一个"),
        CountFrom::Second => (1, "第二个"),
    };
    let years = (missing - skipped).max(0);
    let variable = years * rule.months_per_year;
    if missing > 0 {
        let sentence = format!("自{from}断保年度起计{years}年，变动待遇等待期{variable}个月");
        trace.months("变动等待期", (fixed, fixed + variable), basis, sentence);
    }
    let repaired = (repaid * rule.months_per_repaid_year).min(variable);
    let mut months = fixed + variable - repaired;
    if repaired > 0 {
        let sentence = format!("补缴{repaid}年，修复变动待遇等待期{repaired}个月");
        trace.months("修复", (fixed + variable, months), basis, sentence);
    }
    if let Some(minimum) = rule.minimum
        && missing >= minimum.missing_years
        && months < minimum.months
    {
        let (years, least) = (minimum.missing_years, minimum.months);
        let sentence = format!("连续断保{years}年及以上，合计不少于{least}个月");
        trace.months("等待期下限", (months, least), basis, sentence);
        months = least;
    }
    months
}

fn day_of(starts: Starts, facts: &EnrolFacts) -> Result<Date, Refusal> {
    super::breaks::day_of(starts, facts.person.birth, facts.paid)
}

/// The day after what ended shortly before; the day of payment where nothing did.
fn prior_end(facts: &EnrolFacts, exempt: Option<&Exemption>) -> Date {
    let ended = exempt.and_then(|exempt| facts.happened(exempt.after?));
    ended.map_or(facts.paid, |day| day.tomorrow().unwrap_or(day))
}

/// A day so many months later; a day that the month lacks becomes its last.
pub(super) fn later(day: Date, months: i32) -> Date {
    let month = FeeMonth::of(day).later(months);
    let last = month.last_day();
    if day.day() >= last.day() {
        last
    } else {
        Date::constant(month.year(), month.month(), day.day())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use policy::{Level, Minimum, Source};
    use proptest::prelude::*;
    use terms::Word;

    fn basis() -> Arc<Provenance> {
        Arc::new(Provenance {
            key: Word::new("resident/waiting"),
            title: "等待期".to_owned(),
            level: Level::National,
            effective: Date::constant(2025, 1, 1),
            source: Source {
                document: "测试".to_owned(),
                article: None,
            },
            checked: Date::constant(2026, 1, 1),
            assumed: None,
            place: "waiting.yaml:1".to_owned(),
        })
    }

    fn wait(count_from: CountFrom, missing: i32, repaid: i32, in_window: bool) -> i32 {
        let rule = MissedYears {
            fixed_months: 3,
            months_per_year: 1,
            count_from,
            first_year: 2025,
            months_per_repaid_year: 1,
            minimum: Some(Minimum {
                missing_years: 4,
                months: 6,
            }),
            runs_from: Starts::PaymentDay,
            exempt: Vec::new(),
        };
        wait_of(
            &rule,
            (missing, repaid, in_window),
            &basis(),
            &mut Trace::default(),
        )
    }

    proptest! {
        #[test]
        fn waiting_grows_with_missing_years_and_shrinks_with_repaid_ones(
            missing in 0_i32..20, repaid in 0_i32..20, in_window: bool,
        ) {
            for reading in [CountFrom::First, CountFrom::Second] {
                let months = wait(reading, missing, repaid, in_window);
                prop_assert!(months <= wait(reading, missing + 1, repaid, in_window));
                prop_assert!(wait(reading, missing, repaid + 1, in_window) <= months);
                prop_assert!(missing == 0 || months >= 3);
                prop_assert!(missing < 4 || months >= 6);
            }
        }

        #[test]
        fn the_second_year_reading_is_never_longer_and_at_most_a_month_shorter(
            missing in 0_i32..20, repaid in 0_i32..20, in_window: bool,
        ) {
            let first = wait(CountFrom::First, missing, repaid, in_window);
            let second = wait(CountFrom::Second, missing, repaid, in_window);
            prop_assert!((0..=1).contains(&(first - second)));
        }
    }

    #[test]
    fn a_month_later_than_the_31st_is_the_last_of_a_shorter_month() {
        let day = later(Date::constant(2027, 1, 31), 1);
        assert_eq!(day, Date::constant(2027, 2, 28));
        assert_eq!(
            later(Date::constant(2027, 11, 1), 3),
            Date::constant(2028, 2, 1)
        );
    }
}
