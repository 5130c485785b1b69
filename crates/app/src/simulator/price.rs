//! What a group is worth under the prices that were filled in.

use money::{Decimal, Exact, ExactError, Fen, Points, Ratio, Score};
use payment::dip::{Deviation, DeviationClass, Standard, deviation_score, standard_payment};
use payment::drg::{HighMultiple, LowMultiple, high_multiple, low_multiple};
use payment::{Factor, Refusal};

use super::{Priced, Terms};
use crate::Error;

/// Code and sentence for amounts that cannot be counted.
pub(super) const TOO_LARGE: (&str, &str) = ("too_large", "金额或系数过大，算不出来");
/// Points of a group whose weight is 1.
const POINTS_OF_ONE: i64 = 100;

fn refused(refusal: &Refusal) -> Error {
    Error::refused(refusal.code(), refusal.to_string())
}

fn exact<T>(found: Result<T, ExactError>) -> Result<T, Error> {
    found.map_err(|_| Error::refused(TOO_LARGE.0, TOO_LARGE.1))
}

/// A DRG case: points by its weight, corrected where it is a high or low one, times the rate.
pub(super) fn drg(weight: Ratio, cost: Option<Fen>, terms: &Terms) -> Result<Priced, Error> {
    let weight = Exact::from(weight);
    let rate = Exact::from(terms.unit);
    let base: Points = exact(weight.times(POINTS_OF_ONE.into()).and_then(Exact::rounded))?;
    let mean: Fen = exact(weight.times(rate).and_then(Exact::yuan))?;
    let mut said = vec![format!("基准点数{base}（权重×{POINTS_OF_ONE}）")];
    let high = HighMultiple {
        base_points: base,
        coefficient: terms.coefficient,
        cost: cost.unwrap_or(mean),
        unreasonable: Fen::ZERO,
        mean,
        multiple: terms.high,
        approved: false,
    };
    let normal = high_multiple(&high)
        .map_err(|fault| refused(&fault))?
        .points;
    let (class, points) = match cost {
        Some(cost) if is_below(cost, terms.low, mean)? => {
            let points = low_multiple(&LowMultiple {
                base_points: base,
                coefficient: terms.coefficient,
                cost,
                mean,
            });
            ("低倍率病例", points.map_err(|fault| refused(&fault))?)
        }
        Some(cost) if !is_below(cost, terms.high, mean)? => ("高倍率病例", normal),
        _ => ("正常病例", normal),
    };
    said.push(class_said(class, cost, mean, terms));
    if class == "高倍率病例" {
        let approved = HighMultiple {
            approved: true,
            ..high
        };
        let extra = high_multiple(&approved).map_err(|fault| refused(&fault))?;
        said.push(format!("如特病单议批准，追加点数{}", extra.extra));
    }
    let one = exact(rate.over(POINTS_OF_ONE.into()))?;
    let standard = exact(Exact::from(points).times(one).and_then(Exact::yuan))?;
    let coefficient = terms.coefficient;
    said.push(format!(
        "支付标准：病例点数{points}（机构系数{coefficient}）×每点{}元＝{standard}元",
        short(exact(one.rounded::<4>())?),
    ));
    priced(class, standard, cost, terms, said)
}

/// A DIP case: score by its deviation and auxiliary factor, times the coefficient and the price.
pub(super) fn dip(
    score: Ratio,
    factor: Ratio,
    cost: Option<Fen>,
    terms: &Terms,
) -> Result<Priced, Error> {
    let plain: Score = exact(Exact::from(score).rounded())?;
    let mean: Fen = exact(
        Exact::from(plain)
            .times(terms.unit.into())
            .and_then(Exact::yuan),
    )?;
    let mut said = vec![format!("病种分值{plain}")];
    let (class, deviated) = match cost.filter(|_| mean > Fen::ZERO) {
        Some(case_cost) => {
            let deviated = deviation_score(&Deviation {
                case_cost,
                group_mean_cost: mean,
                score: plain,
                low: terms.low,
                high: terms.high,
            });
            let deviated = deviated.map_err(|fault| refused(&fault))?;
            (deviated.class.zh(), deviated.case_score)
        }
        None => {
            let whole = exact(Exact::from(plain).rounded())?;
            (DeviationClass::Normal.zh(), whole)
        }
    };
    said.push(class_said(class, cost, mean, terms));
    let score: Points = exact(
        Exact::from(deviated)
            .times(factor.into())
            .and_then(Exact::rounded),
    )?;
    let coefficient = Factor::from_text(&terms.coefficient.to_string());
    let paid = standard_payment(&Standard {
        score,
        coefficient: coefficient.map_err(|_| Error::refused(TOO_LARGE.0, TOO_LARGE.1))?,
        point_value: terms.unit,
        others: terms.others,
        fund_ratio: None,
    });
    let standard = paid.map_err(|fault| refused(&fault))?.standard;
    said.push(format!(
        "支付标准：病例分值{score}×机构系数{}×分值单价{}元＝{standard}元",
        terms.coefficient,
        short(terms.unit)
    ));
    priced(class, standard, cost, terms, said)
}

/// Whether a cost is below a multiple of the mean.
fn is_below(cost: Fen, multiple: Factor, mean: Fen) -> Result<bool, Error> {
    let limit = exact(Exact::from(mean).times(multiple.into()))?;
    Ok(Exact::from(cost) < limit)
}

fn class_said(class: &str, cost: Option<Fen>, mean: Fen, terms: &Terms) -> String {
    let Some(cost) = cost else {
        return "没有填总费用，按正常病例计".to_owned();
    };
    let multiple = Exact::from(cost).over(mean.into());
    let multiple = multiple.and_then(Exact::rounded::<2>);
    let multiple = multiple.map_or_else(|_| "若干".to_owned(), |found| found.to_string());
    let (low, high) = (terms.low, terms.high);
    format!(
        "总费用{cost}元为例均费用估计数{mean}元的{multiple}倍（低于{low}倍偏低，{high}倍起偏高）：{class}"
    )
}

fn priced(
    class: &'static str,
    standard: Fen,
    cost: Option<Fen>,
    terms: &Terms,
    mut sentences: Vec<String>,
) -> Result<Priced, Error> {
    let others = terms.others;
    let due = standard - others;
    if others > Fen::ZERO {
        sentences.push(format!(
            "扣除个人和其他方支付{others}元，基金预计支付{due}元"
        ));
    }
    Ok(Priced {
        class,
        unusual: class != "正常病例" && class != DeviationClass::Normal.zh(),
        standard,
        due,
        margin: cost.map(|cost| standard - cost),
        sentences,
    })
}

/// A number without the zeros at its end, at least two places.
fn short(number: Decimal<4>) -> String {
    let text = number.to_string();
    match text.strip_suffix("00") {
        Some(shorter) => shorter.to_owned(),
        None => text,
    }
}
