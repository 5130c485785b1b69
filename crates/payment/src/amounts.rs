//! Small sums and parts of amounts that refuse instead of overflowing.

use money::{Exact, Fen};

use crate::refusal::OrRefuse;
use crate::{Refusal, Step};

/// The sum; take away by adding a negative amount.
pub(crate) fn sum(parts: &[Fen], what: &'static str) -> Result<Fen, Refusal> {
    let whole: i128 = parts.iter().map(|part| i128::from(part.get())).sum();
    i64::try_from(whole).ok().map(Fen::new).or_refuse(what)
}

/// A part of an amount, rounded half up once.
pub(crate) fn part(of: Fen, share: impl Into<Exact>, what: &'static str) -> Result<Fen, Refusal> {
    let product = Exact::from(of).times(share.into());
    product.and_then(Exact::yuan).or_refuse(what)
}

/// Refuses amounts below zero.
pub(crate) fn not_negative(facts: &[(&'static str, Fen)]) -> Result<(), Refusal> {
    match facts.iter().find(|(_, amount)| amount.is_negative()) {
        Some((fact, amount)) => Err(Refusal::fact("本次计算", fact, amount, "不应为负")),
        None => Ok(()),
    }
}

/// Refuses shares outside nothing to all.
pub(crate) fn shares(parameters: &[(&'static str, money::Ratio)]) -> Result<(), Refusal> {
    let outside = |share: &money::Ratio| share.clamped() != *share;
    match parameters.iter().find(|(_, share)| outside(share)) {
        Some((name, share)) => Err(Refusal::parameter(*name, share, "应在0%和100%之间")),
        None => Ok(()),
    }
}

/// An amount with why it came about; what most methods answer (支付额).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Explained {
    /// The amount.
    pub amount: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

impl Explained {
    pub(crate) fn by(rule: &crate::trace::Rule, amount: Fen, sentence: String) -> Self {
        Self {
            amount,
            trace: vec![rule.step(sentence)],
        }
    }
}
