use money::{Fen, Rounding};
use policy::{AllowanceRule, AmountValue, CaseDates, SchemePolicy, Situation, Topic, WageBase};
use serde::{Deserialize, Serialize};

/// What a maternity allowance is computed from (生育津贴).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowanceFacts {
    /// 用人单位上年度职工月平均工资.
    pub employer_average: Option<Fen>,
    /// 本人生育当月缴费基数.
    pub own_base: Option<Fen>,
    /// 本人前12个月平均缴费基数.
    pub own_twelve_months: Option<Fen>,
    /// How many babies were born beyond the first.
    pub further_babies: i64,
    /// The person's own monthly wage, to find what the employer tops up.
    pub own_wage: Option<Fen>,
}

/// A maternity allowance and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowanceOutcome {
    /// The monthly wage that counted, after floor and ceiling.
    pub monthly_wage: Fen,
    /// Days of allowance, with the title of each part.
    pub days: Vec<(String, i64)>,
    /// 生育津贴: wage ÷ 30 × days, rounded once.
    pub allowance: Fen,
    /// 生育医疗费补贴: the fixed sum paid with it.
    pub lump_sum: Fen,
    /// What the employer adds per month where the own wage is higher (差额由单位补足).
    pub employer_top_up_per_month: Fen,
}

/// Computes a maternity allowance: monthly wage ÷ 30 × days (catalogue §15.2).
///
/// `None` where the wage the rule wants is not known or the rule is not in force.
pub fn allowance(
    facts: &AllowanceFacts,
    at: &Situation<'_>,
    law: &SchemePolicy,
    topic: &Topic<AllowanceRule>,
) -> Option<AllowanceOutcome> {
    let (rule, _) = topic.at(&at.dates)?;
    let wage = match rule.base {
        WageBase::EmployerAverage => facts.employer_average,
        WageBase::OwnBase => facts.own_base,
        WageBase::OwnTwelveMonths => facts.own_twelve_months,
    }?;
    let bound = |reference| fixed_amount(law, reference, at, &at.dates);
    let wage = rule
        .floor
        .and_then(bound)
        .map_or(wage, |floor| wage.max(floor));
    let wage = rule
        .ceiling
        .and_then(bound)
        .map_or(wage, |ceiling| wage.min(ceiling));
    let days: Vec<(String, i64)> = rule
        .days
        .iter()
        .filter(|day| day.condition.holds(at))
        .map(|day| {
            let times = if day.per_further_baby {
                facts.further_babies
            } else {
                1
            };
            (day.title.clone(), day.days * times)
        })
        .filter(|(_, days)| *days != 0)
        .collect();
    let count: i64 = days.iter().map(|(_, days)| days).sum();
    let months = money::Ratio::new(count, rule.month_days.max(1));
    let monthly_allowance = wage.times(
        money::Ratio::new(30, rule.month_days.max(1)),
        Rounding::HalfUp,
    );
    Some(AllowanceOutcome {
        monthly_wage: wage,
        allowance: wage.times(months, Rounding::HalfUp),
        lump_sum: rule.lump_sum.and_then(bound).unwrap_or(Fen::ZERO),
        employer_top_up_per_month: facts
            .own_wage
            .map_or(Fen::ZERO, |own| own.minus_to_zero(monthly_allowance)),
        days,
    })
}

fn fixed_amount(
    law: &SchemePolicy,
    reference: policy::Ref<policy::AmountTopic>,
    at: &Situation<'_>,
    dates: &CaseDates,
) -> Option<Fen> {
    let (table, _) = law.amount(reference).at(dates)?;
    match table.first(at)? {
        AmountValue::Fixed(amount) => Some(*amount),
        AmountValue::Unlimited => None,
        AmountValue::Series(share) => {
            let (series, _) = law.series[share.series.index()].at(dates)?;
            let year = dates.settlement.year() + i16::try_from(share.year_offset).ok()?;
            Some(share.of(series.of_year(year)?))
        }
    }
}
