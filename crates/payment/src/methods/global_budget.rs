//! 总额控制：按月限额支付、超出挂账，年终按区间结余留用和超支分担，执行过快时提醒和约谈。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{Explained, not_negative, shares, sum};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal, Step};

const fn rule(rule: &'static str, name: &'static str) -> Rule {
    let source = source::LOCAL;
    Rule { rule, name, source }
}

const MONTH: Rule = rule("global_budget.month", "月度限额");
const YEAR: Rule = rule("global_budget.year", "年终总额");
const WARNING: Rule = rule("global_budget.warning", "执行提醒");

/// A month under a quota.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthQuestion {
    /// 当月审核后基金额.
    pub actual: Fen,
    /// 月度限额.
    pub quota: Fen,
    /// Unused quota of earlier months.
    #[serde(default)]
    pub carry_available: Fen,
    /// Whether unused quota may be carried.
    #[serde(default)]
    pub allow_carry: bool,
}

/// What a month pays and what is hung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthPayment {
    /// 当月支付.
    pub paid: Fen,
    /// 挂账: not refused, looked at again at the end of the year.
    pub hung: Fen,
    /// Unused quota for later months.
    pub carry_left: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Pays a month up to its quota (月度支付).
///
/// # Errors
/// [`Refusal::BadFact`] for negative amounts.
pub fn pay_month(of: &MonthQuestion) -> Result<MonthPayment, Refusal> {
    not_negative(&[
        ("actual", of.actual),
        ("quota", of.quota),
        ("carry_available", of.carry_available),
    ])?;
    let carry = if of.allow_carry {
        of.carry_available
    } else {
        Fen::ZERO
    };
    let within = of.actual.min(of.quota);
    let above = of.actual - within;
    let used = above.min(carry);
    let (paid, hung) = (within + used, above - used);
    let unused = if of.allow_carry {
        of.quota - within
    } else {
        Fen::ZERO
    };
    let carry_left = sum(&[carry, -used, unused], "结转限额")?;
    let (actual, quota) = (of.actual, of.quota);
    let trace = vec![MONTH.step(format!(
        "当月{actual}元，限额{quota}元，动用结转限额{used}元，支付{paid}元，挂账{hung}元"
    ))];
    Ok(MonthPayment {
        paid,
        hung,
        carry_left,
        trace,
    })
}

/// What is kept of a surplus while spending is at least a part of the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepBand {
    /// The lowest share of the budget spent.
    pub at_least: Ratio,
    /// 留用比例.
    pub keep: Ratio,
}

/// What the fund bears of a slice above the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverBand {
    /// The slice ends at this share of the budget; none for all above.
    pub up_to: Option<Ratio>,
    /// 基金分担比例.
    pub fund_share: Ratio,
}

/// A year under a budget.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearQuestion {
    /// 全年审核后基金额.
    pub actual: Fen,
    /// 年度总额.
    pub budget: Fen,
    /// 合理增长, approved: enlarges the budget first.
    #[serde(default)]
    pub approved_growth: Fen,
    /// 结余留用, the highest step first; spending below every step keeps nothing.
    #[serde(default)]
    pub keep: Vec<KeepBand>,
    /// 超支分担, rising; a hard cap bears nothing above.
    pub over: Vec<OverBand>,
}

/// Settles a year under a budget (年终总额清算).
///
/// # Errors
/// [`Refusal::PoolNotPositive`] without a budget, [`Refusal::BadParameter`] for bands out of order.
pub fn settle_year(of: &YearQuestion) -> Result<Explained, Refusal> {
    not_negative(&[
        ("actual", of.actual),
        ("approved_growth", of.approved_growth),
    ])?;
    let budget = sum(&[of.budget, of.approved_growth], "年度总额")?;
    if of.budget <= Fen::ZERO {
        return Err(Refusal::PoolNotPositive {
            name: "budget".into(),
            amount: of.budget,
        });
    }
    check_bands(&of.keep, &of.over)?;
    let actual = of.actual;
    let (amount, why) = if actual <= budget {
        let (kept, keep) = surplus(of, budget)?;
        let amount = sum(&[actual, kept], "年终总额")?;
        (amount, format!("未超总额，结余按{keep}留用{kept}元"))
    } else {
        let borne = excess(of, budget)?;
        let amount = sum(&[budget, borne], "年终总额")?;
        (
            amount,
            format!("超出总额{}元，基金分担{borne}元", actual - budget),
        )
    };
    let sentence = format!("全年{actual}元，总额{budget}元，{why}，支付{amount}元");
    Ok(Explained::by(&YEAR, amount, sentence))
}

pub(crate) fn check_bands(keep: &[KeepBand], over: &[OverBand]) -> Result<(), Refusal> {
    for band in keep {
        shares(&[("keep", band.keep)])?;
    }
    for band in over {
        shares(&[("over.fund_share", band.fund_share)])?;
    }
    let falling = keep
        .windows(2)
        .all(|pair| pair[0].at_least > pair[1].at_least);
    let rising = over.windows(2).all(|pair| {
        let (one, two) = (pair[0].up_to, pair[1].up_to);
        one.is_some() && two.is_none_or(|two| one < Some(two))
    });
    let open = over.last().is_some_and(|band| band.up_to.is_none());
    if falling && rising && open {
        return Ok(());
    }
    let shown = format!("留用{}档、分担{}档", keep.len(), over.len());
    let want = "留用应由高到低，分担应由低到高且最后一档不设上限";
    Err(Refusal::parameter("keep/over", shown, want))
}

fn surplus(of: &YearQuestion, budget: Fen) -> Result<(Fen, Ratio), Refusal> {
    let spent = Exact::from(of.actual)
        .over(budget.into())
        .or_refuse("年度总额")?;
    let band = of.keep.iter().find(|band| spent >= band.at_least.into());
    let keep = band.map_or(Ratio::ZERO, |band| band.keep);
    let kept = crate::amounts::part(budget - of.actual, keep, "结余留用")?;
    Ok((kept, keep))
}

/// Each slice bears its own share; a boundary belongs to the slice below it.
fn excess(of: &YearQuestion, budget: Fen) -> Result<Fen, Refusal> {
    let (whole, over) = (Exact::from(budget), Exact::from(of.actual - budget));
    let mut lower = Exact::ZERO;
    let mut borne = Exact::ZERO;
    for band in &of.over {
        let limit = band.up_to.map(|share| whole.times(share.into()));
        let limit = limit.transpose().or_refuse("超支分担")?;
        let upper = limit.map_or(over, |limit| limit.min(over));
        let slice = upper
            .minus(lower)
            .and_then(|slice| slice.times(band.fund_share.into()));
        borne = slice
            .and_then(|slice| borne.plus(slice))
            .or_refuse("超支分担")?;
        if upper >= over {
            break;
        }
        lower = upper;
    }
    borne.yuan().or_refuse("超支分担")
}

/// Spending so far against the quotas so far.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressQuestion {
    /// 至本月累计基金额.
    pub actual: Fen,
    /// 至本月累计限额.
    pub quota: Fen,
    /// From which multiple of the quota on there is a notice, an interview, a special review.
    pub thresholds: (Factor, Factor, Factor),
}

/// What fast spending leads to (执行提醒).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// 正常.
    None,
    /// 提醒.
    Notice,
    /// 约谈.
    Interview,
    /// 专项审核.
    SpecialReview,
}

/// How spending stands, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Actual ÷ quota, four places.
    pub progress: money::Decimal<4>,
    /// What follows.
    pub warning: Warning,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Compares spending with the quotas (执行进度); each threshold itself already counts.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without a quota, [`Refusal::BadParameter`] for thresholds out of
/// order.
pub fn progress(of: &ProgressQuestion) -> Result<Progress, Refusal> {
    let (notice, interview, review) = of.thresholds;
    if !(notice < interview && interview < review) {
        let shown = format!("{notice}、{interview}、{review}");
        return Err(Refusal::parameter("thresholds", shown, "应由小到大"));
    }
    let ratio = Exact::from(of.actual)
        .over(of.quota.into())
        .or_refuse("累计限额")?;
    let (warning, word) = match ratio {
        high if high >= review.into() => (Warning::SpecialReview, "专项审核"),
        high if high >= interview.into() => (Warning::Interview, "约谈"),
        high if high >= notice.into() => (Warning::Notice, "提醒"),
        _ => (Warning::None, "正常"),
    };
    let progress = ratio.rounded().or_refuse("执行进度")?;
    let (actual, quota) = (of.actual, of.quota);
    let sentence = format!("累计{actual}元，累计限额{quota}元，进度{progress}：{word}");
    let trace = vec![WARNING.step(sentence)];
    Ok(Progress {
        progress,
        warning,
        trace,
    })
}
