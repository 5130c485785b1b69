use jiff::civil::{Date, DateTime};
use money::Fen;

/// A total and its four parts (费用构成): they add up to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineTotals {
    /// The whole amount.
    pub total: Fen,
    /// Outside the catalogue (全自费).
    pub self_paid: Fen,
    /// Above the price limit (超限价自费).
    pub over_limit: Fen,
    /// The share paid before the benefit begins (先行自付).
    pub prior: Fen,
    /// Eligible (符合范围).
    pub in_scope: Fen,
}

/// What one fund pays of a settlement (基金分项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundRow {
    /// The fund.
    pub fund: String,
    /// What it pays; negative in a reversal.
    pub amount: Fen,
}

/// A settlement (结算) or the reversal of one, which carries negative amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementRow {
    /// The person.
    pub person_no: String,
    /// Its number; numbers rise with time.
    pub settlement_id: String,
    /// The settlement this one reverses, or empty.
    pub original_id: String,
    /// The reversal that took this one back, or empty; set by the store.
    pub reversed_by: String,
    /// The institution.
    pub institution: String,
    /// The message that caused it.
    pub msgid: String,
    /// The visit.
    pub visit_id: String,
    /// The person's name on the day.
    pub person_name: String,
    /// The scheme.
    pub scheme: String,
    /// The care type.
    pub care_type: String,
    /// The benefit year.
    pub benefit_year: i32,
    /// The hash of the policy edition decided under.
    pub edition: String,
    /// The date that selected the rules.
    pub decided_on: Date,
    /// When it was settled.
    pub settled_at: DateTime,
    /// The bill and its parts.
    pub amounts: LineTotals,
    /// All funds together.
    pub fund: Fen,
    /// The person's own account.
    pub account: Fen,
    /// Relatives' accounts.
    pub family: Fen,
    /// Cash.
    pub cash: Fen,
    /// Other payers outside the funds, for instance the institution's own relief.
    pub other: Fen,
    /// Funds one by one.
    pub funds: Vec<FundRow>,
    /// Outcome with trace, JSON.
    pub outcome: String,
}

impl SettlementRow {
    /// Whether this takes another settlement back.
    pub fn is_reversal(&self) -> bool {
        !self.original_id.is_empty()
    }

    /// Whether another settlement has taken this one back.
    pub fn is_reversed(&self) -> bool {
        !self.reversed_by.is_empty()
    }
}
