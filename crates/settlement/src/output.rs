use std::collections::BTreeMap;

use money::{Fen, Price, Ratio};
use policy::Part;
use serde::{Deserialize, Serialize};
use terms::{AccountKind, FundType, ItemClass, Word};

use crate::{Bill, CounterChange, Step};

/// What a bill comes to (结算结果). Amounts sum: Σ funds + accounts + cash + institution = total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// 医疗费总额.
    pub total: Fen,
    /// 全自费.
    pub self_paid: Fen,
    /// 超限价.
    pub over_limit: Fen,
    /// 先行自付.
    pub prior: Fen,
    /// 符合政策范围金额.
    pub in_scope: Fen,
    /// The share of every line, in the order of the bill.
    pub lines: Vec<LineSplit>,
    /// What each layer did, in order.
    pub layers: Vec<LayerShare>,
    /// By national fund type, in order of first payment.
    pub funds: Vec<FundShare>,
    /// What accounts paid.
    pub accounts: Vec<AccountDraw>,
    /// 个人现金支付.
    pub cash: Fen,
    /// What is left with the institution when an agreed price replaces the bill: the bill less the
    /// price, negative when the institution gains.
    pub institution: Fen,
    /// What the person's own money, accounts included, went into.
    pub own: OwnMoney,
    /// The actual deductible of this bill (实际起付线).
    pub deductible: Fen,
    /// 待遇年度.
    pub benefit_year: i16,
    /// Which stay of the year, for care that counts stays.
    pub admission_number: i32,
    /// Counters that changed.
    pub counters: Vec<CounterChange>,
    /// Why, step by step.
    pub trace: Vec<Step>,
}

impl Outcome {
    /// What all funds pay together (基金支付总额).
    pub fn fund_total(&self) -> Fen {
        self.funds.iter().map(|share| share.amount).sum()
    }

    /// What the fund of one type pays.
    pub fn fund(&self, fund: FundType) -> Fen {
        self.funds
            .iter()
            .filter(|share| share.fund == fund)
            .map(|share| share.amount)
            .sum()
    }

    /// What accounts pay together, sponsors included.
    pub fn account_total(&self) -> Fen {
        self.accounts.iter().map(|draw| draw.amount).sum()
    }

    /// What sponsors' accounts pay (家庭共济).
    pub fn family_total(&self) -> Fen {
        let family = self
            .accounts
            .iter()
            .filter(|draw| draw.kind == AccountKind::Family);
        family.map(|draw| draw.amount).sum()
    }

    /// What one layer pays.
    pub fn layer(&self, key: &str) -> Fen {
        self.layers
            .iter()
            .filter(|layer| layer.key == *key)
            .map(|layer| layer.paid)
            .sum()
    }

    pub(crate) fn opened_by(mut self, step: Step) -> Self {
        self.trace.insert(0, step);
        self
    }

    /// This part of a bill and the part of a later year, as one bill.
    pub(crate) fn followed_by(mut self, later: Self) -> Self {
        for share in &later.funds {
            match self.funds.iter_mut().find(|known| known.fund == share.fund) {
                Some(known) => known.amount += share.amount,
                None => self.funds.push(*share),
            }
        }
        for change in later.counters {
            match self
                .counters
                .iter_mut()
                .find(|known| known.key == change.key)
            {
                Some(known) => known.after = change.after,
                None => self.counters.push(change),
            }
        }
        self.lines.extend(later.lines);
        self.layers.extend(later.layers);
        self.accounts.extend(later.accounts);
        self.trace.extend(later.trace);
        Self {
            total: self.total + later.total,
            self_paid: self.self_paid + later.self_paid,
            over_limit: self.over_limit + later.over_limit,
            prior: self.prior + later.prior,
            in_scope: self.in_scope + later.in_scope,
            cash: self.cash + later.cash,
            institution: self.institution + later.institution,
            own: self.own.and(&later.own),
            deductible: self.deductible + later.deductible,
            benefit_year: later.benefit_year,
            admission_number: later.admission_number,
            ..self
        }
    }

    /// The lines in the order of the bill, which parts of different years may interleave.
    pub(crate) fn in_order_of(mut self, bill: &Bill) -> Self {
        let numbers = bill.lines.iter().map(|line| line.number);
        let places: BTreeMap<u32, usize> = numbers.zip(0..).collect();
        self.lines
            .sort_unstable_by_key(|split| places.get(&split.line).copied());
        self
    }

    /// The person's share: accounts and cash (个人负担总金额).
    pub fn person_total(&self) -> Fen {
        self.account_total() + self.cash
    }
}

/// The money of a settled bill without its explanation: what is booked, and what a reversal undoes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// 医疗费总额.
    pub total: Fen,
    /// 全自费.
    pub self_paid: Fen,
    /// 超限价.
    pub over_limit: Fen,
    /// 先行自付.
    pub prior: Fen,
    /// 符合政策范围金额.
    pub in_scope: Fen,
    /// By national fund type.
    pub funds: Vec<FundShare>,
    /// Accounts.
    pub accounts: Vec<AccountDraw>,
    /// 个人现金支付.
    pub cash: Fen,
    /// What stayed with the institution.
    pub institution: Fen,
    /// 实际起付线.
    pub deductible: Fen,
    /// 待遇年度.
    pub benefit_year: i16,
    /// Counters that changed.
    pub counters: Vec<CounterChange>,
}

impl Booked {
    /// What all funds pay together.
    pub fn fund_total(&self) -> Fen {
        self.funds.iter().map(|share| share.amount).sum()
    }

    /// What accounts pay together.
    pub fn account_total(&self) -> Fen {
        self.accounts.iter().map(|draw| draw.amount).sum()
    }
}

impl From<&Outcome> for Booked {
    fn from(outcome: &Outcome) -> Self {
        Self {
            total: outcome.total,
            self_paid: outcome.self_paid,
            over_limit: outcome.over_limit,
            prior: outcome.prior,
            in_scope: outcome.in_scope,
            funds: outcome.funds.clone(),
            accounts: outcome.accounts.clone(),
            cash: outcome.cash,
            institution: outcome.institution,
            deductible: outcome.deductible,
            benefit_year: outcome.benefit_year,
            counters: outcome.counters.clone(),
        }
    }
}

/// How one line divides: the four parts sum to its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSplit {
    /// The line's number.
    pub line: u32,
    /// 明细金额.
    pub amount: Fen,
    /// 全自费.
    pub self_paid: Fen,
    /// 超限价.
    pub over_limit: Fen,
    /// 先行自付.
    pub prior: Fen,
    /// 政策范围内.
    pub in_scope: Fen,
    /// 收费项目等级 that was applied.
    pub class: ItemClass,
    /// 先行自付比例 that was applied.
    pub prior_ratio: Ratio,
    /// 限价 that was applied.
    pub ceiling: Option<Price>,
    /// Why.
    pub reason: LineReason,
}

/// Why a line divides as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineReason {
    /// In the catalogue on its terms.
    Payable,
    /// Wholly the person's own.
    SelfPaid(SelfPaidReason),
}

/// Why a line is wholly self-paid (自费原因).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfPaidReason {
    /// 未对码: the institution's item has no national code.
    Unmapped,
    /// 目录内没有当日有效的条目.
    NotInForce,
    /// 丙类.
    ClassC,
    /// 不符合限定支付范围: the limit that was not met.
    Restriction(String),
    /// The institution declared it outside its indication.
    Declared,
    /// A rule of the policy.
    Rule(String),
    /// The audit withholds it, wholly or in part: which rule, and what it found.
    Audit(String),
}

/// What one layer did (分层支付).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerShare {
    /// The layer's key.
    pub key: Word,
    /// Its 中文 title.
    pub title: String,
    /// The fund.
    pub payer: FundType,
    /// What it worked on.
    pub base: Fen,
    /// The deductible it took off.
    pub deductible: Fen,
    /// What it paid.
    pub paid: Fen,
}

/// A fund's share of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundShare {
    /// Which fund.
    pub fund: FundType,
    /// How much.
    pub amount: Fen,
}

/// A draw on a personal account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDraw {
    /// Which purse.
    pub kind: AccountKind,
    /// Whose.
    pub owner: Word,
    /// How much.
    pub amount: Fen,
    /// The balance before.
    pub before: Fen,
    /// The balance after.
    pub after: Fen,
}

/// What is left to the person after every fund, part by part; accounts and cash pay it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnMoney {
    /// 全自费.
    pub self_paid: Fen,
    /// 超限价.
    pub over_limit: Fen,
    /// 先行自付.
    pub prior: Fen,
    /// 异地先行自付.
    pub non_local_prior: Fen,
    /// 起付线.
    pub deductible: Fen,
    /// 按比例自付, and in-scope cost that no layer settles.
    pub coinsurance: Fen,
    /// 超封顶线, and cost beyond a limit that ends with the person.
    pub over_cap: Fen,
}

impl OwnMoney {
    pub(crate) fn of(parts: impl Fn(Part) -> Fen) -> Self {
        Self {
            self_paid: parts(Part::SelfPaid),
            over_limit: parts(Part::OverLimit),
            prior: parts(Part::Prior),
            non_local_prior: parts(Part::NonLocalPrior),
            deductible: parts(Part::Deductible),
            coinsurance: parts(Part::Coinsurance) + parts(Part::InScope),
            over_cap: parts(Part::OverCap) + parts(Part::BeyondLimit),
        }
    }

    fn and(&self, other: &Self) -> Self {
        Self {
            self_paid: self.self_paid + other.self_paid,
            over_limit: self.over_limit + other.over_limit,
            prior: self.prior + other.prior,
            non_local_prior: self.non_local_prior + other.non_local_prior,
            deductible: self.deductible + other.deductible,
            coinsurance: self.coinsurance + other.coinsurance,
            over_cap: self.over_cap + other.over_cap,
        }
    }

    /// All of it.
    pub fn total(&self) -> Fen {
        self.self_paid
            + self.over_limit
            + self.prior
            + self.non_local_prior
            + self.deductible
            + self.coinsurance
            + self.over_cap
    }
}
