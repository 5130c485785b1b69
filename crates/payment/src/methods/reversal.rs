//! 退费与更正：年度未关闭的从当年点数中去掉，已关闭的在开放年度列调整，不改旧账。

use money::{Decimal, Exact, Fen, Points};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "reversal",
    name: "退费调整",
    source: source::LOCAL,
};

/// How far the clearing of a year is (清算进度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearState {
    /// 开放.
    Open,
    /// 已关闭.
    Closed,
}

/// A claim that was counted and is taken back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReversedClaim {
    /// The year it was counted in.
    pub counted_in: i16,
    /// How far that year is.
    pub state: YearState,
    /// The year that is open now.
    pub open_year: i16,
    /// Its points.
    pub points: Points,
    /// What other payers and the patient had paid.
    pub others: Fen,
    /// 点值 of the year, when it is closed.
    #[serde(default)]
    pub point_value: Decimal<4>,
}

/// What a reversal does to the clearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReversalEffect {
    /// The year that changes.
    pub year: i16,
    /// Points taken out of the pool of that year.
    pub points_removed: Points,
    /// 调整额: what the institution gives back; none while the year is open.
    pub adjustment: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// What a reversed claim changes (退费调整).
///
/// # Errors
/// [`Refusal::BadFact`] when the open year lies before the one that was counted,
/// [`Refusal::TooLarge`].
pub fn reverse_claim(of: &ReversedClaim) -> Result<ReversalEffect, Refusal> {
    if of.open_year < of.counted_in {
        let want = "早于原计入年度";
        return Err(Refusal::fact("退费", "open_year", of.open_year, want));
    }
    let (year, points) = (of.counted_in, of.points);
    if of.state == YearState::Open {
        let sentence = format!("{year}年度未关闭，从当年去掉{points}点，重新计算点值");
        return Ok(ReversalEffect {
            year,
            points_removed: points,
            adjustment: Fen::ZERO,
            trace: vec![RULE.step(sentence)],
        });
    }
    let value = Exact::from(points).times(of.point_value.into());
    let back = value.and_then(|value| value.minus(of.others.into())?.yuan());
    let back = back.or_refuse("调整额")?;
    let (open, price) = (of.open_year, of.point_value);
    let sentence = format!(
        "{year}年度已关闭，不改原清算；{points}点×点值{price}元减其他支付{}元，\
         在{open}年度调减{back}元",
        of.others
    );
    Ok(ReversalEffect {
        year: open,
        points_removed: Points::ZERO,
        adjustment: -back,
        trace: vec![RULE.step(sentence)],
    })
}
