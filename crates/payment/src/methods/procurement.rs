//! 集采结余留用：约定采购量内节省的医保资金按考核留用。

use money::{Exact, Fen, Price, Quantity, Ratio, Rounding};
use serde::Deserialize;

use crate::Refusal;
use crate::amounts::{Explained, part, shares, sum};
use crate::trace::{Rule, source};

const RULE: Rule = Rule {
    rule: "procurement",
    name: "集采结余留用",
    source: source::LOCAL,
};

/// Purchases of one product in a round.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// 约定采购量.
    pub agreed: Quantity,
    /// 集采前价格.
    pub price_before: Price,
    /// 中选价格.
    pub selected_price: Price,
    /// 采购的中选产品.
    pub selected: Quantity,
    /// 采购的非中选产品.
    #[serde(default)]
    pub other: Quantity,
    /// Its price.
    #[serde(default)]
    pub other_price: Price,
}

/// A round of purchases of an institution.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// By product.
    pub purchases: Vec<Purchase>,
    /// 医保支付占比 of these products.
    pub pool_ratio: Ratio,
    /// 留用上限.
    pub ceiling: Ratio,
    /// 考核系数.
    pub score_factor: Ratio,
}

/// What an institution keeps of the savings (结余留用额); purchases beyond the agreed quantity save
/// nothing.
///
/// # Errors
/// [`Refusal::BadParameter`] for shares, [`Refusal::TooLarge`].
pub fn retained_surplus(of: &Round) -> Result<Explained, Refusal> {
    shares(&[
        ("pool_ratio", of.pool_ratio),
        ("ceiling", of.ceiling),
        ("score_factor", of.score_factor),
    ])?;
    let (mut before, mut spent) = (Vec::new(), Vec::new());
    for one in &of.purchases {
        let within = one.selected.min(one.agreed);
        before.push(cost(one.price_before, one.agreed)?);
        spent.push(cost(one.selected_price, within)?);
        spent.push(cost(one.other_price, one.other)?);
    }
    let budget = part(sum(&before, "集采预算")?, of.pool_ratio, "集采预算")?;
    let spend = part(sum(&spent, "采购金额")?, of.pool_ratio, "采购金额")?;
    let base = budget.minus_to_zero(spend);
    let capped = part(base, of.ceiling, "结余留用")?;
    let amount = part(capped, of.score_factor, "结余留用")?;
    let sentence = format!(
        "集采预算{budget}元，实际{spend}元，结余{base}元，按{}和考核{}留用{amount}元",
        of.ceiling, of.score_factor
    );
    Ok(Explained::by(&RULE, amount, sentence))
}

fn cost(price: Price, quantity: Quantity) -> Result<Fen, Refusal> {
    if price < Price::default() || quantity < Quantity::ZERO {
        let value = format!("{price}×{quantity}");
        return Err(Refusal::fact("采购", "price、quantity", value, "不应为负"));
    }
    let units = Exact::of(price.get().into(), 1_000_000);
    let product = units.and_then(|price| {
        let quantity = Exact::of(quantity.get().into(), 10_000)?;
        price
            .times(quantity)?
            .times(Exact::from(100))?
            .whole(Rounding::HalfUp)
    });
    crate::refusal::OrRefuse::or_refuse(product, "采购金额").map(Fen::new)
}
