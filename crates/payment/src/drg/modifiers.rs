//! 点数调整：中医、新技术、重点学科依次加成，质量扣减在后。

use money::{Exact, Points, Ratio};
use serde::{Deserialize, Serialize};

use crate::factor::Factor;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const fn rule(rule: &'static str, name: &'static str) -> Rule {
    let source = source::LOCAL;
    Rule { rule, name, source }
}

const TCM: Rule = rule("drg.tcm", "中医加成");
const NEW_TECHNOLOGY: Rule = rule("drg.new_technology", "新技术加成");
const KEY_DISCIPLINE: Rule = rule("drg.key_discipline", "重点学科加成");
const CAP: Rule = rule("drg.low_cap", "低倍率封顶");
const QUALITY: Rule = rule("drg.quality", "质量扣减");

/// Which modifiers an area grants in a year (点数调整参数).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModifierRules {
    /// 中医加成.
    pub tcm: Option<TcmRule>,
    /// 新技术: by how much points rise.
    pub new_technology: Option<Ratio>,
    /// 重点学科、儿科、传染病: by how much points rise.
    pub key_discipline: Option<Ratio>,
    /// Whether a low discharge may not exceed the base points even after bonuses.
    pub cap_after_bonus: bool,
}

impl ModifierRules {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        for (name, rate) in [
            ("new_technology", self.new_technology),
            ("key_discipline", self.key_discipline),
            ("tcm.cap", self.tcm.map(|rule| rule.cap)),
        ] {
            rate.map_or(Ok(Ratio::ZERO), |rate| within(name, rate))?;
        }
        Ok(())
    }
}

/// How traditional Chinese medicine is favoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TcmRule {
    /// By how much points rise for each part of the cost that is such treatment.
    pub beta: Factor,
    /// The largest part that counts.
    pub cap: Ratio,
}

/// A discharge before its modifiers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifiers {
    /// Points by class, without added ones.
    pub points: Points,
    /// 高倍率追加点数; no bonus applies to them.
    #[serde(default)]
    pub extra: Points,
    /// 基准点数, for a low discharge: the cap.
    #[serde(default)]
    pub low_cap: Option<Points>,
    /// 中医费用占比.
    #[serde(default)]
    pub tcm_share: Option<Ratio>,
    /// First approved use of a technology in the region.
    #[serde(default)]
    pub new_technology: bool,
    /// A discipline that is favoured.
    #[serde(default)]
    pub key_discipline: bool,
    /// What is taken off for coding errors or a refused record.
    #[serde(default)]
    pub quality_deduction: Option<Ratio>,
    /// The area's rules.
    pub rules: ModifierRules,
}

/// Points after the modifiers, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Modified {
    /// What the discharge counts.
    pub points: Points,
    /// One step per modifier that applied.
    pub trace: Vec<Step>,
}

/// Applies the modifiers one after another and rounds once at the end (点数调整).
///
/// # Errors
/// [`Refusal::BadParameter`] for a bonus or share outside its range, [`Refusal::TooLarge`].
pub fn modify(of: &Modifiers) -> Result<Modified, Refusal> {
    let mut working = Working {
        points: of.points.into(),
        trace: Vec::new(),
    };
    if let Some((rule, share)) = of.rules.tcm.zip(of.tcm_share) {
        let counted = within("tcm_share", share)?.min(within("tcm.cap", rule.cap)?);
        let bonus = Exact::from(rule.beta).times(counted.into());
        let why = format!("中医费用占比{share}，按{counted}计，每份加成{}", rule.beta);
        working.raise(&TCM, bonus.or_refuse("中医加成")?, &why)?;
    }
    for (applies, rule, rate) in [
        (of.new_technology, &NEW_TECHNOLOGY, of.rules.new_technology),
        (of.key_discipline, &KEY_DISCIPLINE, of.rules.key_discipline),
    ] {
        if let Some(rate) = rate.filter(|_| applies) {
            let rate = within(rule.name, rate)?;
            working.raise(rule, rate.into(), &format!("加成{rate}"))?;
        }
    }
    if let Some(cap) = of.low_cap.filter(|_| of.rules.cap_after_bonus) {
        working.cap(cap)?;
    }
    let whole = working.points.plus(of.extra.into());
    working.points = whole.or_refuse("病例点数")?;
    if let Some(share) = of.quality_deduction {
        let left = Ratio::ONE - within("quality_deduction", share)?;
        let factor = Exact::from(left).minus(Exact::ONE);
        let factor = factor.or_refuse("质量扣减")?;
        working.raise(&QUALITY, factor, &format!("扣减{share}"))?;
    }
    let points = working.points.rounded().or_refuse("病例点数")?;
    let trace = working.trace;
    Ok(Modified { points, trace })
}

/// A share must lie between nothing and all.
fn within(name: &'static str, share: Ratio) -> Result<Ratio, Refusal> {
    if share.clamped() == share {
        return Ok(share);
    }
    Err(Refusal::parameter(name, share, "应在0%和100%之间"))
}

struct Working {
    points: Exact,
    trace: Vec<Step>,
}

impl Working {
    fn raise(&mut self, rule: &Rule, by: Exact, why: &str) -> Result<(), Refusal> {
        let factor = Exact::ONE.plus(by);
        let after = factor.and_then(|factor| self.points.times(factor));
        self.change(rule, after.or_refuse("病例点数")?, why)
    }

    fn cap(&mut self, cap: Points) -> Result<(), Refusal> {
        let most = Exact::from(cap);
        if self.points > most {
            self.change(&CAP, most, &format!("加成后仍不超过基准点数{cap}"))?;
        }
        Ok(())
    }

    fn change(&mut self, rule: &Rule, after: Exact, why: &str) -> Result<(), Refusal> {
        let shown = |points: Exact| points.rounded::<4>().or_refuse("病例点数");
        let (before, now) = (shown(self.points)?, shown(after)?);
        let sentence = format!("{why}，点数由{before}变为{now}");
        self.trace.push(rule.step(sentence));
        self.points = after;
        Ok(())
    }
}
