use crate::{AccountRule, Layer, Ref, Table, Topic};

/// The waterfall of a scheme: which layers, in which order, for which bills (待遇计算顺序).
#[derive(Debug, Clone)]
pub struct Waterfall {
    /// Chains by situation.
    pub table: Table<Chain>,
}

/// Layers and accounts in the order in which they pay; cash pays what is left.
#[derive(Debug, Clone)]
pub struct Chain {
    /// 中文 name, such as 职工住院.
    pub title: String,
    /// In order.
    pub entries: Vec<Entry>,
    /// Whether the bill adds to the ordinary counters.
    pub counts: bool,
    /// Whether the bill counts as a stay for decreasing deductibles.
    pub counts_as_stay: bool,
}

/// One payer of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A fund's layer.
    Layer(Ref<Topic<Layer>>),
    /// A use of personal accounts.
    Account(Ref<Topic<AccountRule>>),
}
