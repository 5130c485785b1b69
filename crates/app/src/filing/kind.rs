use terms::{Cause, Word};

use crate::Error;

/// What a filing applies for (备案种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingClass {
    /// 慢特病等资格认定.
    Recognition,
    /// 转诊转院.
    Referral,
    /// 选定定点机构.
    Designation,
    /// 异地就医.
    NonLocal,
    /// 意外伤害.
    Accident,
}

impl FilingClass {
    /// Every class.
    pub const ALL: [Self; 5] = [
        Self::Recognition,
        Self::Referral,
        Self::Designation,
        Self::NonLocal,
        Self::Accident,
    ];

    /// The word in the store and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Recognition => "recognition",
            Self::Referral => "referral",
            Self::Designation => "designation",
            Self::NonLocal => "non_local",
            Self::Accident => "accident",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Recognition => "慢特病认定",
            Self::Referral => "转诊转院备案",
            Self::Designation => "定点备案",
            Self::NonLocal => "异地就医备案",
            Self::Accident => "意外伤害备案",
        }
    }

    /// The class a word names.
    ///
    /// # Errors
    /// A refusal for any other word.
    pub fn of(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| Error::refused("unknown_class", format!("没有备案种类“{word}”")))
    }
}

/// Where a filing stands (备案状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingState {
    /// 待审核.
    Pending,
    /// 有效.
    Valid,
    /// 不予备案.
    Rejected,
    /// 已撤销.
    Withdrawn,
}

impl FilingState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Valid, Self::Rejected, Self::Withdrawn];

    /// The word in the store and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Valid => "valid",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Pending => "待审核",
            Self::Valid => "有效",
            Self::Rejected => "不予备案",
            Self::Withdrawn => "已撤销",
        }
    }

    /// The state a word names.
    ///
    /// # Errors
    /// A refusal for any other word.
    pub fn of(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| Error::refused("unknown_state", format!("没有备案状态“{word}”")))
    }
}

/// How an accident is to be paid, as the investigation concluded (调查结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// 无他方责任.
    AsIllness,
    /// 主要责任.
    FaultMain,
    /// 同等责任.
    FaultEqual,
    /// 次要责任.
    FaultMinor,
    /// 由第三人负担.
    ThirdParty,
    /// 第三人不支付或者不明，先行支付.
    ThirdPartyUnknown,
    /// 工伤.
    WorkInjury,
    /// 违法犯罪.
    Crime,
    /// 吸毒.
    DrugUse,
    /// 自伤自残.
    SelfHarm,
}

impl Conclusion {
    /// Every conclusion.
    pub const ALL: [Self; 10] = [
        Self::AsIllness,
        Self::FaultMain,
        Self::FaultEqual,
        Self::FaultMinor,
        Self::ThirdParty,
        Self::ThirdPartyUnknown,
        Self::WorkInjury,
        Self::Crime,
        Self::DrugUse,
        Self::SelfHarm,
    ];

    /// The word in the store and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AsIllness => "as_illness",
            Self::FaultMain => "fault_main",
            Self::FaultEqual => "fault_equal",
            Self::FaultMinor => "fault_minor",
            Self::ThirdParty => "third_party",
            Self::ThirdPartyUnknown => "third_party_unknown",
            Self::WorkInjury => "work_injury",
            Self::Crime => "crime",
            Self::DrugUse => "drug_use",
            Self::SelfHarm => "self_harm",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::AsIllness => "无他方责任，按疾病支付",
            Self::FaultMain => "自负主要责任",
            Self::FaultEqual => "自负同等责任",
            Self::FaultMinor => "自负次要责任",
            Self::ThirdParty => "由第三人负担",
            Self::ThirdPartyUnknown => "第三人不支付或无法确定，先行支付",
            Self::WorkInjury => "工伤，由工伤保险处理",
            Self::Crime => "违法犯罪所致",
            Self::DrugUse => "吸毒所致",
            Self::SelfHarm => "故意自伤",
        }
    }

    /// The conclusion a word names.
    ///
    /// # Errors
    /// A refusal for any other word.
    pub fn of(word: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| Error::refused("unknown_conclusion", format!("没有调查结论“{word}”")))
    }

    /// The cause a bill of the accident is settled with.
    pub const fn cause(self) -> Cause {
        match self {
            Self::AsIllness | Self::FaultMain | Self::FaultEqual | Self::FaultMinor => {
                Cause::Accident
            }
            Self::ThirdParty => Cause::ThirdParty,
            Self::ThirdPartyUnknown => Cause::ThirdPartyUnknown,
            Self::WorkInjury => Cause::WorkInjury,
            Self::Crime => Cause::Crime,
            Self::DrugUse => Cause::DrugUse,
            Self::SelfHarm => Cause::SelfHarm,
        }
    }

    /// The mark of the visit by which policy knows the person's own share of the fault.
    pub fn mark(self) -> Option<Word> {
        match self {
            Self::FaultMain | Self::FaultEqual | Self::FaultMinor => Some(Word::new(self.word())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for one in FilingClass::ALL {
            assert_eq!(FilingClass::of(one.word()).unwrap(), one);
        }
        for one in FilingState::ALL {
            assert_eq!(FilingState::of(one.word()).unwrap(), one);
        }
        for one in Conclusion::ALL {
            assert_eq!(Conclusion::of(one.word()).unwrap(), one);
        }
        assert!(FilingClass::of("nothing").is_err());
    }
}
