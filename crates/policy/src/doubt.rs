use money::{Fen, Ratio};
use terms::Word;

/// How a doubt of the audit is handled (审核疑点处理): a limit for every link of the procedure, and
/// what needs a second pair of eyes.
///
/// The measures on the two repositories ask for first review, second review, the institution's
/// statement, investigation and disposal, each with a term set locally; terms are working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtRule {
    /// 初审时限.
    pub first_review_days: u32,
    /// 申诉时限, counted from the notice.
    pub appeal_days: u32,
    /// 申诉延期: granted once.
    pub appeal_extension_days: u32,
    /// 复审时限.
    pub second_review_days: u32,
    /// 专家合议时限.
    pub panel_days: u32,
    /// 移交稽核时限.
    pub hand_over_days: u32,
    /// Doubts above this are dismissed by a second person (疑点不成立的复核金额).
    pub dismissal_checked_over: Fen,
    /// Experts of a panel at least, an odd number (专家人数).
    pub panel_size: u32,
    /// A rule that deducts by itself needs this share confirmed (自动扣减的确认率).
    pub deduct_from: Ratio,
    /// Below this share a rule only suspects (降为可疑的确认率).
    pub suspect_below: Ratio,
    /// Months of decisions that count for the share (确认率统计月数).
    pub precision_months: u32,
    /// Decisions needed before the share says anything (最少样本).
    pub precision_decisions: u32,
    /// What settlement does about lines that break a rule which deducts (结算时的审核).
    pub during: AuditDuring,
    /// 规则编号 it does that for; every rule that deducts where empty.
    pub during_rules: Vec<Word>,
    /// 规则编号 on trial: back-tested and not released, they suspect at most (试运行的规则).
    pub trial_rules: Vec<Word>,
}

/// What settlement does about a line that breaks a rule which deducts (事中处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuditDuring {
    /// The institution is told, the bill stays as it is (只提醒).
    #[default]
    Note,
    /// The fund pays nothing for the line (不予支付).
    Exclude,
    /// The bill is not settled (不予结算).
    Refuse,
}

impl AuditDuring {
    /// Its word in policy files.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("note", Self::Note),
        ("exclude", Self::Exclude),
        ("refuse", Self::Refuse),
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Note => "只提醒",
            Self::Exclude => "该明细不予支付",
            Self::Refuse => "不予结算",
        }
    }
}
