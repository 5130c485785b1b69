use money::Fen;

use crate::{Modifier, RatioValue, Table};

/// One band of a scale: the rate for the cost above `from` up to `to` (分段).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lower edge.
    pub from: Fen,
    /// Upper edge, or open above.
    pub to: Option<Fen>,
    /// The rate inside the band.
    pub rate: RatioValue,
}

/// Bands without gaps, from low to high.
pub type Bands = Vec<Band>;

/// A scale rule: bands by situation, marginal or whole-amount (分段比例).
#[derive(Debug, Clone)]
pub struct Scale {
    /// Bands by situation.
    pub table: Table<Bands>,
    /// Whether the rate of the band reached applies to the whole amount (catalogue §11.6).
    pub whole_amount: bool,
    /// Applied to every band's rate in order.
    pub modifiers: Vec<Modifier>,
}
