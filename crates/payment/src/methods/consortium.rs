//! 医共体打包付费：总额扣除风险金等后打包，结余按考核留用，超支在限度内分担。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part, shares, sum};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "consortium",
    name: "医共体打包",
    source: source::LOCAL,
};

/// A consortium's year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Months of membership of all members, twelve for a whole year; or
    #[serde(default)]
    pub months: i64,
    /// heads for the whole year.
    #[serde(default)]
    pub heads: i64,
    /// 人均标准 of a year.
    pub rate: Fen,
    /// 风险金比例.
    pub risk_reserve: Ratio,
    /// 大病保险保费 per head.
    #[serde(default)]
    pub premium_per_head: Fen,
    /// Other amounts taken out before.
    #[serde(default)]
    pub carve_outs: Fen,
    /// What members cost: inside, outside, out of area, pharmacies.
    pub used: Fen,
    /// 考核系数: share of a surplus that is kept.
    pub score_share: Ratio,
    /// 超支分担 by the fund.
    pub over_share: Ratio,
    /// Up to which share of the package the fund bears a part.
    pub over_limit: Ratio,
}

/// What a consortium is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Packaged {
    /// 总额.
    pub pool: Fen,
    /// 打包额.
    pub package: Fen,
    /// 留用的结余, nothing when overspent.
    pub kept: Fen,
    /// 基金分担的超支.
    pub borne: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Settles a consortium's package (医共体清算).
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without heads, [`Refusal::PoolNotPositive`] when nothing is left
/// to package, [`Refusal::BadParameter`] for shares.
pub fn settle_package(of: &Package) -> Result<Packaged, Refusal> {
    not_negative(&[
        ("rate", of.rate),
        ("premium_per_head", of.premium_per_head),
        ("carve_outs", of.carve_outs),
        ("used", of.used),
    ])?;
    shares(&[
        ("risk_reserve", of.risk_reserve),
        ("score_share", of.score_share),
        ("over_share", of.over_share),
        ("over_limit", of.over_limit),
    ])?;
    let months = i128::from(of.heads) * 12 + i128::from(of.months);
    if months <= 0 {
        let what = "人头数".into();
        return Err(Refusal::NothingToDivideBy { what });
    }
    let years = Exact::of(months, 12).or_refuse("人头数")?;
    let pool = part(of.rate, years, "打包总额")?;
    let reserve = part(pool, of.risk_reserve, "风险金")?;
    let premium = part(of.premium_per_head, years, "大病保险保费")?;
    let package = sum(&[pool, -reserve, -premium, -of.carve_outs], "打包额")?;
    if package <= Fen::ZERO {
        return Err(Refusal::PoolNotPositive {
            name: "package".into(),
            amount: package,
        });
    }
    let kept = part(package.minus_to_zero(of.used), of.score_share, "结余留用")?;
    let limit = part(package, of.over_limit, "超支分担")?;
    let over = of.used.minus_to_zero(package);
    let borne = part(over.min(limit), of.over_share, "超支分担")?;
    let used = of.used;
    let trace = vec![RULE.step(format!(
        "总额{pool}元，扣风险金{reserve}元、大病保险保费{premium}元、其他{}元，打包{package}元；\
         实际使用{used}元，结余留用{kept}元，超支由基金分担{borne}元",
        of.carve_outs
    ))];
    Ok(Packaged {
        pool,
        package,
        kept,
        borne,
        trace,
    })
}
