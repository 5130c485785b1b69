use std::collections::BTreeMap;

use serde::Serialize;

/// How grave a finding is (错误等级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// The list may not be submitted (差错).
    Error,
    /// Somebody should look at it (提示).
    Warning,
}

impl Gravity {
    /// The word in data and in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Error => "差错",
            Self::Warning => "提示",
        }
    }
}

/// What is checked (质控项目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// 缺少主要诊断.
    PrincipalMissing,
    /// 主要诊断多于一个.
    PrincipalRepeated,
    /// 主要诊断不在编码表中.
    PrincipalUnknown,
    /// 主要诊断为灰码.
    PrincipalGray,
    /// 主要诊断又作其他诊断.
    PrincipalRepeatedAsOther,
    /// 缺少主要手术操作.
    MainProcedureMissing,
    /// 主要手术操作多于一个.
    MainProcedureRepeated,
    /// 主要手术操作为灰码.
    MainProcedureGray,
    /// 编码不在编码表中.
    CodeUnknown,
    /// 灰码.
    CodeGray,
    /// 编码书写不规范.
    CodeRespelt,
    /// 临床版编码.
    CodeMapped,
    /// 编码重复.
    CodeRepeated,
    /// 手术操作过多.
    ManyProcedures,
    /// 性别不明.
    SexUnknown,
    /// 性别与参保登记不同.
    SexDiffers,
    /// 性别与诊断不符.
    SexConflict,
    /// 年龄与出生日期不符.
    AgeDiffers,
    /// 新生儿缺少出生体重.
    NewbornWithoutWeight,
    /// 出生体重可疑.
    WeightDoubtful,
    /// 缺少入院或出院时间.
    DatesMissing,
    /// 出院早于入院.
    StayNegative,
    /// 住院不足一天.
    StayOfNoDays,
    /// 入出院日期与就诊登记不同.
    DatesDiffer,
    /// 出院晚于结算.
    DischargeAfterSettlement,
    /// 手术不在住院期间.
    ProcedureOutsideStay,
    /// 呼吸机使用时间读不懂.
    VentilatorUnreadable,
    /// 呼吸机时间与编码不符.
    VentilatorConflict,
    /// 费用合计与结算不符.
    TotalDiffers,
    /// 基金支付与结算不符.
    FundsDiffer,
    /// 必填项目空缺.
    ItemMissing,
    /// 不能入组.
    NotGrouped,
}

impl Check {
    /// Every check.
    pub const ALL: &'static [Self] = &[
        Self::PrincipalMissing,
        Self::PrincipalRepeated,
        Self::PrincipalUnknown,
        Self::PrincipalGray,
        Self::PrincipalRepeatedAsOther,
        Self::MainProcedureMissing,
        Self::MainProcedureRepeated,
        Self::MainProcedureGray,
        Self::CodeUnknown,
        Self::CodeGray,
        Self::CodeRespelt,
        Self::CodeMapped,
        Self::CodeRepeated,
        Self::ManyProcedures,
        Self::SexUnknown,
        Self::SexDiffers,
        Self::SexConflict,
        Self::AgeDiffers,
        Self::NewbornWithoutWeight,
        Self::WeightDoubtful,
        Self::DatesMissing,
        Self::StayNegative,
        Self::StayOfNoDays,
        Self::DatesDiffer,
        Self::DischargeAfterSettlement,
        Self::ProcedureOutsideStay,
        Self::VentilatorUnreadable,
        Self::VentilatorConflict,
        Self::TotalDiffers,
        Self::FundsDiffer,
        Self::ItemMissing,
        Self::NotGrouped,
    ];

    /// Its word in data and in the store, and its 中文 name.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::PrincipalMissing => ("principal_missing", "缺少主要诊断"),
            Self::PrincipalRepeated => ("principal_repeated", "主要诊断多于一个"),
            Self::PrincipalUnknown => ("principal_unknown", "主要诊断不在编码表中"),
            Self::PrincipalGray => ("principal_gray", "主要诊断为灰码"),
            Self::PrincipalRepeatedAsOther => ("principal_as_other", "主要诊断又作其他诊断"),
            Self::MainProcedureMissing => ("main_procedure_missing", "缺少主要手术操作"),
            Self::MainProcedureRepeated => ("main_procedure_repeated", "主要手术操作多于一个"),
            Self::MainProcedureGray => ("main_procedure_gray", "主要手术操作为灰码"),
            Self::CodeUnknown => ("code_unknown", "编码不在编码表中"),
            Self::CodeGray => ("code_gray", "灰码"),
            Self::CodeRespelt => ("code_respelt", "编码书写不规范"),
            Self::CodeMapped => ("code_mapped", "临床版编码"),
            Self::CodeRepeated => ("code_repeated", "编码重复"),
            Self::ManyProcedures => ("many_procedures", "手术操作过多"),
            Self::SexUnknown => ("sex_unknown", "性别不明"),
            Self::SexDiffers => ("sex_differs", "性别与参保登记不同"),
            Self::SexConflict => ("sex_conflict", "性别与诊断不符"),
            Self::AgeDiffers => ("age_differs", "年龄与出生日期不符"),
            Self::NewbornWithoutWeight => ("newborn_without_weight", "新生儿缺少出生体重"),
            Self::WeightDoubtful => ("weight_doubtful", "出生体重可疑"),
            Self::DatesMissing => ("dates_missing", "缺少入院或出院时间"),
            Self::StayNegative => ("stay_negative", "出院早于入院"),
            Self::StayOfNoDays => ("stay_of_no_days", "住院不足一天"),
            Self::DatesDiffer => ("dates_differ", "入出院日期与就诊登记不同"),
            Self::DischargeAfterSettlement => ("discharge_after_settlement", "出院晚于结算"),
            Self::ProcedureOutsideStay => ("procedure_outside_stay", "手术不在住院期间"),
            Self::VentilatorUnreadable => ("ventilator_unreadable", "呼吸机使用时间读不懂"),
            Self::VentilatorConflict => ("ventilator_conflict", "呼吸机时间与编码不符"),
            Self::TotalDiffers => ("total_differs", "费用合计与结算不符"),
            Self::FundsDiffer => ("funds_differ", "基金支付与结算不符"),
            Self::ItemMissing => ("item_missing", "必填项目空缺"),
            Self::NotGrouped => ("not_grouped", "不能入组"),
        }
    }

    /// The word in data and in the store.
    pub const fn word(self) -> &'static str {
        self.names().0
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        self.names().1
    }

    /// The check that a word names.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

/// Which checks are made, and how grave each is (质控规则).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QualityRules {
    /// Edition, as answers to hospitals name it.
    pub version: String,
    /// Gravity of each check that is made.
    pub gravity: BTreeMap<Check, Gravity>,
    /// More procedures than this are doubtful; no bound where absent.
    pub most_procedures: Option<usize>,
    /// Birth weights outside these bounds are doubtful, in grams; no bounds where absent.
    pub plausible_weight: Option<(u32, u32)>,
}
