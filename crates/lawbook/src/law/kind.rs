use serde::Serialize;

/// What kind of rule a topic is (规则种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 金额.
    Amount,
    /// 比例.
    Ratio,
    /// 分段.
    Scale,
    /// 起付线.
    Deductible,
    /// 待遇层次.
    Layer,
    /// 计算顺序.
    Waterfall,
    /// 临时政策.
    Overlay,
    /// 明细规则.
    Items,
    /// 准入规则.
    Gates,
    /// 计算口径.
    Settings,
    /// 病种.
    Diseases,
    /// 个人账户.
    Account,
    /// 统计数列.
    Series,
    /// 生育津贴.
    Allowance,
    /// 筹资.
    Contribution,
    /// 等待期.
    Waiting,
    /// 参保规则.
    Enrolment,
    /// 个人账户划入.
    AccountCredit,
    /// 个人账户计息与结转.
    AccountInterest,
    /// 家庭共济.
    FamilySharing,
    /// 个人账户转出与继承.
    AccountExit,
    /// 困难人员.
    Difficulty,
    /// 返贫预警.
    Watch,
    /// 机构往来资金.
    ProviderFunds,
    /// 备案与认定.
    Filing,
    /// 审核疑点处理.
    Doubts,
    /// 药品追溯码.
    Trace,
}

impl Kind {
    /// Every kind with the word used in files.
    pub(crate) const WORDS: [(&'static str, Self); 27] = [
        ("amount", Self::Amount),
        ("ratio", Self::Ratio),
        ("scale", Self::Scale),
        ("deductible", Self::Deductible),
        ("layer", Self::Layer),
        ("waterfall", Self::Waterfall),
        ("overlay", Self::Overlay),
        ("items", Self::Items),
        ("gates", Self::Gates),
        ("settings", Self::Settings),
        ("diseases", Self::Diseases),
        ("account", Self::Account),
        ("series", Self::Series),
        ("allowance", Self::Allowance),
        ("contribution", Self::Contribution),
        ("waiting", Self::Waiting),
        ("enrolment", Self::Enrolment),
        ("account_credit", Self::AccountCredit),
        ("account_interest", Self::AccountInterest),
        ("family_sharing", Self::FamilySharing),
        ("account_exit", Self::AccountExit),
        ("difficulty", Self::Difficulty),
        ("watch", Self::Watch),
        ("provider_funds", Self::ProviderFunds),
        ("filing", Self::Filing),
        ("doubts", Self::Doubts),
        ("trace", Self::Trace),
    ];

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Amount => "金额",
            Self::Ratio => "比例",
            Self::Scale => "分段",
            Self::Deductible => "起付线",
            Self::Layer => "待遇层次",
            Self::Waterfall => "计算顺序",
            Self::Overlay => "临时政策",
            Self::Items => "明细规则",
            Self::Gates => "准入规则",
            Self::Settings => "计算口径",
            Self::Diseases => "病种",
            Self::Account => "个人账户",
            Self::Series => "统计数列",
            Self::Allowance => "生育津贴",
            Self::Contribution => "筹资",
            Self::Waiting => "等待期",
            Self::Enrolment => "参保规则",
            Self::AccountCredit => "个人账户划入",
            Self::AccountInterest => "个人账户计息与结转",
            Self::FamilySharing => "家庭共济",
            Self::AccountExit => "个人账户转出与继承",
            Self::Difficulty => "困难人员",
            Self::Watch => "返贫预警",
            Self::ProviderFunds => "机构往来资金",
            Self::Filing => "备案与认定",
            Self::Doubts => "审核疑点处理",
            Self::Trace => "药品追溯码",
        }
    }

    /// The unit that files of this kind must state.
    pub(crate) const fn unit(self) -> Option<&'static str> {
        match self {
            Self::Amount | Self::Series => Some("yuan"),
            Self::Ratio | Self::Scale => Some("percent"),
            _ => None,
        }
    }

    /// The only key a kind may have, for kinds of which a scheme has exactly one.
    pub(crate) const fn fixed_key(self) -> Option<&'static str> {
        match self {
            Self::Settings => Some("settings"),
            Self::Items => Some("items"),
            Self::Waterfall => Some("waterfall"),
            _ => None,
        }
    }
}
