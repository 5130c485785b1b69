//! 稳定病组：例数够多、费用离散不大的病组才按病组计点。

use money::{Exact, Ratio};
use serde::Deserialize;

use crate::Refusal;
use crate::factor::Factor;
use crate::refusal::OrRefuse;

/// What decides whether a group is stable.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stability {
    /// Costs of its cases.
    pub costs: Vec<money::Fen>,
    /// 稳定病组的最少例数.
    pub n_min: u32,
    /// 变异系数上限.
    pub cv_max: Factor,
}

/// Whether a group is stable (稳定病组): more than `n_min` cases, and deviation ÷ mean ≤ `cv_max`.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn stability(of: &Stability) -> Result<bool, Refusal> {
    let fen = of.costs.iter().map(|cost| i128::from(cost.get()));
    let sum = fen
        .clone()
        .try_fold(0_i128, |sum, cost| sum.checked_add(cost));
    let squares = fen
        .map(|cost| cost.checked_mul(cost))
        .try_fold(0_i128, |sum, square| sum.checked_add(square?));
    let (sum, squares) = sum.zip(squares).or_refuse("病组费用")?;
    is_stable(
        of.costs.len() as u64,
        sum,
        squares,
        of.n_min,
        of.cv_max.ratio(),
    )
}

/// Without a square root: n·Σx² − (Σx)² ≤ limit²·(Σx)² is variance ≤ limit² × mean².
pub(crate) fn is_stable(
    count: u64,
    sum: i128,
    squares: i128,
    n_min: u32,
    limit: Ratio,
) -> Result<bool, Refusal> {
    if count <= u64::from(n_min) {
        return Ok(false);
    }
    let squared = sum.checked_mul(sum);
    let spread = squares.checked_mul(count.into()).zip(squared);
    let spread = spread.and_then(|(squares, squared)| squares.checked_sub(squared));
    let (spread, squared) = spread.zip(squared).or_refuse("病组费用的离差")?;
    let whole = |number| Exact::of(number, 1);
    let limit = Exact::from(limit).times(limit.into());
    let allowed = limit
        .and_then(|limit| limit.times(whole(squared)?))
        .or_refuse("病组费用的离差")?;
    Ok(whole(spread).or_refuse("病组费用的离差")? <= allowed)
}
