//! 人力占比拆分：价格按人力与非人力两部分拆开，人力部分按工资指数调整。

use money::{Exact, Fen, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::{part, shares};
use crate::refusal::OrRefuse;
use crate::{Factor, Refusal};

/// A price and how much of it is labour.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabourSplit {
    /// 价格.
    pub price: Fen,
    /// 人力占比.
    pub labour_share: Ratio,
    /// 工资指数, 1 where wages are average.
    pub wage_index: Factor,
}

/// The two parts, and the price with wages taken into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LabourParts {
    /// 人力部分.
    pub labour: Fen,
    /// 非人力部分.
    pub non_labour: Fen,
    /// 调整后价格.
    pub adjusted: Fen,
}

/// Splits a price (人力占比拆分); the two parts are the price.
///
/// # Errors
/// [`Refusal::BadParameter`] for the share, [`Refusal::TooLarge`].
pub fn split_labour(of: &LabourSplit) -> Result<LabourParts, Refusal> {
    shares(&[("labour_share", of.labour_share)])?;
    let labour = part(of.price, of.labour_share, "人力部分")?;
    let non_labour = of.price - labour;
    let adjusted = Exact::from(labour)
        .times(of.wage_index.into())
        .and_then(|labour| labour.plus(non_labour.into())?.yuan());
    Ok(LabourParts {
        labour,
        non_labour,
        adjusted: adjusted.or_refuse("调整后价格")?,
    })
}
