use std::borrow::Cow;
use std::sync::Arc;

use money::{Fen, Ratio};
use policy::{EdgeBasis, Part, Provenance};
use serde::{Deserialize, Serialize};
use terms::{AccountKind, FundType, Word};

/// A part of a bill with its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// Which part.
    pub part: Part,
    /// How much.
    pub amount: Fen,
}

/// One step of the explanation: what was done, by which law, with which amounts (计算步骤).
///
/// `before` and `after` are the money the step had in hand and what it left for the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The layer or topic the step belongs to.
    pub topic: Word,
    /// What was done.
    pub kind: StepKind,
    /// The amount in hand before the step.
    pub before: Fen,
    /// The amount left after it.
    pub after: Fen,
    /// The parameter used, with its law.
    pub basis: Option<Arc<Provenance>>,
}

/// The kinds of step, each with the numbers its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepKind {
    /// 费用分类.
    Classified {
        /// 全自费.
        self_paid: Fen,
        /// 超限价.
        over_limit: Fen,
        /// 先行自付.
        prior: Fen,
    },
    /// 审核扣除: a line that the audit keeps out of payment.
    Withheld {
        /// The line's number.
        line: u32,
        /// Which rule, and what it found.
        reason: String,
    },
    /// A lane of lines that is settled apart.
    Lane {
        /// The lane.
        lane: Word,
    },
    /// 待遇准入: a gate that closes funds or lets in a share only.
    Gate {
        /// Its sentence.
        message: String,
    },
    /// 已由他方支付.
    PaidElsewhere {
        /// By whom.
        payer: FundType,
    },
    /// 待遇顺序: which chain of layers applies.
    Chain {
        /// Its title.
        title: String,
    },
    /// The base a layer starts from.
    Base {
        /// The layer's title.
        title: String,
        /// Its parts.
        parts: Vec<Labelled>,
    },
    /// 异地先行自付.
    PriorShare {
        /// The share.
        ratio: Ratio,
    },
    /// 费用限额.
    FeeCap {
        /// The limit.
        limit: Fen,
        /// What the period had used.
        used: Fen,
    },
    /// 起付线.
    Deductible {
        /// The pattern's 中文 name.
        pattern: Cow<'static, str>,
        /// The amount due on this bill.
        due: Fen,
        /// Which stay of the year.
        admission_number: i32,
    },
    /// 按比例支付.
    Ratio {
        /// The ratio.
        ratio: Ratio,
        /// What it gives.
        pays: Fen,
    },
    /// 分段支付: one band.
    Band {
        /// What the edges are measured on.
        edges: Option<EdgeBasis>,
        /// Lower edge of the cost inside the band.
        from: Fen,
        /// Upper edge.
        to: Fen,
        /// The rate.
        ratio: Ratio,
        /// What it gives.
        pays: Fen,
    },
    /// 保底.
    Floor {
        /// The guaranteed share.
        ratio: Ratio,
        /// What it guarantees.
        pays: Fen,
    },
    /// 支付限额.
    PaymentCap {
        /// The limit.
        limit: Fen,
        /// What the period had used.
        used: Fen,
        /// The cost that the capped payment absorbs.
        absorbed: Fen,
    },
    /// 累计分段: F(after) − F(before).
    Cumulative {
        /// The accumulated base before this bill.
        cumulated_before: Fen,
        /// After it.
        cumulated_after: Fen,
        /// The yearly payment for the base before.
        paid_before: Fen,
        /// For the base after.
        paid_after: Fen,
    },
    /// 单病种或限额.
    FixedPrice {
        /// The agreed price or limit.
        price: Fen,
        /// Whether it replaces the bill.
        replaces_bill: bool,
    },
    /// 救助身份从优.
    BestIdentity {
        /// The identity that gives most.
        identity: Word,
    },
    /// A layer's result.
    Paid {
        /// The layer's title.
        title: String,
        /// What it paid.
        pays: Fen,
    },
    /// 个人账户.
    Account {
        /// Which purse.
        kind: AccountKind,
        /// Its balance before.
        balance: Fen,
        /// What it paid.
        pays: Fen,
    },
    /// 现金.
    Cash,
    /// 分年度结算: the bill was split between two benefit years.
    YearPart {
        /// The benefit year of the steps that follow.
        year: i16,
    },
}

impl Step {
    /// The step's 中文 name.
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// The step as a sentence a clerk can read to the patient.
    pub fn sentence(&self) -> String {
        self.kind.sentence(self.before, self.after)
    }
}

impl StepKind {
    /// The step's 中文 name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Classified { .. } => "费用分类",
            Self::Withheld { .. } => "审核扣除",
            Self::Lane { .. } => "单列费用",
            Self::Gate { .. } => "待遇准入",
            Self::PaidElsewhere { .. } => "他方已付",
            Self::Chain { .. } => "适用待遇",
            Self::Base { .. } => "计算基数",
            Self::PriorShare { .. } => "异地先行自付",
            Self::FeeCap { .. } => "费用限额",
            Self::Deductible { .. } => "起付线",
            Self::Ratio { .. } => "按比例支付",
            Self::Band { .. } => "分段支付",
            Self::Floor { .. } => "保底支付",
            Self::PaymentCap { .. } => "支付限额",
            Self::Cumulative { .. } => "年度累计支付",
            Self::FixedPrice { .. } => "定额标准",
            Self::BestIdentity { .. } => "身份从优",
            Self::Paid { .. } => "本层支付",
            Self::Account { .. } => "个人账户支付",
            Self::Cash => "现金支付",
            Self::YearPart { .. } => "跨年度分段",
        }
    }

    /// The step as a sentence a clerk can read to the patient.
    pub fn sentence(&self, before: Fen, after: Fen) -> String {
        let taken = before - after;
        match self {
            Self::Classified {
                self_paid,
                over_limit,
                prior,
            } => format!(
                "总费用{before}元，其中全自费{self_paid}元、超限价{over_limit}元、\
                 先行自付{prior}元，政策范围内{after}元"
            ),
            Self::Withheld { line, reason } => withheld_sentence(*line, reason, taken, after),
            Self::Lane { lane } => format!("“{lane}”费用{before}元单独计算"),
            Self::Gate { message } => message.clone(),
            Self::PaidElsewhere { payer } => format!("{payer}已支付{taken}元，剩余{after}元"),
            Self::Chain { title } => format!("按“{title}”计算"),
            Self::Base { title, parts } => base_sentence(title, parts, before),
            Self::PriorShare { ratio } => format!("先由个人承担{ratio}，即{taken}元，余{after}元"),
            Self::FeeCap { limit, used } => fee_cap_sentence(*limit, *used, after),
            Self::Deductible {
                pattern,
                due,
                admission_number,
            } => deductible_sentence(pattern, *due, *admission_number, before, after),
            Self::Ratio { ratio, pays } => format!("{before}元按{ratio}支付{pays}元"),
            Self::Band {
                edges,
                from,
                to,
                ratio,
                pays,
            } => {
                let edges = edges.map_or("", edge_words);
                format!("{edges}{from}元至{to}元部分按{ratio}支付{pays}元")
            }
            Self::Floor { ratio, pays } => floor_sentence(*ratio, *pays, before),
            Self::PaymentCap {
                limit,
                used,
                absorbed,
            } => format!(
                "支付限额{limit}元，此前已付{used}元，本次最多支付{after}元（对应费用{absorbed}元）"
            ),
            Self::Cumulative {
                cumulated_before,
                cumulated_after,
                paid_before,
                paid_after,
            } => cumulative_sentence(
                (*cumulated_before, *cumulated_after),
                (*paid_before, *paid_after),
            ),
            Self::FixedPrice {
                price,
                replaces_bill,
            } => fixed_price_sentence(*price, *replaces_bill, before),
            Self::BestIdentity { identity } => format!("同时具有多种身份，按“{identity}”从优"),
            Self::Paid { title, pays } => format!("{title}支付{pays}元，剩余{after}元"),
            Self::Account {
                kind,
                balance,
                pays,
            } => {
                format!("{kind}余额{balance}元，支付{pays}元，剩余{after}元")
            }
            Self::Cash => format!("个人现金支付{before}元"),
            Self::YearPart { year } => format!("{year}年度的费用{before}元"),
        }
    }
}

fn withheld_sentence(line: u32, reason: &str, taken: Fen, after: Fen) -> String {
    format!("第{line}条明细{reason}，基金不予支付{taken}元，政策范围内余{after}元")
}

fn floor_sentence(ratio: Ratio, pays: Fen, before: Fen) -> String {
    format!("按{ratio}保底支付{pays}元，高于正常支付{before}元")
}

fn fee_cap_sentence(limit: Fen, used: Fen, enters: Fen) -> String {
    format!("费用限额{limit}元，此前已用{used}元，本次进入支付范围{enters}元")
}

fn cumulative_sentence((from, to): (Fen, Fen), (was, is): (Fen, Fen)) -> String {
    let pays = is - was;
    format!("累计由{from}元增至{to}元，累计应付由{was}元增至{is}元，本次支付{pays}元")
}

fn fixed_price_sentence(price: Fen, replaces_bill: bool, cost: Fen) -> String {
    if replaces_bill {
        format!("实际费用{cost}元，按定额标准{price}元结算")
    } else {
        format!("支付限额标准{price}元，本次{cost}元")
    }
}

fn base_sentence(title: &str, parts: &[Labelled], base: Fen) -> String {
    let shown: Vec<String> = parts
        .iter()
        .map(|part| format!("{}{}元", part.part.zh(), part.amount))
        .collect();
    format!("{title}以{}为基数，共{base}元", shown.join("、"))
}

fn deductible_sentence(
    pattern: &str,
    due: Fen,
    admission_number: i32,
    before: Fen,
    after: Fen,
) -> String {
    let which = if admission_number > 0 {
        format!("本年第{admission_number}次住院，")
    } else {
        String::new()
    };
    let paid = before - after;
    format!("{which}{pattern}，本次应扣起付线{due}元，实际扣除{paid}元，余{after}元")
}

const fn edge_words(edges: EdgeBasis) -> &'static str {
    match edges {
        EdgeBasis::StayIncludingDeductible => "本次费用（含起付线）",
        EdgeBasis::StayAboveDeductible => "起付线以上费用",
        EdgeBasis::YearInScope => "年度累计费用",
        EdgeBasis::YearFund => "年度累计支付",
    }
}
