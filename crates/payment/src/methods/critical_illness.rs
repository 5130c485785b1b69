//! 大病保险承办清算：保费按人头，超额盈利返还，政策性亏损分担。

use money::{Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares, sum};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "critical_illness",
    name: "大病保险清算",
    source: source::LOCAL,
};

/// An insurer's year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsurerYear {
    /// 参保人数.
    pub heads: i64,
    /// 人均保费.
    pub rate: Fen,
    /// 赔付.
    pub claims: Fen,
    /// 约定盈利率: what the insurer may keep of the premium.
    pub profit_rate: Ratio,
    /// Which part of a loss came of policy, not of operation.
    #[serde(default)]
    pub policy_loss: Fen,
    /// 政策性亏损基金分担比例.
    pub loss_share: Ratio,
}

/// What goes back and forth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InsurerClearing {
    /// 保费.
    pub premium: Fen,
    /// 返还基金.
    pub returned: Fen,
    /// 基金补偿.
    pub compensated: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Clears an insurer's year (大病保险清算).
///
/// # Errors
/// [`Refusal::BadFact`], [`Refusal::BadParameter`], [`Refusal::TooLarge`].
pub fn clear_insurer(of: &InsurerYear) -> Result<InsurerClearing, Refusal> {
    not_negative(&[
        ("rate", of.rate),
        ("claims", of.claims),
        ("policy_loss", of.policy_loss),
    ])?;
    shares(&[
        ("profit_rate", of.profit_rate),
        ("loss_share", of.loss_share),
    ])?;
    if of.heads < 0 {
        return Err(Refusal::fact("大病保险", "heads", of.heads, "不应为负"));
    }
    let premium = of.rate.get().checked_mul(of.heads).map(Fen::new);
    let premium = premium.or_refuse("大病保险保费")?;
    let allowed = part(premium, of.profit_rate, "约定盈利")?;
    let profit = sum(&[premium, -of.claims], "盈亏")?;
    let returned = profit.minus_to_zero(allowed);
    let loss = (-profit).max(Fen::ZERO);
    let compensated = part(of.policy_loss.min(loss), of.loss_share, "亏损分担")?;
    let claims = of.claims;
    let trace = vec![RULE.step(format!(
        "保费{premium}元，赔付{claims}元，可留盈利{allowed}元，返还{returned}元，\
         政策性亏损补偿{compensated}元"
    ))];
    Ok(InsurerClearing {
        premium,
        returned,
        compensated,
        trace,
    })
}
