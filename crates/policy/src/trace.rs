use terms::{InstitutionKind, Word};

use crate::WordSet;

/// What a bill must say about trace codes, and what follows if it does not (药品追溯码).
#[derive(Debug, Clone)]
pub struct TraceRule {
    /// What happens to a bill over a code that was sold before and not returned.
    pub second_sale: SecondSaleRule,
    /// Who must scan, the first row that fits.
    pub duties: Vec<ScanDuty>,
    /// Items without codes (无码清单): national codes or how they begin.
    pub no_code: Vec<Word>,
    /// How far stock may be off, per hundred of what came in.
    pub tolerance_percent: u32,
    /// How far stock may be off in packs, whatever came in.
    pub tolerance_packs: u32,
}

/// What follows a second sale (重复销售的处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondSaleRule {
    /// 不予结算.
    Refuse,
    /// 只记录.
    Note,
}

/// Who must scan codes before settling (扫码要求).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanDuty {
    /// At these kinds of institution.
    pub kinds: WordSet<InstitutionKind>,
    /// What follows a drug without a code.
    pub without_code: CodeDuty,
}

/// What follows a drug without a code (无码的处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeDuty {
    /// 不要求.
    None,
    /// 提示.
    Remind,
    /// 不予结算.
    Refuse,
}

impl SecondSaleRule {
    /// 中文 wording.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Refuse => "不予结算",
            Self::Note => "只记录，不影响结算",
        }
    }
}

impl CodeDuty {
    /// 中文 wording.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::None => "不要求扫码",
            Self::Remind => "未扫码的提示",
            Self::Refuse => "未扫码的不予结算",
        }
    }
}

impl TraceRule {
    /// What follows a drug without a code at a kind of institution.
    pub fn duty(&self, kind: InstitutionKind) -> CodeDuty {
        let fits = self.duties.iter().find(|duty| duty.kinds.has(kind));
        fits.map_or(CodeDuty::None, |duty| duty.without_code)
    }

    /// Whether an item stands in the no-code list.
    pub fn has_no_code(&self, item: &str) -> bool {
        self.no_code
            .iter()
            .any(|prefix| item.starts_with(prefix.as_str()))
    }
}
