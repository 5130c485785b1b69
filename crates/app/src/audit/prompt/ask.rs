use jiff::civil::{Date, DateTime};
use money::{Fen, Price, Quantity};
use terms::{CareType, Scheme, Sex};

/// When an institution hears of doubts before anybody reviews them (提醒环节).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptMoment {
    /// While orders are given (事前).
    Before,
    /// While the bill is settled (事中).
    During,
    /// After fee lines came in (上传后).
    Upload,
}

impl PromptMoment {
    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::During => "during",
            Self::Upload => "upload",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Before => "事前",
            Self::During => "事中",
            Self::Upload => "上传后",
        }
    }
}

/// What an institution wants looked at before it goes on (明细审核请求).
#[derive(Debug, Clone)]
pub struct PromptAsk {
    /// Under which moment what is found is kept.
    pub moment: PromptMoment,
    /// Whether the rules of settlement run, and not those of ordering.
    pub settling: bool,
    /// 规则编号 that shall run; all of the moment where empty.
    pub rules: Vec<String>,
    /// The patients.
    pub people: Vec<PromptPerson>,
}

/// A patient with the visits that the message tells of (参保人信息).
#[derive(Debug, Clone)]
pub struct PromptPerson {
    /// 人员编号.
    pub number: String,
    /// 性别, where the message knows it.
    pub sex: Option<Sex>,
    /// 出生日期.
    pub birth: Date,
    /// The person is insured elsewhere, so that our register need not know them (异地参保).
    pub from_elsewhere: bool,
    /// The visit that is going on.
    pub current: String,
    /// That visit, and others that the institution tells of.
    pub visits: Vec<PromptVisit>,
}

/// A visit as a message tells it (就诊信息).
#[derive(Debug, Clone)]
pub struct PromptVisit {
    /// 就诊标识, the institution's or ours.
    pub number: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 医疗类别.
    pub care: CareType,
    /// 险种.
    pub scheme: Option<Scheme>,
    /// Begin, admission.
    pub begin: DateTime,
    /// End, discharge; nothing while it goes on.
    pub end: Option<DateTime>,
    /// Diagnoses: code and name, the main one first.
    pub diagnoses: Vec<(String, String)>,
    /// Name of the admitting department.
    pub department: String,
    /// The doctor's code.
    pub doctor: String,
    /// The disease the visit is for, or empty.
    pub disease: String,
    /// Orders or fee lines.
    pub lines: Vec<PromptLine>,
}

/// An order or a fee line that is not settled yet (处方、医嘱).
#[derive(Debug, Clone)]
pub struct PromptLine {
    /// 处方（医嘱）标识, once per visit.
    pub number: String,
    /// 处方号, or empty.
    pub prescription: String,
    /// National code.
    pub item: String,
    /// Its name.
    pub item_name: String,
    /// When it begins.
    pub at: DateTime,
    /// 数量.
    pub quantity: Quantity,
    /// 单价.
    pub price: Price,
    /// 金额.
    pub amount: Fen,
    /// The part inside the scope of payment.
    pub in_scope: Fen,
    /// Name of the ordering department.
    pub department: String,
    /// The ordering doctor's code.
    pub doctor: String,
    /// Days it lasts, 0 unknown.
    pub supply_days: u16,
}
