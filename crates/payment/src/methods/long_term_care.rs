//! 长期护理保险：按床日或按月限额支付给护理机构，按天数折算，不结转。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::amounts::{Explained, not_negative, part, shares};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

const fn rule(rule: &'static str, name: &'static str) -> Rule {
    let source = source::LOCAL;
    Rule { rule, name, source }
}

const DAY: Rule = rule("long_term_care.day", "护理床日");
const MONTH: Rule = rule("long_term_care.month", "护理月限额");

/// What a cap limits (限额的对象); texts do not always say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapLimits {
    /// 费用: the fee enters up to the cap.
    Fee,
    /// 基金支付: the payment is cut at the cap.
    FundPayment,
}

/// A day of care.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareDay {
    /// 每日费用.
    pub fee_per_day: Fen,
    /// 支付比例.
    pub ratio: Ratio,
    /// 每日限额.
    pub daily_cap: Fen,
    /// What the cap limits.
    pub cap_applies_to: CapLimits,
}

/// What the fund pays for a day of care (护理床日支付).
///
/// # Errors
/// [`Refusal::BadFact`], [`Refusal::BadParameter`] for the ratio.
pub fn care_day(of: &CareDay) -> Result<Explained, Refusal> {
    not_negative(&[("fee_per_day", of.fee_per_day), ("daily_cap", of.daily_cap)])?;
    shares(&[("ratio", of.ratio)])?;
    let (fee, cap, ratio) = (of.fee_per_day, of.daily_cap, of.ratio);
    let (amount, word) = match of.cap_applies_to {
        CapLimits::Fee => (part(fee.min(cap), ratio, "护理费")?, "费用"),
        CapLimits::FundPayment => (part(fee, ratio, "护理费")?.min(cap), "基金支付"),
    };
    let sentence = format!("每日费用{fee}元，限额{cap}元（限{word}），按{ratio}支付{amount}元");
    Ok(Explained::by(&DAY, amount, sentence))
}

/// A month of care.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareMonth {
    /// 基数.
    pub base: Fen,
    /// 等级限额比例.
    pub limit_share: Ratio,
    /// 护理方式支付比例.
    pub mode_ratio: Ratio,
    /// Days on which the person was entitled, and the days of the month by which they count.
    #[serde(default)]
    pub eligible: Option<(i64, i64)>,
}

/// What a month may cost the fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareLimit {
    /// 月限额.
    pub monthly_limit: Fen,
    /// 最多支付.
    pub most: Fen,
    /// How it came about.
    pub trace: Vec<crate::Step>,
}

/// The limit of a month of care and the most that is paid (护理月限额).
///
/// # Errors
/// [`Refusal::BadFact`] for days that can not be, [`Refusal::BadParameter`] for shares.
pub fn care_month(of: &CareMonth) -> Result<CareLimit, Refusal> {
    not_negative(&[("base", of.base)])?;
    shares(&[
        ("limit_share", of.limit_share),
        ("mode_ratio", of.mode_ratio),
    ])?;
    let (days, whole) = of.eligible.unwrap_or((1, 1));
    if days < 0 || whole < 1 || days > whole {
        let value = format!("{days}/{whole}");
        return Err(Refusal::fact(
            "护理",
            "eligible",
            value,
            "应在0和当月天数之间",
        ));
    }
    let (base, share, ratio) = (of.base, of.limit_share, of.mode_ratio);
    let monthly_limit = part(base, share, "月限额")?;
    let part_of_month = Exact::of(days.into(), whole.into()).or_refuse("当月天数")?;
    let most = Exact::from(monthly_limit)
        .times(ratio.into())
        .and_then(|most| most.times(part_of_month)?.yuan());
    let most = most.or_refuse("护理费")?;
    let sentence = format!(
        "基数{base}元×{share}＝月限额{monthly_limit}元，按{ratio}，{days}/{whole}个月，\
         最多支付{most}元"
    );
    let trace = vec![MONTH.step(sentence)];
    Ok(CareLimit {
        monthly_limit,
        most,
        trace,
    })
}
