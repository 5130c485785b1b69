use crate::desk::Desk;
use crate::kernel::Kernel;

/// One audit rule: what it finds, why that is wrong, and how to look for it (审核规则).
///
/// A rule is data and one small function: [`Rule::build`] names a kernel and feeds it from
/// knowledge tables and parameters. Its texts are its page in `docs/rules`.
#[derive(Debug)]
pub struct Rule {
    /// Identity, such as `P003`.
    pub id: &'static str,
    /// Chinese name.
    pub name: &'static str,
    /// English name.
    pub english: &'static str,
    /// Which library it belongs to.
    pub category: Category,
    /// What one finding is about.
    pub grain: Grain,
    /// When it is run.
    pub phases: &'static [Phase],
    /// What a finding leads to.
    pub strength: Strength,
    /// Knowledge tables it reads.
    pub knowledge: &'static [&'static str],
    /// Tables of the data it cannot do without, by their names of the house.
    pub feeds: &'static [&'static str],
    /// Parameters with their defaults.
    pub parameters: &'static [Parameter],
    /// What it finds, one Chinese sentence.
    pub finds: &'static str,
    /// Why it is wrong, one Chinese sentence.
    pub why: &'static str,
    /// The clause it rests on.
    pub clause: &'static str,
    /// Known false alarms, Chinese.
    pub false_alarms: &'static str,
    /// Evidence of a finding; `{0}`, `{1}`, `{2}` are its facts.
    pub says: &'static str,
    /// Version of the rule's logic, stored with each finding.
    pub version: u16,
    /// Names a kernel, or says what it waits for.
    pub build: fn(&Desk<'_>) -> Built,
}

/// A kernel, or the feed that is missing.
pub type Built = Result<Kernel, Waits>;

/// What a rule waits for (等待的数据); it finds nothing until that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits(pub String);

impl Waits {
    /// Waits for a table, by its name of the house.
    pub fn for_table(name: &str) -> Self {
        Self(format!("缺少数据表 {name}"))
    }
}

/// A number or word that an area may set (规则参数).
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Key in the file of parameters; parts of nested objects joined by points.
    pub key: &'static str,
    /// Value when the file does not say.
    pub default: &'static str,
    /// What it means, with unit and source, Chinese.
    pub meaning: &'static str,
}

/// The library of a rule (规则类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// 政策类
    Policy,
    /// 管理类
    Management,
    /// 医疗类
    Medical,
    /// 欺诈类
    Fraud,
    /// 追溯码类
    Traceability,
    /// 进销存类
    Stock,
}

/// What one finding is about (结果粒度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// 明细
    Line,
    /// 就诊
    Visit,
    /// 人员每日
    PersonDay,
    /// 人员周期
    PersonPeriod,
    /// 机构周期
    ProviderPeriod,
    /// 跨机构
    CrossProvider,
}

/// When a rule is run (审核环节).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// 事前
    Before,
    /// 事中
    During,
    /// 事后
    After,
    /// 批量
    Batch,
}

impl Phase {
    /// Before, during and after.
    pub const ALL: &'static [Self] = &[Self::Before, Self::During, Self::After];
    /// During and after.
    pub const FROM_SETTLEMENT: &'static [Self] = &[Self::During, Self::After];
    /// After, over a period.
    pub const AFTERWARDS: &'static [Self] = &[Self::After, Self::Batch];
    /// Only in batches.
    pub const BATCH: &'static [Self] = &[Self::Batch];
}

/// What a finding leads to, the weakest first (处理强度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// 提醒
    Remind,
    /// 可疑
    Suspect,
    /// 扣款
    Deduct,
}

impl Strength {
    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Suspect => "suspect",
            Self::Deduct => "deduct",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Remind, Self::Suspect, Self::Deduct]
            .into_iter()
            .find(|one| one.word() == word)
    }
}

impl Category {
    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "政策类",
            Self::Management => "管理类",
            Self::Medical => "医疗类",
            Self::Fraud => "欺诈类",
            Self::Traceability => "追溯码类",
            Self::Stock => "进销存类",
        }
    }
}

impl Grain {
    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "明细",
            Self::Visit => "就诊",
            Self::PersonDay => "人员每日",
            Self::PersonPeriod => "人员周期",
            Self::ProviderPeriod => "机构周期",
            Self::CrossProvider => "跨机构",
        }
    }
}

impl Phase {
    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "事前",
            Self::During => "事中",
            Self::After => "事后",
            Self::Batch => "批量",
        }
    }
}
