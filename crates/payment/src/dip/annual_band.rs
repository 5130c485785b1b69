//! 年终结算区间：按项目金额与应得额之比，决定结余留用和超支分担。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal};

pub(crate) const RULE: Rule = Rule {
    rule: "dip.annual_band",
    name: "年终结算",
    source: source::LOCAL,
};

/// What is paid while actual ÷ entitled lies below a limit (年终结算的一档).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnualBand {
    /// The band ends before this ratio; none for the last.
    pub below: Option<Factor>,
    /// What it pays.
    pub pays: BandPays,
}

/// What a band pays (支付方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandPays {
    /// 据实支付: the actual amount.
    Actual,
    /// 部分留用: the actual amount and this share of what is left.
    Gap(Ratio),
    /// 结余留用: the entitlement.
    Entitlement,
    /// 超支分担: the entitlement and this share of the slice inside the band.
    Excess(Ratio),
}

/// The usual example of the bands; every area sets its own.
pub fn usual_bands() -> Vec<AnnualBand> {
    let percent = |whole| Ratio::new(whole, 100);
    let limits = ["0.80", "0.90", "1.00", "1.10", "1.20"].map(|text| Factor::from_text(text).ok());
    let pays = [
        BandPays::Actual,
        BandPays::Gap(percent(50)),
        BandPays::Entitlement,
        BandPays::Excess(percent(70)),
        BandPays::Excess(percent(50)),
        BandPays::Excess(percent(0)),
    ];
    let below = limits.into_iter().chain([None]);
    let bands = below.zip(pays);
    bands
        .map(|(below, pays)| AnnualBand { below, pays })
        .collect()
}

/// Bands rise, the last is open, and excess bands come last.
pub(crate) fn check_bands(bands: &[AnnualBand]) -> Result<(), Refusal> {
    let shown = || {
        let each = bands.iter();
        let limits = each.map(|band| band.below.map_or("其余".to_owned(), |at| at.to_string()));
        limits.collect::<Vec<String>>().join("、")
    };
    let rising = bands.windows(2).all(|pair| {
        let (one, two) = (pair[0].below, pair[1].below);
        one.is_some() && two.is_none_or(|two| one < Some(two))
    });
    let open = bands.last().is_some_and(|band| band.below.is_none());
    let is_excess = |band: &AnnualBand| matches!(band.pays, BandPays::Excess(_));
    let ordered = bands
        .windows(2)
        .all(|pair| !is_excess(&pair[0]) || is_excess(&pair[1]));
    let first = bands.iter().position(is_excess);
    let from = first.map(|first| first.checked_sub(1).and_then(|at| bands[at].below));
    let at_one = from.is_none_or(|below| below.is_some_and(|at| at.ratio() == Ratio::ONE));
    let shares = bands.iter().all(|band| match band.pays {
        BandPays::Gap(share) | BandPays::Excess(share) => share.clamped() == share,
        _ => true,
    });
    if rising && open && ordered && at_one && shares {
        return Ok(());
    }
    let want = "应由小到大，最后一档不设上限，超支分担自1开始并排在最后，比例在0%和100%之间";
    Err(Refusal::parameter("annual_bands", shown(), want))
}

/// One institution at the end of the year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnualQuestion {
    /// 按项目应付 of the year.
    pub actual: Fen,
    /// 应得.
    pub entitlement: Fen,
    /// The bands, if they are not the usual ones.
    #[serde(default = "usual_bands")]
    pub bands: Vec<AnnualBand>,
}

/// What an institution is finally paid (年终结算额).
///
/// # Errors
/// [`Refusal::BadParameter`] for bands that do not fit together, [`Refusal::TooLarge`].
pub fn annual_payment(of: &AnnualQuestion) -> Result<Fen, Refusal> {
    check_bands(&of.bands)?;
    banded(of.actual, of.entitlement, &of.bands)
}

/// Compared by multiplying, so that an entitlement of nothing needs no ratio.
pub(crate) fn banded(actual: Fen, entitled: Fen, bands: &[AnnualBand]) -> Result<Fen, Refusal> {
    let (spent, due) = (Exact::from(actual), Exact::from(entitled));
    let limit = |band: &AnnualBand| {
        let limit = band.below.map(|below| due.times(below.into()));
        limit.transpose().or_refuse("年终结算区间")
    };
    let mut lower = Exact::ZERO;
    let mut sum = due;
    for band in bands {
        let upper = limit(band)?;
        let inside = upper.is_none_or(|upper| spent < upper);
        match band.pays {
            BandPays::Actual if inside => return Ok(actual),
            BandPays::Entitlement if inside => return Ok(entitled),
            BandPays::Gap(share) if inside => {
                let gap = due.minus(spent).and_then(|gap| gap.times(share.into()));
                let pays = gap.and_then(|gap| spent.plus(gap)?.yuan());
                return pays.or_refuse("年终结算额");
            }
            BandPays::Excess(share) => {
                let end = upper.map_or(spent, |upper| upper.min(spent));
                let slice = end.minus(lower).and_then(|slice| slice.times(share.into()));
                sum = slice
                    .and_then(|slice| sum.plus(slice))
                    .or_refuse("年终结算额")?;
                if inside {
                    break;
                }
            }
            _ => {}
        }
        lower = upper.unwrap_or(lower);
    }
    sum.yuan().or_refuse("年终结算额")
}
