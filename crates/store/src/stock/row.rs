use jiff::civil::{Date, DateTime};

/// The sale that stands on a box, or that it is free again (追溯码状态).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceCodeRow {
    /// The code.
    pub code: String,
    /// Rises by one with every change, from 1.
    pub version: i64,
    /// Whether a sale stands on it.
    pub sold: bool,
    /// Whether only units of the box were sold.
    pub split: bool,
    /// Whether the sale was told of before its bill, which is still to come.
    pub awaits_bill: bool,
    /// Where it was sold.
    pub institution: String,
    /// To whom; empty where nobody was named.
    pub person: String,
    /// The visit, by the number the institution or this system gave it.
    pub visit_id: String,
    /// The settlement, or empty.
    pub settlement_id: String,
    /// The message that sold it.
    pub msgid: String,
    /// The item's national code.
    pub item_code: String,
    /// When.
    pub sold_at: DateTime,
}

/// What happened to a box (追溯码流向).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceEventRow {
    /// The code.
    pub code: String,
    /// The event's number; rises with time.
    pub event_id: String,
    /// What.
    pub kind: String,
    /// Where.
    pub institution: String,
    /// Which sale: the settlement, or the institution's own number.
    pub sale: String,
    /// The upload line it was told in, or empty.
    pub record_id: String,
    /// The item's national code.
    pub item_code: String,
    /// Whether units only.
    pub split: bool,
    /// Whether another sale stood when it was told.
    pub contested: bool,
    /// When it happened.
    pub happened_at: DateTime,
    /// When it was told.
    pub recorded_at: DateTime,
}

/// What changes on trace codes (追溯码变动).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeChange {
    /// Codes that are sold: whoever else sold one since it was read wins.
    pub sold: Vec<TraceCodeRow>,
    /// Codes that are free again.
    pub freed: Vec<TraceCodeRow>,
    /// What to remember of each.
    pub events: Vec<TraceEventRow>,
}

/// One line of goods as an institution told it (进销存明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRecordRow {
    /// The institution.
    pub institution: String,
    /// Its number here; rises with time.
    pub record_id: String,
    /// Which upload: count, change, purchase, sale.
    pub kind: String,
    /// What it moves, or empty for a count.
    pub movement: String,
    /// Whether it was taken back.
    pub deleted: bool,
    /// The institution's batch number.
    pub batch: String,
    /// The institution's own code of the item.
    pub local_code: String,
    /// The item's national code.
    pub item_code: String,
    /// The name the institution uses.
    pub name: String,
    /// Smallest priced packs, in ten-thousandths.
    pub quantity: i64,
    /// Price in millionths of a yuan.
    pub price_micro: i64,
    /// When it happened.
    pub happened_at: DateTime,
    /// To whom, or empty.
    pub person: String,
    /// The visit as the institution numbers it, or empty.
    pub visit: String,
    /// The settlement, or empty.
    pub settlement_id: String,
    /// Whether a box was opened.
    pub split: bool,
    /// The trace codes, a JSON list.
    pub codes: String,
    /// When it was told.
    pub recorded_at: DateTime,
    /// Everything else, JSON.
    pub detail: String,
}

/// The goods of one item over one month, as sums (月度进销存).
///
/// In a commit the figures are what is added; a count replaces an older one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockMonthRow {
    /// The institution.
    pub institution: String,
    /// The institution's own code of the item.
    pub local_code: String,
    /// The month, such as 2024-11.
    pub month: String,
    /// The item's national code.
    pub item_code: String,
    /// The name the institution uses.
    pub name: String,
    /// Purchased, sent back, sold, returned, other in, other out; in ten-thousandths.
    pub moved: [i64; 6],
    /// What was counted, and on which day.
    pub counted: Option<(i64, Date)>,
}

/// What an upload of goods changes (进销存变动).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockChange {
    /// New lines.
    pub records: Vec<StockRecordRow>,
    /// Lines taken back, by number; all must stand.
    pub deleted: Vec<String>,
    /// What is added to months, one row for each item and month.
    pub months: Vec<StockMonthRow>,
}

/// What was settled of an item at an institution in a month (医保结算量).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledQuantityRow {
    /// The institution.
    pub institution: String,
    /// The item's national code.
    pub item_code: String,
    /// In millionths.
    pub quantity_micro: i64,
}

/// Which lines of goods to list (进销存明细筛选); what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockFilter {
    /// Of these kinds of upload.
    pub kinds: Vec<&'static str>,
    /// Of a batch.
    pub batch: Option<String>,
    /// Of an item by the institution's code.
    pub local_code: Option<String>,
    /// Of an item by its national code.
    pub item_code: Option<String>,
    /// Of a visit, by any of its numbers.
    pub visits: Vec<String>,
    /// Of a person.
    pub person: Option<String>,
    /// From this moment on.
    pub from: Option<DateTime>,
    /// Before this moment.
    pub before: Option<DateTime>,
}
