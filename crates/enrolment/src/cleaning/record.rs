use terms::{AreaCode, CoverState, Date, Scheme, Sex};

/// Days from a first to a last one, both included; open where there is no last (期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

impl Span {
    /// The days that lie in both.
    pub fn overlap(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        to.is_none_or(|to| from <= to).then_some(Self { from, to })
    }

    /// Days from first to last; open spans count to `today`.
    pub fn days(self, today: Date) -> i64 {
        let last = self.to.unwrap_or(today.max(self.from));
        (last.duration_since(self.from).as_hours() / 24) + 1
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to {
            Some(to) => write!(f, "{}至{to}", self.from),
            None => write!(f, "{}起", self.from),
        }
    }
}

/// A period of cover as far as the checks ask (参保段).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverSpan {
    /// 险种.
    pub scheme: Scheme,
    /// 待遇状态.
    pub state: CoverState,
    /// The county of the insured place.
    pub county: AreaCode,
    /// Its days.
    pub span: Span,
}

/// What the register holds of one person, as far as the checks ask (登记信息).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// 人员编号.
    pub number: &'a str,
    /// 姓名.
    pub name: &'a str,
    /// 性别.
    pub sex: Option<Sex>,
    /// 出生日期.
    pub birth: Date,
    /// 死亡日期.
    pub death: Option<Date>,
    /// 证件号码, or empty.
    pub document: &'a str,
    /// 电话, or empty.
    pub phone: &'a str,
    /// 住址, or empty.
    pub address: &'a str,
    /// Cover, in any order.
    pub covers: Vec<CoverSpan>,
    /// Days on which the person holds an identity (救助身份).
    pub identities: Vec<Span>,
    /// Days for which somebody else pays the contribution (资助参保).
    pub subsidies: Vec<Span>,
}
