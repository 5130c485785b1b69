use jiff::civil::DateTime;
use money::Fen;

use super::LineTotals;

/// A visit (就诊): outpatient registration, stay, pharmacy sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Its number.
    pub visit_id: String,
    /// Its version: 1 when new; a change carries the version read plus one.
    pub version: i64,
    /// The institution.
    pub institution: String,
    /// Outpatient, stay, pharmacy.
    pub kind: String,
    /// The care type.
    pub care_type: String,
    /// The scheme it is settled under.
    pub scheme: String,
    /// Open, discharged, settled, cancelled.
    pub status: String,
    /// Visit or admission time.
    pub started_at: DateTime,
    /// Discharge time.
    pub ended_at: Option<DateTime>,
    /// Diagnoses, JSON array.
    pub diagnoses: String,
    /// Whatever else is known, JSON.
    pub detail: String,
}

/// Where a fee line stands (明细状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStatus {
    /// Uploaded, not settled.
    Live,
    /// Part of a settlement.
    Settled,
    /// Withdrawn.
    Cancelled,
}

impl LineStatus {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Settled => "settled",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Live, Self::Settled, Self::Cancelled]
            .into_iter()
            .find(|s| s.word() == word)
    }
}

/// A fee line (费用明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its visit.
    pub visit_id: String,
    /// Its number at the institution, once per visit among lines not withdrawn.
    pub line_no: String,
    /// The message that brought it.
    pub upload: String,
    /// The charge batch.
    pub charge_batch: String,
    /// Where it stands.
    pub status: LineStatus,
    /// The settlement it is part of, or empty.
    pub settlement_id: String,
    /// National item code.
    pub item_code: String,
    /// The institution's own item code.
    pub local_code: String,
    /// Unit price in millionths of a yuan.
    pub price_micro: i64,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Amounts.
    pub amounts: LineTotals,
    /// When the charge arose.
    pub charged_at: DateTime,
    /// Whatever else is known, JSON.
    pub detail: String,
}

impl LineRow {
    /// The line's amount.
    pub fn total(&self) -> Fen {
        self.amounts.total
    }
}

/// Which lines of a visit move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinesChosen {
    /// All that are in the state moved from.
    All,
    /// Those of one charge batch.
    ChargeBatch(String),
    /// Those with these numbers.
    Numbers(Vec<String>),
}

/// A change of state of fee lines: settling, withdrawing, setting free after a reversal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMove {
    /// The visit.
    pub visit_id: String,
    /// Which lines.
    pub chosen: LinesChosen,
    /// The state and settlement (empty if none) they are in.
    pub from: (LineStatus, String),
    /// The state and settlement (empty if none) they get.
    pub to: (LineStatus, String),
    /// How many lines must move; another number means the lines changed meanwhile.
    pub expected: u64,
}

/// What a line comes to once it is settled, where that is not what it came to when it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAmounts {
    /// The visit.
    pub visit_id: String,
    /// The line.
    pub line_no: String,
    /// The settlement that it belongs to now.
    pub settlement_id: String,
    /// How it divides.
    pub amounts: LineTotals,
}
