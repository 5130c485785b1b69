use jiff::civil::DateTime;

/// An activation of the electronic credential (医保码激活).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivationRow {
    /// The person.
    pub person_no: String,
    /// Through which application or counter.
    pub channel: String,
    /// On which device.
    pub device: String,
    /// At which institution, or empty.
    pub institution: String,
    /// When.
    pub activated_at: DateTime,
}

/// A token of the electronic credential (令牌), known by its hash only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Whose.
    pub person_no: String,
    /// The hash of the token.
    pub token_hash: String,
    /// For which channel it was issued.
    pub channel: String,
    /// Whether it is accepted once only.
    pub once: bool,
    /// When it was issued.
    pub issued_at: DateTime,
    /// From when it is worth nothing.
    pub expires_at: DateTime,
    /// When somebody was looked up by it.
    pub read_at: Option<DateTime>,
    /// By which institution, or empty.
    pub read_by: String,
    /// By which of its messages.
    pub read_message: String,
    /// When it was spent.
    pub used_at: Option<DateTime>,
    /// At which institution, or empty.
    pub used_by: String,
    /// On which visit, or empty.
    pub used_for: String,
}

/// What a commit does with a token that was shown (令牌核销).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUse {
    /// The hash of the token.
    pub token_hash: String,
    /// The institution it was shown at.
    pub institution: String,
    /// When.
    pub at: DateTime,
    /// For what.
    pub purpose: TokenPurpose,
}

/// What a token was shown for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPurpose {
    /// To learn who the person is; the message that asked.
    Read(String),
    /// To be treated; the visit it is spent on.
    Visit(String),
}

/// How a person was identified for a settlement (结算凭证).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialUseRow {
    /// The settlement.
    pub settlement_id: String,
    /// Document, card, electronic credential.
    pub proof: String,
    /// Where.
    pub institution: String,
    /// When.
    pub used_at: DateTime,
}

/// Settlements of an institution by the way people were identified (凭证使用统计).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// The institution.
    pub institution: String,
    /// Document, card, electronic credential.
    pub proof: String,
    /// How many settlements.
    pub count: i64,
}
