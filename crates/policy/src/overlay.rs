use crate::{Chain, Condition, Entry};

/// A temporary rule laid over the ordinary waterfall (临时政策), such as the 2023 COVID guarantee.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// When it applies; dates of admission or service are part of it.
    pub condition: Condition,
    /// Overlays apply in order of rank, low to high.
    pub rank: i32,
    /// What it does.
    pub effect: OverlayEffect,
}

/// What an overlay does to the chain of the bill.
#[derive(Debug, Clone)]
pub enum OverlayEffect {
    /// Another chain altogether.
    Replace(Chain),
    /// Further payers, put before the first account of the chain.
    Add(Vec<Entry>),
}
