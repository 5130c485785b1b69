//! 日间手术：目录内手术按住院病组价格支付，术前门诊检查合并。

use money::{Fen, Ratio};
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::{Explained, not_negative, part, shares};
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "day_surgery",
    name: "日间手术",
    source: source::LOCAL,
};

/// An operation by day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySurgery {
    /// 同病组的住院支付标准.
    pub group_payment: Fen,
    /// Which part of it is paid: all where the same disease costs the same.
    pub share: Ratio,
    /// Whether the operation is on the list.
    pub listed: bool,
    /// Hours from admission to discharge.
    pub hours: i64,
    /// The most hours, a delay allowed for included.
    pub most_hours: i64,
}

/// What a day operation is paid (日间手术支付); too long or not listed is an ordinary stay.
///
/// # Errors
/// [`Refusal::BadFact`], [`Refusal::BadParameter`] for the share.
pub fn day_surgery(of: &DaySurgery) -> Result<Explained, Refusal> {
    not_negative(&[("group_payment", of.group_payment)])?;
    shares(&[("share", of.share)])?;
    if of.hours < 0 {
        return Err(Refusal::fact("日间手术", "hours", of.hours, "不应为负"));
    }
    let (whole, share, hours) = (of.group_payment, of.share, of.hours);
    if !of.listed || of.hours > of.most_hours {
        let why = if of.listed {
            "超过规定时间"
        } else {
            "不在目录内"
        };
        let sentence = format!("{hours}小时，{why}，按普通住院病组支付{whole}元");
        return Ok(Explained::by(&RULE, whole, sentence));
    }
    let amount = part(whole, share, "日间手术支付")?;
    let sentence = format!("{hours}小时内完成，按住院病组标准{whole}元的{share}支付{amount}元");
    Ok(Explained::by(&RULE, amount, sentence))
}
