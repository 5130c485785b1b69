//! 按床日付费：住院越长，每床日标准越低，请假日不计。

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::amounts::{Explained, sum};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "bed_day_tiers",
    name: "按床日付费",
    source: source::LOCAL,
};

/// Up to which day a rate applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BedDayTier {
    /// The last day of the tier; none for all later ones.
    pub up_to: Option<i64>,
    /// 床日标准.
    pub rate: Fen,
}

/// A stay paid by days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BedDayStay {
    /// 住院天数.
    pub days: i64,
    /// 请假天数, not paid.
    #[serde(default)]
    pub leave_days: i64,
    /// The tiers, rising.
    pub tiers: Vec<BedDayTier>,
}

/// What a stay is paid by days (按床日支付).
///
/// # Errors
/// [`Refusal::BadFact`] for less than one paid day, [`Refusal::BadParameter`] for tiers out of
/// order.
pub fn pay_by_days(of: &BedDayStay) -> Result<Explained, Refusal> {
    let days = of.days.checked_sub(of.leave_days).or_refuse("住院天数")?;
    if of.leave_days < 0 || days < 1 {
        let value = format!("{}－{}", of.days, of.leave_days);
        return Err(Refusal::fact(
            "住院",
            "days",
            value,
            "扣除请假日后至少为1天",
        ));
    }
    check_tiers(&of.tiers)?;
    let (mut before, mut parts, mut shown) = (0, Vec::new(), Vec::new());
    for tier in &of.tiers {
        let until = tier.up_to.map_or(days, |limit| limit.min(days));
        let inside = until - before;
        if inside <= 0 {
            break;
        }
        let amount = tier.rate.get().checked_mul(inside).or_refuse("床日费用")?;
        parts.push(Fen::new(amount));
        shown.push(format!("{inside}天×{}元", tier.rate));
        before = until;
    }
    let amount = sum(&parts, "床日费用")?;
    let sentence = format!("{}，共{amount}元", shown.join("＋"));
    Ok(Explained::by(&RULE, amount, sentence))
}

/// Tiers rise and the last is open.
pub(crate) fn check_tiers(tiers: &[BedDayTier]) -> Result<(), Refusal> {
    let rising = tiers.windows(2).all(|pair| {
        let (one, two) = (pair[0].up_to, pair[1].up_to);
        one.is_some() && two.is_none_or(|two| one < Some(two))
    });
    let open = tiers.last().is_some_and(|tier| tier.up_to.is_none());
    if rising && open {
        return Ok(());
    }
    let shown = format!("{}档", tiers.len());
    let want = "应由低到高，最后一档不设上限";
    Err(Refusal::parameter("tiers", shown, want))
}
