//! 费率法：权重乘费率，住院过长或过短按日加减权重；转院按天折算。

use money::{Coefficient, Exact, Fen};
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;

/// A discharge paid by weight and base rate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatePayment {
    /// 费率.
    pub base_rate: Fen,
    /// 权重.
    pub weight: Factor,
    /// How long the stay was, where that counts.
    #[serde(default)]
    pub stay: Option<LengthOfStay>,
}

/// The days of a stay and from which day on they change the weight.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LengthOfStay {
    /// 住院天数.
    pub days: i32,
    /// 加收: first day that is paid extra.
    pub first_surcharge_day: Option<i32>,
    /// 扣减: stays of at most so many days are reduced.
    pub first_deduction_day: Option<i32>,
    /// Weight of one such day.
    pub weight_per_day: Option<Factor>,
}

/// What a discharge is paid by weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RatePaid {
    /// Weight × rate, before days are looked at.
    pub base: Fen,
    /// Days above the upper or below the lower bound.
    pub surcharge_days: i64,
    /// Days that are taken off.
    pub deduction_days: i64,
    /// Extra weight, negative when taken off.
    pub extra_weight: Coefficient,
    /// Rounded once, from the whole weight.
    pub total: Fen,
}

/// Weight × base rate (费率法支付), with days above or below the bounds.
///
/// # Errors
/// [`Refusal::BadFact`] for a stay below one day, [`Refusal::TooLarge`].
pub fn rate_payment(of: &RatePayment) -> Result<RatePaid, Refusal> {
    let rate = Exact::from(of.base_rate);
    let weight = Exact::from(of.weight);
    let stay = of.stay.clone().unwrap_or_default();
    if of.stay.is_some() && stay.days < 1 {
        return Err(Refusal::fact("住院", "days", stay.days, "至少为1天"));
    }
    let days = i64::from(stay.days);
    let above = stay
        .first_surcharge_day
        .map_or(0, |first| days - i64::from(first) + 1);
    let below = stay
        .first_deduction_day
        .map_or(0, |first| i64::from(first) - days + 1);
    let (above, below) = (above.max(0), below.max(0));
    let each = stay.weight_per_day.map_or(Exact::ZERO, Exact::from);
    let extra = each.times(Exact::from(above - below));
    let total = extra.and_then(|extra| weight.plus(extra)?.times(rate)?.yuan());
    Ok(RatePaid {
        base: weight
            .times(rate)
            .and_then(Exact::yuan)
            .or_refuse("费率法支付")?,
        surcharge_days: above,
        deduction_days: below,
        extra_weight: extra.and_then(Exact::rounded).or_refuse("加减权重")?,
        total: total.or_refuse("费率法支付")?,
    })
}

/// A transfer and the mean stay of its group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// 平均住院日.
    pub mean_days: Factor,
    /// 住院天数.
    pub days: i64,
    /// 病组支付标准.
    #[serde(default)]
    pub full: Fen,
}

/// Days taken off a transfer (转院扣减天数): the rounded mean stay minus the days, at least none.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn transfer_days(of: &Transfer) -> Result<i64, Refusal> {
    let mean = Exact::from(of.mean_days).whole(money::Rounding::HalfUp);
    let left = mean.or_refuse("平均住院日")?.checked_sub(of.days);
    Ok(left.or_refuse("平均住院日")?.max(0))
}

/// Payment of a transfer by days (转院按日支付): one day's share for every day and one more, at most
/// the full payment.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean stay is zero, [`Refusal::TooLarge`].
pub fn graduated_transfer(of: &Transfer) -> Result<Fen, Refusal> {
    let shares = of.days.checked_add(1).or_refuse("住院天数")?;
    let part = Exact::from(of.full)
        .over(of.mean_days.into())
        .and_then(|one| one.times(Exact::from(shares))?.yuan());
    Ok(part.or_refuse("平均住院日")?.min(of.full))
}
