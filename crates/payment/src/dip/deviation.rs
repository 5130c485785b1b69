//! 费用偏差：远低于或远高于同级均费的病例按比例计分。

use money::{Exact, Fen, Points, Score};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal};

pub(crate) const RULE: Rule = Rule {
    rule: "dip.deviation",
    name: "费用偏差",
    source: source::SCORES,
};

/// How far a case lies from the mean of its level (偏差类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviationClass {
    /// 偏低.
    Low,
    /// 偏高.
    High,
    /// 正常; both limits belong here.
    Normal,
}

impl DeviationClass {
    /// The class's 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Low => "费用偏低",
            Self::High => "费用偏高",
            Self::Normal => "正常",
        }
    }
}

/// A case and the mean it is compared with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// 病例费用.
    pub case_cost: Fen,
    /// 同级别机构该病种例均费用.
    pub group_mean_cost: Fen,
    /// 病种分值.
    pub score: Score,
    /// Below this multiple the case is a low one.
    pub low: Factor,
    /// Above this multiple it is a high one.
    pub high: Factor,
}

/// The class of a case and its score to four places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DeviatedScore {
    /// 偏差类型.
    pub class: DeviationClass,
    /// 病例分值.
    pub case_score: Points,
}

/// The score of a case by its deviation (偏差病例分值).
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] when the mean is zero, [`Refusal::TooLarge`].
pub fn deviation_score(of: &Deviation) -> Result<DeviatedScore, Refusal> {
    let ratio = Exact::from(of.case_cost).over(of.group_mean_cost.into());
    let ratio = ratio.or_refuse("同级例均费用")?;
    let (class, score) = deviate(of.score, ratio, (of.low, of.high))?;
    let case_score = score.rounded().or_refuse("病例分值")?;
    Ok(DeviatedScore { class, case_score })
}

/// Low: score × ratio; high: score × (ratio − high + 1); unrounded.
pub(crate) fn deviate(
    score: Score,
    ratio: Exact,
    (low, high): (Factor, Factor),
) -> Result<(DeviationClass, Exact), Refusal> {
    let (score, high) = (Exact::from(score), Exact::from(high));
    let times = |factor: Exact| score.times(factor).or_refuse("病例分值");
    if ratio < Exact::from(low) {
        return Ok((DeviationClass::Low, times(ratio)?));
    }
    if ratio > high {
        let factor = ratio.minus(high).and_then(|beyond| beyond.plus(Exact::ONE));
        return Ok((DeviationClass::High, times(factor.or_refuse("病例分值")?)?));
    }
    Ok((DeviationClass::Normal, score))
}
