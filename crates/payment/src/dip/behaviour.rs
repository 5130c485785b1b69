//! 违规行为辅助目录：病案质量、再入院、低标入院、超长住院和死亡风险的分值扣减。

use std::collections::BTreeMap;

use money::{Exact, Ratio, Score};
use serde::{Deserialize, Serialize};

use crate::amounts::shares;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "dip.behaviour",
    name: "违规行为扣减",
    source: source::LOCAL,
};

/// What an institution did that costs scores (违规行为).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// 病案质量.
    RecordQuality,
    /// 二次入院.
    Readmission,
    /// 低标入院.
    LowThreshold,
    /// 超长住院.
    Overlong,
    /// 死亡风险.
    DeathRisk,
}

impl Behaviour {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::RecordQuality => "病案质量",
            Self::Readmission => "二次入院",
            Self::LowThreshold => "低标入院",
            Self::Overlong => "超长住院",
            Self::DeathRisk => "死亡风险",
        }
    }
}

/// What each kind of behaviour costs (扣减参数).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourRules {
    /// 扣减比例 of the case's score.
    pub rates: BTreeMap<Behaviour, Ratio>,
    /// 合计扣减上限; 100% where it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Ratio>,
}

/// A case that was found with some of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourCase {
    /// 病例分值.
    pub score: Score,
    /// What was found; twice the same counts once.
    pub found: Vec<Behaviour>,
    /// The area's rules.
    pub rules: BehaviourRules,
}

/// A score after deductions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BehaviourScore {
    /// What the case counts.
    pub score: Score,
    /// 扣减比例 that was applied.
    pub deducted: Ratio,
    /// How it came about.
    pub trace: Vec<Step>,
}

impl BehaviourRules {
    /// Whether every rate lies between nothing and all.
    ///
    /// # Errors
    /// [`Refusal::BadParameter`].
    pub fn check(&self) -> Result<(), Refusal> {
        for rate in self.rates.values() {
            shares(&[("rates", *rate)])?;
        }
        shares(&[("cap", self.cap.unwrap_or(Ratio::ONE))])
    }
}

/// Takes the rates of what was found off a score; they add up, to the cap at most (违规行为扣减).
///
/// # Errors
/// [`Refusal::BadParameter`] for a rate outside its range or one that is not set,
/// [`Refusal::BadFact`] for a negative score.
pub fn deduct_behaviour(of: &BehaviourCase) -> Result<BehaviourScore, Refusal> {
    of.rules.check()?;
    if of.score < Score::ZERO {
        return Err(Refusal::fact("病例", "score", of.score, "不应为负"));
    }
    let mut found = of.found.clone();
    found.sort_unstable();
    found.dedup();
    let (mut sum, mut shown) = (Ratio::ZERO, Vec::new());
    for one in found {
        let rate = of.rules.rates.get(&one);
        let rate = *rate.ok_or_else(|| Refusal::parameter("rates", one.zh(), "没有扣减比例"))?;
        sum = sum + rate;
        shown.push(format!("{}扣{rate}", one.zh()));
    }
    let deducted = sum.min(of.rules.cap.unwrap_or(Ratio::ONE)).clamped();
    let left = Exact::from(of.score).times((Ratio::ONE - deducted).into());
    let score: Score = left.and_then(Exact::rounded).or_refuse("病例分值")?;
    let mut trace = Vec::new();
    if !shown.is_empty() {
        let before = of.score;
        let listed = shown.join("、");
        let sentence = format!("{listed}，合计扣{deducted}，分值由{before}变为{score}");
        trace.push(RULE.step(sentence));
    }
    Ok(BehaviourScore {
        score,
        deducted,
        trace,
    })
}
