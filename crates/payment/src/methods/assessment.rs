//! 年度考核：考核得分决定质量保证金返还多少。

use money::{Decimal, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::amounts::{Explained, not_negative, part, shares};
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "assessment",
    name: "考核返还",
    source: source::LOCAL,
};

/// A step of the table from score to what is returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentBand {
    /// The lowest score of the step.
    pub at_least: Decimal<2>,
    /// What is returned.
    pub returns: Returned,
}

/// What a step returns (返还方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// A fixed share.
    Share(Ratio),
    /// 得分率: as many percent as the score.
    Score,
}

/// A retention and the score that decides about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentQuestion {
    /// 质量保证金.
    pub retention: Fen,
    /// 考核得分, 0 to 100.
    pub score: Decimal<2>,
    /// The table, the highest step first.
    pub table: Vec<AssessmentBand>,
}

/// What comes back of a retention (考核返还); a score below every step returns nothing.
///
/// # Errors
/// [`Refusal::BadFact`] for a score outside 0 to 100, [`Refusal::BadParameter`] for the table.
pub fn return_retention(of: &AssessmentQuestion) -> Result<Explained, Refusal> {
    not_negative(&[("retention", of.retention)])?;
    let share = share_of_score(of.score, &of.table)?;
    let amount = part(of.retention, share, "考核返还")?;
    let (score, retention) = (of.score, of.retention);
    let sentence = format!("考核{score}分，质量保证金{retention}元按{share}返还{amount}元");
    Ok(Explained::by(&RULE, amount, sentence))
}

/// Which share a score returns.
///
/// # Errors
/// As [`return_retention`].
pub fn share_of_score(score: Decimal<2>, table: &[AssessmentBand]) -> Result<Ratio, Refusal> {
    if score < Decimal::ZERO || score > Decimal::new(10_000) {
        return Err(Refusal::fact("考核", "score", score, "应在0和100之间"));
    }
    check_table("table", table)?;
    let band = table.iter().find(|band| score >= band.at_least);
    match band.map(|band| band.returns) {
        None => Ok(Ratio::ZERO),
        Some(Returned::Score) => Ok(Ratio::new(score.get(), 10_000)),
        Some(Returned::Share(share)) => Ok(share),
    }
}

/// Scores fall, and shares lie between nothing and all.
pub(crate) fn check_table(name: &'static str, table: &[AssessmentBand]) -> Result<(), Refusal> {
    let falling = table
        .windows(2)
        .all(|pair| pair[0].at_least > pair[1].at_least);
    if !falling {
        let shown = table.iter().map(|band| band.at_least.to_string());
        let shown = shown.collect::<Vec<String>>().join("、");
        return Err(Refusal::parameter(name, shown, "应由高分到低分"));
    }
    for band in table {
        if let Returned::Share(share) = band.returns {
            shares(&[(name, share)])?;
        }
    }
    Ok(())
}
