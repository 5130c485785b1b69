use money::Fen;
use workflow::doubt::Strength;

/// What an institution is told: one doubt with its grounds (提醒).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// 违规标识: its number, by which it is answered.
    pub id: String,
    /// 规则编号.
    pub rule: String,
    /// 规则版本.
    pub rule_version: i64,
    /// 规则名称.
    pub rule_name: String,
    /// As strong as the finding is, and its rule is worth now.
    pub strength: Strength,
    /// 人员编号.
    pub person_no: String,
    /// The visit that is going on.
    pub visit: String,
    /// Its doctor's code, or empty.
    pub doctor: String,
    /// What is wrong, one Chinese sentence with names, counts and days.
    pub says: String,
    /// Why that is wrong: the rule's clause and the knowledge row.
    pub basis: String,
    /// The knowledge row used, or empty.
    pub knowledge: String,
    /// In-scope amount in doubt.
    pub amount: Fen,
    /// Whether it is about the visit as a whole and not about items.
    pub of_visit: bool,
    /// The lines it is about, then those it compares them with.
    pub lines: Vec<PromptedLine>,
}

/// A line in a prompt (违规明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptedLine {
    /// 就诊标识.
    pub visit: String,
    /// 明细标识.
    pub line: String,
    /// Whether it is in doubt itself, and not only compared with (违规项、涉及项).
    pub violates: bool,
    /// In-scope amount, zero where it is only compared with.
    pub amount: Fen,
}
