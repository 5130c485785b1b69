//! 门诊按人头：总额按风险调整后的人头分，按月计人头。

use money::{Decimal, Exact, Fen, share_by_weight};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal, Step};

const RULE: Rule = Rule {
    rule: "capitation",
    name: "按人头分配",
    source: source::CLOSED_POOL,
};

/// Heads of one kind at one unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// The unit or band; ties go by it.
    pub code: String,
    /// Months of membership, twelve for a whole year: who moves counts at both units.
    #[serde(default)]
    pub months: i64,
    /// Heads, where the whole year counts.
    #[serde(default)]
    pub heads: i64,
    /// 风险系数.
    pub risk: Factor,
}

/// A pool that is shared by heads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadPool {
    /// 总额.
    pub pool: Fen,
    /// Who shares it.
    pub members: Vec<Heads>,
}

/// The parts of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadShares {
    /// 每单位人头金额, four places, for display.
    pub per_head: Decimal<4>,
    /// Code and part, in order of code; together the pool.
    pub shares: Vec<(String, Fen)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Shares a pool by risk-adjusted heads (人头分配).
///
/// # Errors
/// [`Refusal::PoolNotPositive`], [`Refusal::NothingToDivideBy`] without heads,
/// [`Refusal::Duplicate`], [`Refusal::BadFact`] for negative heads or risks.
pub fn share_by_heads(of: &HeadPool) -> Result<HeadShares, Refusal> {
    if of.pool <= Fen::ZERO {
        return Err(Refusal::PoolNotPositive {
            name: "pool".into(),
            amount: of.pool,
        });
    }
    let mut members: Vec<&Heads> = of.members.iter().collect();
    members.sort_by(|a, b| a.code.cmp(&b.code));
    if let Some(pair) = members.windows(2).find(|pair| pair[0].code == pair[1].code) {
        return Err(Refusal::Duplicate {
            what: "分配单位",
            number: pair[0].code.clone(),
        });
    }
    let weights = members.iter().map(|one| weight(one));
    let weights = weights.collect::<Result<Vec<i64>, Refusal>>()?;
    let total = weights
        .iter()
        .try_fold(0_i64, |sum, one| sum.checked_add(*one));
    let total = total.or_refuse("人头合计")?;
    // Twelve months of eight decimals each make one head.
    let heads = Exact::of(total.into(), i128::from(WEIGHT_OF_A_HEAD)).or_refuse("人头合计")?;
    let per_head = Exact::from(of.pool).over(heads).and_then(Exact::rounded);
    let per_head: Decimal<4> = per_head.or_refuse("人头合计")?;
    let parts = share_by_weight(of.pool, &weights);
    let pool = of.pool;
    let shares = members.iter().zip(parts);
    let shares: Vec<(String, Fen)> = shares.map(|(one, part)| (one.code.clone(), part)).collect();
    let steps = shares.iter().map(|(code, part)| {
        RULE.step(format!(
            "总额{pool}元，每单位人头{per_head}元，{code}分得{part}元"
        ))
    });
    let trace = steps.collect();
    Ok(HeadShares {
        per_head,
        shares,
        trace,
    })
}

/// Four decimals of risk are kept, for twelve months.
const WEIGHT_OF_A_HEAD: i64 = 12 * 10_000;

fn weight(one: &Heads) -> Result<i64, Refusal> {
    let wrong = |fact, value: String, want| Err(Refusal::fact(&one.code, fact, value, want));
    if one.heads < 0 || one.months < 0 {
        let value = format!("{}、{}", one.heads, one.months);
        return wrong("heads、months", value, "不应为负");
    }
    if one.risk.ratio() < money::Ratio::ZERO {
        return wrong("risk", one.risk.to_string(), "不应为负");
    }
    let risk: Decimal<4> = Exact::from(one.risk).rounded().or_refuse("风险系数")?;
    if Exact::from(risk) != one.risk.into() {
        return wrong("risk", one.risk.to_string(), "最多四位小数");
    }
    let months = one
        .heads
        .checked_mul(12)
        .and_then(|all| all.checked_add(one.months));
    let weight = months.and_then(|months| months.checked_mul(risk.get()));
    weight.or_refuse("人头合计")
}
