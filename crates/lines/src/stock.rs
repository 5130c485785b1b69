use crate::Day;

/// One month of one item in one provider's stock ledger, quantities in thousandths (进销存).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRow {
    /// The provider.
    pub provider: u32,
    /// The item.
    pub item: u32,
    /// First day of the month.
    pub month: Day,
    /// Stock at the beginning.
    pub opening: i64,
    /// Bought.
    pub bought: i64,
    /// Settled with all payers.
    pub settled: i64,
    /// Left otherwise.
    pub other_out: i64,
    /// Stock at the end.
    pub closing: i64,
    /// Whether it may be used only once.
    pub single_use: bool,
}

/// The stock ledger (进销存台账).
#[derive(Debug, Clone, Default)]
pub struct Stock(pub Vec<StockRow>);
