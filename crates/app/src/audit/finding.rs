use jiff::civil::Date;
use money::Fen;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use workflow::doubt::Strength;

/// A rule as a scan ran it (审核规则).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleHeader {
    /// 规则编号, such as `P003`.
    pub id: String,
    /// Version of its logic.
    pub version: i64,
    /// 规则名称.
    pub name: String,
    /// Which library it belongs to, 中文.
    pub category: String,
    /// What it says of its findings.
    pub strength: Strength,
}

/// What a scan read and by what (审核批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanHeader {
    /// 批次编号.
    pub run: String,
    /// First day whose fees it judged.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Rules that worked; what waits for data says nothing about earlier findings.
    pub rules: Vec<RuleHeader>,
    /// Hash of the rules with their versions and parameters.
    pub rules_edition: String,
    /// Hash of the knowledge.
    pub knowledge_edition: String,
}

/// Some owners of a scan, each read whole, and all that was found of them (审核分批).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanPage {
    /// People that were read, with the version of their record.
    pub people: Vec<(String, i64)>,
    /// Institutions whose own findings were looked for.
    pub institutions: Vec<String>,
    /// People whom rules of the whole batch judged; how far they were looked at stays.
    pub beside: Vec<String>,
    /// What was found.
    pub findings: Vec<NewFinding>,
    /// Settlements read.
    pub bills: i64,
    /// Lines read.
    pub lines: i64,
}

/// What a rule finds (审核命中).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// Place of its rule in the header.
    pub rule: usize,
    /// As strong as this hit is; never stronger than its rule.
    pub strength: Strength,
    /// What it is about: `line`, `visit` …
    pub target_kind: String,
    /// Which, once per kind within the area.
    pub target: String,
    /// 人员编号, or empty.
    pub person_no: String,
    /// 就诊编号, or empty.
    pub visit_id: String,
    /// 结算编号, or empty.
    pub settlement: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// The day of the fees; of a scan of the service's own bills the day they were settled, so that
    /// a period holds whole bills.
    pub day: Date,
    /// In-scope amount in doubt.
    pub amount: Fen,
    /// Knowledge row used with its version, or empty.
    pub knowledge: String,
    /// The evidence in one Chinese sentence.
    pub says: String,
    /// Evidence: facts, and the knowledge row as it stood, JSON.
    pub evidence: serde_json::Value,
    /// The lines it covers, all of this institution.
    pub lines: Vec<FindingLine>,
}

/// A line that a finding covers (涉及明细).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    /// 结算编号.
    pub settlement: String,
    /// 就诊编号.
    pub visit: String,
    /// 明细编号.
    pub line: String,
    /// Its in-scope amount.
    pub in_scope: Fen,
}

impl FindingLine {
    /// The line as deductions name it.
    pub fn key(&self) -> String {
        format!("{}/{}", self.visit, self.line)
    }
}

impl NewFinding {
    /// Whose finding it is: the person's, or the institution's where no person is meant.
    pub fn owner(&self) -> &str {
        if self.person_no.is_empty() {
            &self.institution
        } else {
            &self.person_no
        }
    }

    /// The same for the same rule, version and target, whoever finds it and whenever.
    pub fn id(&self, rule: &RuleHeader) -> String {
        let (kind, target) = (&self.target_kind, &self.target);
        let key = format!("{}\n{}\n{kind}\n{target}", rule.id, rule.version);
        let hash = Sha256::digest(key.as_bytes());
        hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
